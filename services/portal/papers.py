"""The documents of a case, a session or a decision, for the panel that pages show of them."""

from __future__ import annotations

from uuid import UUID

from services.portal.access import caller
from services.portal.clients import Json, Refused
from shared.ids import new_id


def papers_of(about: str, id_: UUID | str) -> Json:
    """What was issued on a subject (``case``, ``session``, ``decision``), and what may be now."""
    found = caller().read("review", "/documents", **{about: str(id_)})
    offered = [{**one, "key": str(new_id())} for one in found["issuable"]]
    return {**found, "issuable": offered, "place": about, "about": str(id_)}


def papers_of_own_case(id_: UUID | str) -> Json:
    """The letters to the petitioners of a case; none while the case is not open yet."""
    try:
        return papers_of("case", id_)
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return {"documents": [], "issuable": [], "place": "case", "about": str(id_)}
