"""What members ask in writing to be put on an agenda, and the answer (113-14, article 40)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions.actions import agenda
from services.review.sessions.actions.agenda import Origin
from services.review.sessions.agenda_models import AgendaRequest
from services.review.sessions.models import CouncilSession
from shared.errors import GuardRefused, InvalidInput
from shared.unit_of_work import UnitOfWork

ARTICLE = "113-14, 40"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A written request: its subject line, how many members signed it, when it came."""

    subject: Mapping[str, str | None]
    members: int
    received_on: date


def record(
    uow: UnitOfWork,
    session: CouncilSession,
    asked: Asked,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> AgendaRequest:
    """Record a request (session locked by the caller); half of the members bind the president."""
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    if session.state not in {"planned", "called"}:
        raise GuardRefused(
            "The notice has frozen the agenda: nothing else is put on it.", article="113-14, 41"
        )
    in_office = members_in_office(uow.session, uow.authority, asked.received_on)
    if not 1 <= asked.members <= in_office:
        raise InvalidInput(
            "There are %(in_office)s members in office on that day.",
            field="members",
            remedy="Give how many of them signed the request.",
            in_office=in_office,
            article=ARTICLE,
        )
    request = AgendaRequest(
        authority=uow.authority,
        session_id=session.id,
        subject_line=dict(asked.subject),
        members=asked.members,
        in_office=in_office,
        is_binding=asked.members * 2 >= in_office,
        received_on=asked.received_on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(request)
    uow.session.flush()
    return request


def answer(
    uow: UnitOfWork,
    request: AgendaRequest,
    *,
    session: CouncilSession,
    refusal_reason: str | None,
    **act: Any,
) -> AgendaRequest:
    """Put what was asked on the agenda, or refuse it with a reason, which is read at the opening.

    Raises ``GuardRefused`` for a refusal of what half of the members asked.
    """
    if request.answer is not None:
        raise GuardRefused("This request was answered already.", article=ARTICLE)
    if refusal_reason and request.is_binding:
        raise GuardRefused(
            "Half of the members asked for this item: it cannot be refused.", article=ARTICLE
        )
    if refusal_reason:
        date_of_act(uow, act.get("acted_on"), act.get("late_reason"))
        check_office(uow, act.get("acted_on") or uow.today)
        request.answer, request.refusal_reason = "refused", refusal_reason
    else:
        kind = "half-of-members" if request.is_binding else "member"
        origin = Origin(kind=kind, on=request.received_on, members=request.members)
        subject = request.subject_line
        item = agenda.schedule(uow, session, case_id=None, subject=subject, origin=origin, **act)
        request.answer, request.item_id = "included", item.id
    request.answered_on = act.get("acted_on") or uow.today
    return request
