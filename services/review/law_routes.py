"""The law's answers over HTTP: one JSON question in, one answer out, open to everyone."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from shared.law.answers import answer_question
from shared.web.auth import EVERYONE, may

blueprint = Blueprint("law", __name__, description="What the law says: days, numbers, majorities.")


QUESTION = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


@blueprint.post("/law/answers")  # type: ignore[untyped-decorator]
@may(EVERYONE)
@blueprint.doc(requestBody=QUESTION)  # type: ignore[untyped-decorator]
@blueprint.response(200, {"type": "object"})  # type: ignore[untyped-decorator]
def answer_law_question() -> Response:
    """Answer a question of law, as ``arida law answer`` does; nothing is stored."""
    return jsonify(answer_question(request.get_json()))
