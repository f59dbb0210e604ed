"""Everything that changes an opinion. Where its text is frozen: ``adopt``."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.opinions import queries
from services.opinions.models import Body, KnownConsultation, Opinion, OpinionDraft
from services.opinions.state import OPINION_WORKFLOW
from services.opinions.workflow import OpinionState, quorum_needed
from shared.errors import IllegalMove, InvalidInput, NotFound, NotYet
from shared.events.opinions import (
    OpinionAdopted,
    OpinionDeclined,
    OpinionStarted,
    OpinionSubmitted,
)
from shared.ids import crockford
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECEIPT_LENGTH = 12
REQUESTED, OWN_INITIATIVE = "requested", "own-initiative"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What an opinion is about: a request of the council, or a subject of the body's own choice.

    ``session`` is the session of the council that the opinion is addressed to, if any.
    """

    consultation: UUID | None = None
    subject: Mapping[str, str | None] | None = None
    session: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """The vote of the body: who was there, and how they voted."""

    present: int
    votes_for: int
    votes_against: int
    abstentions: int


def start_opinion(
    uow: UnitOfWork, body: Body, topic: Topic, *, acted_on: date | None = None, **act: Any
) -> Opinion:
    """Begin an opinion, on request of the council or on the body's own initiative."""
    day = acted_on or uow.today
    request = _request(uow, body, topic.consultation) if topic.consultation else None
    facts = {"consultation": request, "others": _others(uow, request)}
    _check_session(uow, topic.session, day)
    opinion = uow.add(
        Opinion(
            body_id=body.id,
            state=OpinionState.NEW.value,
            origin=REQUESTED if request else OWN_INITIATIVE,
            consultation_id=topic.consultation,
            case_id=request.case_id if request else None,
            session_id=topic.session,
            subject_line=_subject(topic, request),
            started_on=day,
            drafts=0,
        )
    )
    what = OpinionStarted()
    move(OPINION_WORKFLOW, opinion, "start", uow, Act(what=what, acted_on=day, facts=facts, **act))
    return opinion


def write_draft(uow: UnitOfWork, opinion: Opinion, *, text: str, language: str) -> Opinion:
    """Keep a new version of the text; nobody outside the body is told (no event).

    Writing the same text again keeps no second version.
    """
    if opinion.state != OpinionState.DRAFTING:
        raise IllegalMove("Only while it is being drafted can the text of an opinion be changed.")
    text = unicodedata.normalize("NFC", text)
    last = queries.latest_draft(uow.session, opinion.id)
    if last is not None and (last.text, last.language) == (text, language):
        return opinion
    opinion.drafts += 1
    uow.session.add(
        OpinionDraft(
            authority=opinion.authority,
            opinion_id=opinion.id,
            number=opinion.drafts,
            text=text,
            language=language,
            author=uow.actor.id,
            written_at=uow.recorded_at,
        )
    )
    return opinion


def adopt_opinion(
    uow: UnitOfWork, opinion: Opinion, ballot: Ballot, *, acted_on: date | None = None, **act: Any
) -> Opinion:
    """Record the body's vote on its latest text; from here on the text is frozen by its hash.

    Members in office on the day of the vote count for the quorum.
    """
    day = acted_on or uow.today
    _check_order(day, opinion.started_on)
    in_office, needed = _quorum(uow, opinion, day)
    _check_ballot(ballot, in_office)
    draft = queries.latest_draft(uow.session, opinion.id)
    facts = {"draft": draft, "needed": needed, **asdict(ballot)}
    opinion.adopted_on = day
    opinion.text_sha256 = text_hash(draft.text) if draft else None
    what = OpinionAdopted(**asdict(ballot))
    move(OPINION_WORKFLOW, opinion, "adopt", uow, Act(what=what, acted_on=day, facts=facts, **act))
    return opinion


def submit_opinion(
    uow: UnitOfWork,
    opinion: Opinion,
    *,
    session: UUID | None = None,
    acted_on: date | None = None,
    **act: Any,
) -> Opinion:
    """Hand the adopted opinion to the council against receipt, to a session if one is named."""
    day = acted_on or uow.today
    if session is not None:
        _check_session(uow, session, day)
        opinion.session_id = session
        uow.session.expire(opinion, ["addressed_to"])
    if opinion.adopted_on is not None:
        _check_order(day, opinion.adopted_on)
    opinion.submitted_on = day
    opinion.receipt = _receipt(uow, opinion)
    what = OpinionSubmitted(receipt=opinion.receipt)
    move(OPINION_WORKFLOW, opinion, "submit", uow, Act(what=what, acted_on=day, **act))
    return opinion


