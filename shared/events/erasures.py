"""Events of erasures (identity owns them) and of redactions (intake): data is taken away.

They name the person by opaque id alone; what was erased is told by the purpose it was kept for.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot


@snapshot("erasure.state.v1")
class ErasureSnapshot(Snapshot):
    """A request to erase a person's data, and what came of it.

    ``waits_for`` are codes of what keeps data, until the end of ``until_on`` where a day is known;
    ``erased`` and ``stays`` are purposes of the retention table. ``names_settled``: the names in
    files were dealt with.
    """

    state: str
    person: str
    ground: str
    requested_on: date
    answer_due_on: date
    names_settled: bool
    waits_for: list[str]
    until_on: date | None
    erased: list[str]
    stays: list[str]
    reason: str | None


@event("erasure.requested.v1", after=ErasureSnapshot)
class ErasureRequested(Event):
    """Somebody asked for the erasure of a person's data (09-08, articles 8 and 9)."""


@event("erasure.put_off.v1", after=ErasureSnapshot)
class ErasurePutOff(Event):
    """Something of the person's data is still needed; the erasure waits."""


@event("erasure.carried_out.v1", after=ErasureSnapshot)
class ErasureCarriedOut(Event):
    """Everything of the person that may be erased is erased for ever."""


@event("erasure.refused.v1", after=ErasureSnapshot)
class ErasureRefused(Event):
    """Nothing of the person may be erased; ``reason`` is a code."""

    reason: str


@snapshot("redaction.state.v1")
class RedactionSnapshot(Snapshot):
    """The erasure of a person's name in files of petitions; ``files`` is how many had it.

    ``erased`` and ``stays`` are purposes of the retention table.
    """

    state: str
    erasure: str
    person: str
    waits_for: list[str]
    until_on: date | None
    files: int
    erased: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


@event("redaction.put_off.v1", after=RedactionSnapshot)
class RedactionPutOff(Event):
    """A file still needs the person's name."""


@event("redaction.carried_out.v1", after=RedactionSnapshot)
class RedactionCarriedOut(Event):
    """The key of the person's name in files was destroyed, and those of proofs in these files."""
