"""Holds the last state of each subject in the ledger against what its live service says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec
import structlog

from services.audit import reasons
from services.audit.findings import MOST_FINDINGS, Finding
from services.audit.fold import Fold, Last
from shared.context import ServiceContext
from shared.converting import decoder_of
from shared.errors import TryLater
from shared.events.canonical import NotCanonical, canonical_bytes
from shared.events.catalogue import EACH, OWNERS
from shared.events.envelope import Undecodable, decode
from shared.events.upcasters import upcast
from shared.http_client import ServiceUnavailable

log = structlog.get_logger()

BodyAt = Callable[[int], bytes]
"""Gives the bytes of the entry with an index."""


class CouldNotCompare(TryLater):
    """A live service did not say what it knows, so nothing can be said of its subjects."""

    code = "could-not-compare"
    retry_after = 5


class LiveState(msgspec.Struct):
    """One subject as its service knows it."""

    subject: str
    sequence: int
    state: dict[str, Any]


class _Page(msgspec.Struct):
    states: list[LiveState]
    next_cursor: str | None


@dataclass(kw_only=True)
class Comparison:
    """What comparing one kind came to; ``behind`` counts subjects the ledger has yet to follow."""

    behind: int = 0
    findings: list[Finding] = field(default_factory=list)


def compare_kind(context: ServiceContext, fold: Fold, kind: str, body_at: BodyAt) -> Comparison:
    """Compare every subject of a kind; raises ``CouldNotCompare``."""
    known = fold.last.get(kind, {})
    found, seen = Comparison(), set()
    if OWNERS.get(kind) == EACH:
        # Such a subject ends with its only event; no service keeps a state of it.
        return found
    # What no service owns is known to none of them.
    told = kind in OWNERS
    live_ones = live_states(context, fold.authority, kind, is_needed=bool(known)) if told else ()
    for live in live_ones:
        key = live.subject.partition("/")[2]
        seen.add(key)
        last = known.get(key)
        if last is None or live.sequence > last.sequence:
            found.behind += 1
            continue
        _note(found, _difference(live, last, body_at))
    for key in known.keys() - seen:
        last = known[key]
        _note(found, _finding(f"{kind}/{key}", last, reasons.LIVE_MISSING))
    return found


def live_states(
    context: ServiceContext, authority: str, kind: str, *, is_needed: bool
) -> Iterator[LiveState]:
    """Every subject of a kind from the service that owns it, page by page.

    A service that does not know the kind (422) has no subjects of it; that is an answer only as
    long as the ledger has none either (``is_needed`` False).
    """
    cursor: str | None = None
    while True:
        page = _page(context, authority, kind, cursor=cursor, is_needed=is_needed)
        yield from page.states
        cursor = page.next_cursor
        if cursor is None:
            return


def _page(
    context: ServiceContext, authority: str, kind: str, *, cursor: str | None, is_needed: bool
) -> _Page:
    service = OWNERS[kind]
    params = {"authority": authority, "kind": kind} | ({"cursor": cursor} if cursor else {})
    try:
        answer = context.clients.get(
            service,
            f"/{service}/v1/states",
            params=params,
            token=context.own_token.for_authority(authority),
        )
        if answer.status == 422 and not is_needed:
            return _Page(states=[], next_cursor=None)
        if not answer.is_success:
            raise _could_not_compare(service, kind)
        return decoder_of(_Page).decode(answer.body)
    except (ServiceUnavailable, msgspec.MsgspecError) as error:
        raise _could_not_compare(service, kind) from error


def _could_not_compare(service: str, kind: str) -> CouldNotCompare:
    log.warning("live_states_missing", service_asked=service, kind=kind)
    return CouldNotCompare(
        "A service did not tell what it knows, so the ledger was not compared.",
        remedy="Try again when every service answers.",
        kind=kind,
    )


def _difference(live: LiveState, last: Last, body_at: BodyAt) -> Finding | None:
    if live.sequence < last.sequence:
        fields = {"sequence": {"ledger": last.sequence, "live": live.sequence}}
        return _finding(live.subject, last, reasons.LIVE_OLDER, fields)
    if _digest(live.state) == last.digest:
        return None
    try:
        fields = fields_that_differ(_after(body_at(last.index)), live.state)
    except Undecodable:
        return _finding(live.subject, last, reasons.LIVE_DIFFERS)
    return _finding(live.subject, last, reasons.LIVE_DIFFERS, fields) if fields else None


def _digest(state: dict[str, Any]) -> bytes:
    try:
        return sha256(canonical_bytes(state)).digest()
    except NotCanonical:
        return b""


def _after(body: bytes) -> dict[str, Any]:
    """The state that an entry carries, lifted to the newest version of its schema."""
    envelope = decode(body)
    _, _, after = upcast(envelope.type, envelope.data.what, envelope.data.after)
    return after


def fields_that_differ(
    ledger: Mapping[str, Any], live: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Each field whose value is not the same, with both values (None for a missing one)."""
    return {
        name: {"ledger": ledger.get(name), "live": live.get(name)}
        for name in sorted(ledger.keys() | live.keys())
        if ledger.get(name) != live.get(name)
    }


def _finding(
    subject: str, last: Last, reason: str, fields: Mapping[str, Mapping[str, Any]] | None = None
) -> Finding:
    return Finding(
        subject=subject, sequence=last.sequence, reason=reason, index=last.index, fields=fields
    )


def _note(found: Comparison, finding: Finding | None) -> None:
    if finding is not None and len(found.findings) < MOST_FINDINGS:
        found.findings.append(finding)
