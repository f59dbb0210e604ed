"""Reads one rule pack file into frozen values; a broken file names itself, rule and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from shared.converting import convert
from shared.law.errors import PackError
from shared.law.model import LANGUAGES, Text
from shared.law.pack import Pack
from shared.law.pack_checks import find_fault

_PLACE = re.compile(r"\$(?P<path>[^`]*)`$")
_FIELD = re.compile(r"field `(?P<field>[^`]+)`")
_TABLE = re.compile(r"^\.(?P<table>\w+)\[(?P<index>\d+)\]")


def read_pack(path: Path) -> Pack:
    """Return the pack of one TOML file, checked; PackError when anything in it is wrong.

    The file's name is the day from which it holds and its folder's name is the pack's.
    """
    raw = _parsed(path)
    _refuse_unknown_keys(path, raw, Pack, rule="(head)")
    try:
        pack = convert(raw, Pack)
    except msgspec.ValidationError as error:
        raise _pack_error(path, raw, str(error)) from error
    fault = find_fault(pack, folder=path.parent.name, stem=path.stem)
    if fault:
        raise PackError(file=path.name, rule=fault.rule, field=fault.field, reason=fault.reason)
    return pack


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(file=path.name, rule="(head)", field="-", reason=str(error)) from error


def _pack_error(path: Path, raw: Mapping[str, Any], message: str) -> PackError:
    """Turn the reader's message, which gives a place by number, into rule and field."""
    place = _PLACE.search(message)
    rule = _rule_at(raw, place["path"] if place else "")
    return PackError(file=path.name, rule=rule, field=field_at_fault(message), reason=message)


def field_at_fault(message: str) -> str:
    """Return the field that a reader's message speaks of, without the rule it stands in."""
    place = _PLACE.search(message)
    inside = _TABLE.sub("", place["path"]).strip(".") if place else ""
    missing = _FIELD.search(message)
    return ".".join(part for part in (inside, missing["field"] if missing else "") if part) or "-"


def _rule_at(raw: Mapping[str, Any], inside: str) -> str:
    found = _TABLE.match(inside)
    if not found:
        return "(head)"
    table, index = found["table"], int(found["index"])
    entry = raw[table][index]
    named = isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
    return entry["id"] if named else f"{table} number {index + 1}"


def _refuse_unknown_keys(path: Path, raw: Any, kind: Any, *, rule: str) -> None:
    """Refuse a key that no rule has, at any depth: a misspelt one would silently change the law."""
    if isinstance(raw, list):
        for part in raw:
            _refuse_unknown_keys(path, part, kind, rule=rule)
    elif isinstance(raw, Mapping):
        named = raw.get("id", rule)
        known = _known_keys(kind)
        for key, value in raw.items():
            if key not in known:
                raise PackError(file=path.name, rule=str(named), field=key, reason="unknown field")
            _refuse_unknown_keys(path, value, known[key], rule=str(named))


def _known_keys(kind: Any) -> Mapping[str, Any]:
    """Return the keys a table of that type may have, with what each holds."""
    inner = next((k for k in _alternatives(kind) if k is Text or is_dataclass(k)), None)
    if inner is Text:
        return dict.fromkeys(LANGUAGES, str)
    if inner is None:
        return {}
    return get_type_hints(inner)


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return (kind, *(inner for arg in get_args(kind) for inner in _alternatives(arg)))
