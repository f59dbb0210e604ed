"""The rule packs as readers see them: every rule with where it is written, local ones marked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from shared.law.local_rules import fill_known, in_force
from shared.law.model import (
    Apart,
    Composition,
    Condition,
    Majority,
    Quorum,
    Rule,
    Seen,
    Sessions,
    Signatures,
    Term,
    Visas,
)
from shared.law.pack import Pack
from shared.law.packs import changes, load_all, load_pack

Json = dict[str, Any]

ABOUT: Mapping[type[Rule], str] = {
    Term: "term",
    Signatures: "signatures",
    Quorum: "quorum",
    Majority: "majority",
    Sessions: "sessions",
    Condition: "condition",
    Visas: "visas",
    Composition: "composition",
    Apart: "apart",
    Seen: "seen-to",
}
SAID = ("id", "article", "source", "kind", "valid_from", "name", "value", "unit")


def every_pack(on: date) -> list[Json]:
    """Every version of every pack as the law has it, the one in force on a civil date marked."""
    return [pack_shown(pack, pack, on) for pack in load_all()]


def packs_of(kind: str, on: date, local_rules: Mapping[str, Any]) -> list[Json]:
    """The versions for one kind of authority, with its own rules that hold on a civil date."""
    own = [pack for pack in load_all() if pack.authority == kind]
    return [pack_shown(pack, fill_known(pack, in_force(pack, local_rules, on)), on) for pack in own]


def pack_shown(law: Pack, filled: Pack, on: date) -> Json:
    """One version: ``law`` is the text's own, ``filled`` the same with an authority's rules."""
    return {
        "version": law.version,
        "pack": law.pack,
        "authority_kind": law.authority,
        "valid_from": law.valid_from,
        "is_in_force": law.valid_from <= on and load_pack(law.pack, on).version == law.version,
        "law": msgspec.to_builtins(law.law),
        "rules": [_rule_shown(rule, law, filled) for rule in filled.rules],
        "open": [
            msgspec.to_builtins(rule) for rule in law.open if rule.id not in filled.term_by_id
        ],
    }


def changes_shown(before: Pack, after: Pack) -> list[Json]:
    """What differs between two versions, field by field, each with the name of its rule."""
    names = {rule.id: rule.name for pack in (before, after) for rule in pack.rules}
    return [
        {**msgspec.to_builtins(change), "name": names[change.rule]}
        for change in changes(before, after)
    ]


def _rule_shown(rule: Rule, law: Pack, filled: Pack) -> Json:
    facts: Json = msgspec.to_builtins(rule)
    said = {name: facts.pop(name, None) for name in SAID}
    details = {name: value for name, value in facts.items() if value not in (None, (), [], False)}
    as_the_law_has_it = rule in law.rules
    return {
        **said,
        "valid_from": rule.valid_from,
        "about": ABOUT.get(type(rule), "association"),
        "written": filled.article_of(rule),
        "is_local": not as_the_law_has_it,
        "details": details,
    }
