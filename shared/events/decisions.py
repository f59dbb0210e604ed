"""Events of decisions of the council and their way through the governor's control; review's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts


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

    A second classification corrects the first; why stays with the council, here is its hash.
    """

    visa_needed: bool
    matter: str | None
    article: str
    reason_sha256: str | None = None


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
    """The governor opposed the decision (113-14, article 117); his reasons travel as a hash."""

    received_on: date
    reason_sha256: str | None = None


@event("decision.enforceable.v1", after=DecisionSnapshot)
class DecisionEnforceable(Event):
    """The term for opposition (or for the visa) ended: the decision can be carried out."""

    rule: str


@event("decision.enforceability_suspended.v1", after=DecisionSnapshot)
class EnforceabilitySuspended(Event):
    """An opposition received in time became known afterwards."""

    received_on: date
    reason_sha256: str | None = None
