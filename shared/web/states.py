"""The live state of every subject a service owns, for audit to hold its replay against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint
from sqlalchemy import select

from shared.db.base import Subject
from shared.errors import InvalidInput, NotAllowed
from shared.events.canonical import to_plain
from shared.web.answers import StatesOut, StatesQuery
from shared.web.auth import claims, may
from shared.web.paging import LARGEST_PAGE, decode_cursor, page_of
from shared.web.scope import current_context
from shared.workflow import Workflow


def states_blueprint(kinds: Sequence[tuple[type[Subject], Workflow]]) -> Blueprint:
    """``GET /states?authority=&kind=&cursor=``, open to audit's own client only."""
    routes = Blueprint("states", __name__, description="Live states, for audit.")
    known = {flow.kind: (model, flow) for model, flow in kinds}

    @routes.get("/states")  # type: ignore[untyped-decorator]
    @may("service")
    @routes.arguments(StatesQuery, location="query")  # type: ignore[untyped-decorator]
    @routes.response(200, StatesOut)  # type: ignore[untyped-decorator]
    def states(data: dict[str, Any]) -> Response:
        """Subjects with their last sequence and state, 100 a page in order of id."""
        if claims().client != "service:audit":
            raise NotAllowed("Only audit may read states.")
        kind = data["kind"]
        if kind not in known:
            raise InvalidInput(
                "%(name)s is not a kind of this service.",
                field="kind",
                remedy="Ask for a kind that this service owns.",
                name=kind[:40],
            )
        model, flow = known[kind]
        return jsonify(_page(model, flow, data.get("cursor")))

    return routes


def _page(model: type[Subject], flow: Workflow, cursor: str | None) -> dict[str, Any]:
    last = decode_cursor(cursor, UUID)
    authority = claims().authority
    statement = (
        select(model)
        .where(model.authority == authority, model.sequence > 0)
        .order_by(model.id)
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(model.id > last[0])
    with current_context().database.read(authority) as session:
        rows = session.scalars(statement).all()
        page = page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))
        states = [
            {
                "subject": row.subject,
                "sequence": row.sequence,
                "state": to_plain(flow.state_of(row)),
            }
            for row in page.rows
        ]
    return {"states": states, "next_cursor": page.next_cursor}