def decline_opinion(uow: UnitOfWork, opinion: Opinion, *, reason: str, **act: Any) -> Opinion:
    """Record that the body will not give this opinion, with a coded reason."""
    what = OpinionDeclined(reason=reason)
    move(OPINION_WORKFLOW, opinion, "decline", uow, Act(what=what, **act))
    return opinion


def own_body(uow: UnitOfWork, body_id: UUID) -> Body:
    """The body under its lock, if the acting person sits in it; else as if it were not."""
    body = uow.get(Body, body_id)
    if uow.actor.role == "body-member" and not queries.sits_in(body, uow.actor.id):
        raise NotFound("Nothing was found under this id.", kind="body")
    return body


def own_opinion(uow: UnitOfWork, opinion_id: UUID) -> Opinion:
    """The opinion under its lock, if the acting person sits in its body; else as if it were not."""
    opinion = uow.get(Opinion, opinion_id)
    body = queries.body_of(uow.session, uow.authority, opinion.body_id)
    if uow.actor.role == "body-member" and not queries.sits_in(body, uow.actor.id):
        raise NotFound("Nothing was found under this id.", kind="opinion")
    return opinion


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hex; drafts are kept in NFC."""
    return hashlib.sha256(text.encode()).hexdigest()


def _request(uow: UnitOfWork, body: Body, id_: UUID) -> KnownConsultation:
    """The request under its lock, so that two opinions are never begun for one request.

    An unknown one may be on its way from review, so the refusal says when to ask again.
    """
    request = uow.session.get(KnownConsultation, id_, with_for_update=True)
    if request is None or (request.authority, request.body_id) != (uow.authority, body.id):
        raise NotYet(
            "The council has asked this body nothing under this id so far.",
            field="consultation",
            remedy="Choose one of the requests in the body's list, or wait until it is there.",
        )
    return request


def _check_session(uow: UnitOfWork, id_: UUID | None, day: date) -> None:
    if id_ is None:
        return
    known = queries.known_session(uow.session, uow.authority, id_)
    if known is None:
        raise NotYet(
            "No session that was called has this id so far.",
            field="session",
            remedy="Choose one of the called sessions in the list, or wait until it is there.",
        )
    if known.closed_on is not None and known.closed_on < day:
        raise InvalidInput(
            "This session was closed on %(closed_on)s.",
            field="session",
            remedy="Choose a session that is still to come.",
            closed_on=known.closed_on,
        )


def _subject(topic: Topic, request: KnownConsultation | None) -> dict[str, Any]:
    if topic.subject is not None:
        return dict(topic.subject)
    if request is not None:
        return dict(request.subject_line)
    raise InvalidInput(
        "An opinion on the body's own initiative needs a subject.",
        field="subject",
        remedy="Say in one line what it is about.",
    )


def _others(uow: UnitOfWork, request: KnownConsultation | None) -> bool:
    return request is not None and queries.has_live_opinion(uow.session, request.id)


def _quorum(uow: UnitOfWork, opinion: Opinion, day: date) -> tuple[int, int]:
    """Members in office that day, and how many must be there; the body is locked meanwhile."""
    body = uow.get(Body, opinion.body_id)
    in_office = len(body.people_on(day))
    return in_office, quorum_needed(in_office, body.quorum_percent)


def _check_ballot(ballot: Ballot, in_office: int) -> None:
    if ballot.present > in_office:
        raise InvalidInput(
            "More people are named as present than the body had members: %(in_office)s.",
            field="present",
            remedy="Count members in office on the day of the vote only.",
            in_office=in_office,
        )
    if ballot.votes_for + ballot.votes_against + ballot.abstentions > ballot.present:
        raise InvalidInput(
            "There are more votes and abstentions than members present: %(present)s.",
            field="present",
            remedy="Check the four numbers against the minutes.",
            present=ballot.present,
        )


def _check_order(day: date, earliest: date) -> None:
    if day < earliest:
        raise InvalidInput(
            "This step cannot be dated before the one it follows, of %(earliest)s.",
            field="acted_on",
            remedy="Give the day on which it was done.",
            earliest=earliest,
        )


def _receipt(uow: UnitOfWork, opinion: Opinion) -> str:
    """A receipt's code: from it the authority can recognise what was handed in, and when."""
    said = f"{opinion.id}|{opinion.text_sha256}|{opinion.submitted_on}|{uow.recorded_at}"
    digest = hashlib.blake2b(said.encode(), key=uow.context.key("receipt")[:32]).digest()
    return crockford(digest, RECEIPT_LENGTH)
