"""Events of a session's sittings: the opening and its quorum, who comes and goes, the doors."""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.votes import RollMark


@snapshot("sitting.state.v1")
class SittingSnapshot(Snapshot):
    """One meeting of a session, and the count at its opening.

    ``call`` is 0 for a sitting after the opening one, and ``number`` its place in the session;
    ``private_for`` says who asked for the closed door, while it is closed.
    """

    state: str
    session: str
    call: int
    held_on: date
    in_office: int
    present: int
    needed: int
    number: int | None = None
    private_for: str | None = None
    ended_on: date | None = None


@event("sitting.quorum_met.v1", after=SittingSnapshot)
class QuorumMet(Event):
    """Enough members in office were present at the opening (113-14, article 42).

    ``roll`` is how each was entered, null where members were counted by number; ``called_on`` the
    day on which a second call was sent.
    """

    roll: list[RollMark] | None = None
    called_on: date | None = None


@event("sitting.quorum_failed.v1", after=SittingSnapshot)
class QuorumFailed(Event):
    """Too few members were present; a further call follows (113-14, article 42).

    ``roll`` and ``called_on`` are as of an opening with its quorum.
    """

    roll: list[RollMark] | None = None
    called_on: date | None = None


@event("sitting.opened.v1", after=SittingSnapshot)
class SittingOpened(Event):
    """A further sitting of an open session began; the quorum of the opening carries it.

    ``roll`` is how each member was entered, null where they were counted by number.
    """

    roll: list[RollMark] | None = None


@event("sitting.suspended.v1", after=SittingSnapshot)
class SittingSuspended(Event):
    """The sitting was suspended."""


@event("sitting.resumed.v1", after=SittingSnapshot)
class SittingResumed(Event):
    """The sitting was resumed; its quorum stands."""


@event("sitting.ended.v1", after=SittingSnapshot)
class SittingEnded(Event):
    """The sitting ended."""


@event("sitting.attendance_changed.v1", after=SittingSnapshot)
class AttendanceChanged(Event):
    """A member came, left, or was excused after the opening; the quorum stands (article 42).

    ``change`` is arrived, left, excused or unexcused; ``there`` counts who is in the room now.
    """

    person: str
    change: str
    there: int


@event("sitting.doors_closed.v1", after=SittingSnapshot)
class DoorsClosed(Event):
    """The council went behind closed doors (113-14, article 48); ``asked_by`` is a code."""

    asked_by: str


@event("sitting.doors_opened.v1", after=SittingSnapshot)
class DoorsOpened(Event):
    """The public was let in again."""


@event("sitting.count_questioned.v1", after=SittingSnapshot)
class CountQuestioned(Event):
    """A mandate recorded later leaves another number in office than was counted; the count stands.

    ``in_office`` is what was counted, ``in_office_now`` what the mandates say now; only a
    correction by a second person changes the count.
    """

    mandate: str
    in_office: int
    in_office_now: int
