"""HTTP interface of audit: the ledger, its bytes, subjects at a date, and the replay."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from services.audit import actions, queries, schemas, waiting
from services.audit.history import subject_as_of
from services.audit.replay import Replay
from services.audit.settings import settings_of
from services.audit.workflow_tables import WorkflowTables
from shared.events.catalogue import OWNERS
from shared.events.envelope import CONTENT_TYPE
from shared.web.auth import claims, may
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("audit", __name__, description="The ledger of every event.")


@blueprint.get("/ledger")
@may("auditor")
@blueprint.arguments(schemas.LedgerQuery, location="query")
@blueprint.response(200, schemas.EntryPage)
def list_entries(data: dict[str, Any]) -> Response:
    """The entries of the authority's ledger, 100 a page, with their hashes."""
    with reading() as session:
        page = queries.page_of_entries(
            session, claims().authority, data["cursor"], newest_first=data["order"] == "newest"
        )
        shown = {"entries": page.rows, "next_cursor": page.next_cursor}
        return show(schemas.EntryPage, shown)


@blueprint.get("/ledger/head")
@may("auditor")
@blueprint.response(200, schemas.HeadOut)
def read_head() -> Response:
    """Where the ledger ends, what waits to enter it, and which kinds' steps are not checked."""
    tables = WorkflowTables(settings_of(current_context()).workflow_tables)
    kinds = set(OWNERS) - set(waiting.NO_ENTRIES)
    with reading() as session:
        head = queries.head_of(session, claims().authority)
        shown = {**vars(head), "workflows_not_checked": tables.unchecked(kinds)}
        return show(schemas.HeadOut, shown)


@blueprint.get("/ledger/entries/<int:index>")
@may("auditor")
@blueprint.response(200, {"type": "object"}, content_type=CONTENT_TYPE)
def read_entry(index: int) -> Response:
    """The exact bytes of one entry, as they came over the bus and were hashed."""
    with reading() as session:
        body = queries.body_of_entry(session, claims().authority, index)
    return Response(body, content_type=CONTENT_TYPE)


@blueprint.get("/subjects/<kind>/<key>")
@may("auditor")
@blueprint.arguments(schemas.AsOfQuery, location="query")
@blueprint.response(200, schemas.SubjectOut)
def read_subject(data: dict[str, Any], kind: str, key: str) -> Response:
    """A subject as it was known, or as it stood, at the end of a day."""
    with reading() as session:
        found = subject_as_of(session, claims().authority, f"{kind}/{key}", **data)
        return show(schemas.SubjectOut, found)


@blueprint.get("/divergences")
@may("auditor")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.DivergencePage)
def list_divergences(data: dict[str, Any]) -> Response:
    """What was found to differ, newest first."""
    with reading() as session:
        page = queries.divergences_of(session, claims().authority, data["cursor"])
        shown = {"divergences": page.rows, "next_cursor": page.next_cursor}
        return show(schemas.DivergencePage, shown)


@blueprint.post("/replays")
@may("auditor")
@blueprint.response(200, schemas.ReplayOut)
def start_replay() -> Response:
    """Fold the ledger, hold it against the live services, and put what differs on record."""
    # Other services are asked before the transaction begins, never inside it.
    result = Replay(current_context(), claims().authority).run()
    with writing() as uow:
        actions.record_findings(uow, result.divergences)
        return answer(uow, schemas.ReplayOut, result)
