"""What a rule pack must satisfy as a whole; each fault names its rule and field."""

from __future__ import annotations

from collections.abc import Iterator

from shared.law.model import Quorum
from shared.law.pack import Pack
from shared.law.rule_checks import Fault, empty_texts, flipped_numbers, open_faults, rule_faults

# What petitions, sessions and control count with; the law of every kind of authority sets these.
NEEDED = (
    "refusal-notice",
    "agenda-to-governor",
    "notice-to-members",
    "session-end",
    "session-extension-end",
    "governor-additions",
    "second-call-earliest",
    "second-call-latest",
    "third-meeting",
    "transmit-to-governor",
    "posting",
    "minutes-to-members",
    "opposition-end",
    "enforceable-if-unopposed",
    "visa-tacit",
    "enforceable-if-visa-tacit",
)


def find_fault(pack: Pack, *, folder: str, stem: str) -> Fault | None:
    """Return the first fault of a pack kept as ``folder/stem.toml``, or None."""
    return next(_faults(pack, folder, stem), None)


def _faults(pack: Pack, folder: str, stem: str) -> Iterator[Fault]:
    if pack.pack != folder:
        yield Fault("(head)", "pack", f"must be the folder's name, {folder}")
    if pack.valid_from.isoformat() != stem:
        yield Fault("(head)", "valid_from", f"must be the file's name, {stem}")
    yield from empty_texts("(head)", pack.law)
    yield from empty_texts("(head)", pack.petitions)
    yield from flipped_numbers("(head)", pack.law.source)
    yield from _repeated_ids(pack)
    for rule in pack.rules:
        yield from rule_faults(pack, rule)
        yield from flipped_numbers(rule.id, rule.source)
    for open_rule in pack.open:
        yield from open_faults(open_rule)
    yield from _set_faults(pack)


def _repeated_ids(pack: Pack) -> Iterator[Fault]:
    seen: set[str] = set()
    for rule_id in (*(rule.id for rule in pack.rules), *(rule.id for rule in pack.open)):
        if rule_id in seen:
            yield Fault(rule_id, "id", "stands twice in the file")
        seen.add(rule_id)


def _set_faults(pack: Pack) -> Iterator[Fault]:
    """Check that each question finds exactly one rule."""
    for needed in NEEDED:
        if needed not in pack.term_by_id:
            yield Fault("terms", "id", f"there must be a rule {needed}")
    yield from _quorum_faults(pack)
    yield from _majority_faults(pack)
    for table in ("signatures", "associations", "sessions", "visas"):
        if len(getattr(pack, table)) != 1:
            yield Fault(table, "id", "there must be exactly one rule of this kind")


def _quorum_faults(pack: Pack) -> Iterator[Fault]:
    usual = tuple(one for one in pack.quorums if one.called_by == "anybody")
    if sorted(one.call for one in usual) != [1, 2, 3]:
        yield Fault(_last_id(usual), "call", "there must be one rule for each of 3 calls")
    own = tuple(one for one in pack.quorums if one.called_by == "governor")
    if sorted(one.call for one in own) != list(range(1, len(own) + 1)):
        yield Fault(_last_id(own), "call", "the calls of the governor's session must rise from 1")


def _majority_faults(pack: Pack) -> Iterator[Fault]:
    bases = [rule.basis for rule in pack.majorities]
    if len(set(bases)) < len(bases) or not {"members-in-office", "votes-cast"} <= set(bases):
        yield Fault("majorities", "basis", "there must be one rule for each basis")
    known: set[str] = set()
    for rule in pack.majorities:
        if (rule.more_than is None) == (rule.at_least is None):
            yield Fault(rule.id, "more_than", "needs more_than or at_least, and not both")
        above, below = rule.more_than or rule.at_least or (1, 2)
        if not 1 <= above < below:
            yield Fault(rule.id, "more_than", "must be a part of the whole, such as [1, 2]")
        if rule.second is not None and rule.second not in bases:
            yield Fault(rule.id, "second", "names no majority of this pack")
        if known & {matter.id for matter in rule.matters}:
            yield Fault(rule.id, "matters", "a matter has one majority only")
        known |= {matter.id for matter in rule.matters}


def _last_id(quorums: tuple[Quorum, ...]) -> str:
    return quorums[-1].id if quorums else "quorums"
