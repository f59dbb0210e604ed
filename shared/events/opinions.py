"""Events of consultative bodies and their opinions; opinions owns them."""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import PersonInRole, Texts


@snapshot("body.state.v1")
class BodySnapshot(Snapshot):
    """A consultative body with its members in office, whole."""

    state: str
    code: str
    name: Texts
    seats: int
    members: list[PersonInRole]


@event("body.formed.v1", after=BodySnapshot)
class BodyFormed(Event):
    """A consultative body was set up (113-14, article 120, or the authority's own rules)."""


@event("body.changed.v1", after=BodySnapshot)
class BodyChanged(Event):
    """Members or rules of the body changed; ``fields`` names what."""

    fields: list[str]


@snapshot("opinion.state.v1")
class OpinionSnapshot(Snapshot):
    """An opinion of a body, from its start to its submission; drafts are private."""

    state: str
    body: str
    origin: str
    consultation: str | None
    case: str | None
    session: str | None
    subject: Texts
    started_on: date
    adopted_on: date | None
    submitted_on: date | None
    text_sha256: str | None


@event("opinion.started.v1", after=OpinionSnapshot)
class OpinionStarted(Event):
    """The body began to draft, on request or on its own initiative."""


@event("opinion.declined.v1", after=OpinionSnapshot)
class OpinionDeclined(Event):
    """The body will not give this opinion; ``reason`` is a code."""

    reason: str


@event("opinion.adopted.v1", after=OpinionSnapshot)
class OpinionAdopted(Event):
    """The body adopted the text by the vote told here."""

    present: int
    votes_for: int
    votes_against: int
    abstentions: int


@event("opinion.submitted.v1", after=OpinionSnapshot)
class OpinionSubmitted(Event):
    """The body handed the opinion to the council, against receipt."""

    receipt: str
