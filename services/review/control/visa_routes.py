"""The way of a decision through the governor's control, act by act, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.control import rectifying_answers, schemas, visas
from services.review.control.models import Decision
from services.review.sessions.models import CouncilSession
from services.review.sessions.schemas import ItemOut
from shared.web.auth import may
from shared.web.transaction import answer, writing

blueprint = Blueprint("visas", __name__, description="Classification, visa, new deliberation.")


@blueprint.post("/decisions/<uuid:decision_id>/classification")
@may("secretariat", "president")
@blueprint.arguments(schemas.ClassificationIn)
@blueprint.response(200, schemas.DecisionOut)
def classify_decision(data: dict[str, Any], decision_id: UUID) -> Response:
    """Say whether the decision needs the visa, and for which matter."""
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        return answer(uow, schemas.DecisionOut, visas.classify(uow, decision, **data))


@blueprint.post("/decisions/<uuid:decision_id>/visa")
@may("secretariat", "president")
@blueprint.arguments(schemas.VisaIn)
@blueprint.response(200, schemas.DecisionOut)
def answer_visa(data: dict[str, Any], decision_id: UUID) -> Response:
    """Record that the visa was given or refused, by the day of its receipt."""
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        return answer(uow, schemas.DecisionOut, visas.answer_visa(uow, decision, **data))


@blueprint.post("/decisions/<uuid:decision_id>/answer-rectification")
@may("secretariat", "president")
@blueprint.arguments(schemas.AnswerRectificationIn)
@blueprint.response(200, schemas.DecisionOut)
def rectify_answer(data: dict[str, Any], decision_id: UUID) -> Response:
    """Correct when an opposition or the answer on the visa was received; its effect follows."""
    said = ("of", "received_on", "because")
    right = rectifying_answers.RightAnswer(**{name: data.pop(name) for name in said})
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        done = rectifying_answers.rectify_answer(uow, decision, right, **data)
        return answer(uow, schemas.DecisionOut, done)


@blueprint.post("/decisions/<uuid:decision_id>/new-deliberation")
@may("secretariat", "president")
@blueprint.arguments(schemas.NewDeliberationIn)
@blueprint.response(201, ItemOut)
def deliberate_again(data: dict[str, Any], decision_id: UUID) -> Response:
    """Put a decision that the governor stopped on an agenda again."""
    with writing() as uow:
        session = uow.get(CouncilSession, data.pop("session"))
        decision = uow.get(Decision, decision_id)
        item = visas.deliberate_again(uow, decision, session=session, **data)
        return answer(uow, ItemOut, item, status=201)
