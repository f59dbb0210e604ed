"""Events of the council itself: offices and permanent committees; review owns them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts


@snapshot("mandate.state.v1")
class MandateSnapshot(Snapshot):
    """One person's office in the council, with its first and last day.

    ``office`` is member, president, vice-president, secretary, deputy-secretary,
    committee-chair or committee-member; the last two name their committee by id.
    """

    state: str
    person: str
    office: str
    committee: str | None
    from_on: date
    until_on: date | None


@event("mandate.started.v1", after=MandateSnapshot)
class MandateStarted(Event):
    """Somebody took office."""


@event("mandate.ended.v1", after=MandateSnapshot)
class MandateEnded(Event):
    """An office ended; ``reason`` is a code."""

    reason: str


@snapshot("committee.state.v1")
class CommitteeSnapshot(Snapshot):
    """A permanent committee (113-14, article 25); ``remit`` is what it deals with."""

    state: str
    code: str
    name: Texts
    remit: Texts | None = None


@event("committee.formed.v1", after=CommitteeSnapshot)
class CommitteeFormed(Event):
    """The council formed a permanent committee."""


@event("committee.remit_recorded.v1", after=CommitteeSnapshot)
class CommitteeRemitRecorded(Event):
    """What the committee deals with was recorded, or recorded anew."""


@event("committee.meeting_called.v1", after=CommitteeSnapshot)
class CommitteeMeetingCalled(Event):
    """A meeting of the committee was called (113-14, article 28).

    ``called_by`` is president, chair or third, ``members`` how many asked for it together;
    ``cases`` are the petitions it is about.
    """

    meeting: str
    meets_on: date
    called_by: str
    cases: list[str]
    members: int | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingMark:
    """One member on the roll of a meeting: present, excused or unexcused."""

    person: str
    mark: str


@event("committee.met.v1", after=CommitteeSnapshot)
class CommitteeMet(Event):
    """The committee met: how many of its members were there, and how each was entered."""

    meeting: str
    present: int
    seats: int
    roll: list[MeetingMark] = field(default_factory=list)


@event("committee.reported.v1", after=CommitteeSnapshot)
class CommitteeReported(Event):
    """The committee handed in its report on a case; its text travels as a hash only."""

    case: str
    recommendation: str
    report_sha256: str | None


@event("committee.report_corrected.v1", after=CommitteeSnapshot)
class CommitteeReportCorrected(Event):
    """The committee corrected its report on a case by a new one, before the council's vote.

    ``corrects`` names the event of the report before, which stays readable; ``was_*`` is what that
    said. Texts and the reason travel as hashes.
    """

    case: str
    was_recommendation: str
    was_sha256: str | None
    recommendation: str
    report_sha256: str | None
    reason_sha256: str
