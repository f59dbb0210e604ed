"""The law's answers over HTTP: one JSON question in, one answer out, open to everyone."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from shared.law.answers import answer_question
from shared.web.auth import EVERYONE, may

blueprint = Blueprint("law", __name__, description="What the law says: days, numbers, majorities.")


@blueprint.post("/law/answers")  # type: ignore[untyped-decorator]
@may(EVERYONE)
@blueprint.response(200)  # type: ignore[untyped-decorator]
def answer_law_question() -> Response:
    """Answer a question of law, as ``arida law answer`` does; nothing is stored."""
    return jsonify(answer_question(request.get_json()))
