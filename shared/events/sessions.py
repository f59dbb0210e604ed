"""Events of sessions, agenda items and decisions; review owns them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts


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
    """

    sitting: str
    adopted: bool
    needed: int
    tie_broken: bool
    recused: int = 0
    ballot: str = "public"
    without_opinions: list[str] = field(default_factory=list)


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
    """The point was put off; ``reason`` is a code."""

    reason: str


@snapshot("decision.state.v1")
class DecisionSnapshot(Snapshot):
    """A decision of the council and its way through the governor's control."""

    state: str
    number: str
    item: str
    session: str
    case: str | None
    subject: Texts
    adopted_on: date
    visa_needed: bool | None
    transmitted_on: date | None
    governor_receipt_on: date | None
    enforceable_from: date | None


@dataclass(frozen=True, kw_only=True)
class OpinionAnswer:
    """What a decision makes of an opinion: ``followed``, ``partly`` or ``not``.

    The reason stays with the decision, where everybody may read it; here is its hash.
    """

    opinion: str
    answer: str
    reason_sha256: str


@event("decision.adopted.v1", after=DecisionSnapshot)
class DecisionAdopted(Event):
    """The council adopted the decision."""

    opinions_answered: list[OpinionAnswer] = field(default_factory=list)


@event("decision.rejected.v1", after=DecisionSnapshot)
class DecisionRejected(Event):
    """The council did not adopt the point."""

    opinions_answered: list[OpinionAnswer] = field(default_factory=list)


@event("decision.classified.v1", after=DecisionSnapshot)
class DecisionClassified(Event):
    """A person said whether the decision needs the visa, for which matter, by which article.

    A second classification corrects the first.
    """

    visa_needed: bool
    matter: str | None
    article: str


@event("decision.visa_granted.v1", after=DecisionSnapshot)
class VisaGranted(Event):
    """The visa was given in words before its term ended (113-14, article 118)."""

    received_on: date


@event("decision.visa_refused.v1", after=DecisionSnapshot)
class VisaRefused(Event):
    """The visa was refused within its term (113-14, article 118)."""

    received_on: date


@event("decision.redeliberated.v1", after=DecisionSnapshot)
class DecisionRedeliberated(Event):
    """The council deliberated again; ``decision`` is the new one, ``maintained`` its outcome."""

    decision: str
    maintained: bool


@event("decision.transmitted.v1", after=DecisionSnapshot)
class DecisionTransmitted(Event):
    """The decision went to the governor against receipt (113-14, article 116).

    ``enforceable_if_unopposed_from`` is the first day on which it can be carried out.
    """

    governor_receipt_on: date
    visa_needed: bool
    enforceable_if_unopposed_from: date


@event("decision.followed_up.v1", after=DecisionSnapshot)
class DecisionFollowedUp(Event):
    """An action that carries the decision out was planned, moved on, done or given up."""

    action: str
    state: str
    due_on: date
    evidence_sha256: list[str]


@event("decision.opposed.v1", after=DecisionSnapshot)
class DecisionOpposed(Event):
    """The governor opposed the decision (113-14, article 117)."""

    received_on: date


@event("decision.enforceable.v1", after=DecisionSnapshot)
class DecisionEnforceable(Event):
    """The term for opposition (or for the visa) ended: the decision can be carried out."""

    rule: str


@event("decision.enforceability_suspended.v1", after=DecisionSnapshot)
class EnforceabilitySuspended(Event):
    """An opposition received in time became known afterwards."""

    received_on: date
