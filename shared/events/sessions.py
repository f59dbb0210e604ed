"""Events of sessions and agenda items; review owns them."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts
from shared.events.votes import BallotCount


@snapshot("session.state.v1")
class SessionSnapshot(Snapshot):
    """A session of the council. A planned one is a private draft: it emits nothing."""

    state: str
    session_kind: str
    called_by: str
    opens_on: date
    agenda_to_governor_on: date | None
    notice_to_members_on: date | None
    agenda_version: int
    closed_on: date | None
    governor_received_on: date | None = None
    extended_until: date | None = None


@event("session.called.v1", after=SessionSnapshot)
class SessionCalled(Event):
    """The president called the session and sent its agenda to the governor (113-14, article 38)."""

    agenda: list[str]
    latest_on: date


@event("session.convened.v1", after=SessionSnapshot)
class SessionConvened(Event):
    """Members were sent the notice with agenda and documents (113-14, article 35)."""

    agenda: list[str]
    agenda_version: int
    latest_on: date


@event("session.opened.v1", after=SessionSnapshot)
class SessionOpened(Event):
    """The session opened with its quorum."""

    sitting: str


@event("session.extended.v1", after=SessionSnapshot)
class SessionExtended(Event):
    """The president extended an ordinary session once and told the governor (article 34)."""

    until: date
    latest_on: date
    governor_told_on: date


@event("session.agenda_received.v1", after=SessionSnapshot)
class AgendaReceived(Event):
    """The governor received the agenda; his eight days end on ``latest_on`` (article 39)."""

    received_on: date
    latest_on: date


@event("session.supplemented.v1", after=SessionSnapshot)
class SessionSupplemented(Event):
    """Members were told of items that came on the agenda by right after their notice."""

    agenda: list[str]
    added: list[str]
    agenda_version: int


@event("session.document_taken_off.v1", after=SessionSnapshot)
class DocumentTakenOff(Event):
    """A document goes with the agenda no more; its bytes are kept. ``item``: of one item only.

    Why stays with the council; here is its hash.
    """

    document: str
    sha256: str
    item: str | None
    reason_sha256: str


@event("session.refused.v1", after=SessionSnapshot)
class SessionRefused(Event):
    """The president refused a session that a third of the members asked for (article 36)."""

    reason_sha256: str
    latest_on: date | None


@event("session.closed.v1", after=SessionSnapshot)
class SessionClosed(Event):
    """The session was closed.

    ``unreported`` are the items whose withdrawal after the notice the council was not told of.
    """

    unreported: list[str] = field(default_factory=list)


@event("session.postponed.v1", after=SessionSnapshot)
class SessionPostponed(Event):
    """The session will not be held on its day; its items go back and are planned anew."""

    reason: str


@event("session.dropped.v1", after=SessionSnapshot)
class SessionDropped(Event):
    """A planned session was taken back before its agenda went out; its items go back."""

    reason: str


@snapshot("item.state.v1")
class ItemSnapshot(Snapshot):
    """A point of a session's agenda, with the vote once there was one.

    ``basis`` is the code of the majority it needs, ``matter`` the one of the law that asks for it.
    """

    state: str
    session: str
    case: str | None
    subject: Texts
    position: int
    basis: str
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    matter: str | None = None


@event("item.scheduled.v1", after=ItemSnapshot)
class ItemScheduled(Event):
    """The point was put on the agenda; an accepted petition's by law (113-14, article 38).

    ``origin`` is president, petition, member, half-of-members or governor.
    """

    origin: str = "president"


@event("item.deliberated.v1", after=ItemSnapshot)
class ItemDeliberated(Event):
    """The council debated the point and voted on it.

    ``without_opinions``: mandatory consultations that were awaited; the president gave a reason.
    ``count`` is how the vote was counted; events of before it travelled have none.
    """

    sitting: str
    adopted: bool
    needed: int
    tie_broken: bool
    recused: int = 0
    ballot: str = "public"
    without_opinions: list[str] = field(default_factory=list)
    count: BallotCount | None = None


@event("item.objected.v1", after=ItemSnapshot)
class ItemObjected(Event):
    """The governor objects to the point: no deliberation meanwhile (113-14, article 41)."""

    received_on: date
    article: str


@event("item.objection_settled.v1", after=ItemSnapshot)
class ObjectionSettled(Event):
    """The objection was withdrawn, dismissed by the judge, or upheld."""

    outcome: str


@event("item.postponed.v1", after=ItemSnapshot)
class ItemPostponed(Event):
    """The point was put off; ``reason`` is a code.

    ``count`` is the first vote, where the point waits for the majority of a second sitting.
    """

    reason: str
    count: BallotCount | None = None
