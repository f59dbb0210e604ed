"""What bodies and opinions look like to others: their snapshots, and their workflows."""

from __future__ import annotations

from uuid import UUID

from services.opinions.models import Body, Opinion
from services.opinions.workflow import (
    BODY_TRANSITIONS,
    OPINION_TRANSITIONS,
    BodyState,
    OpinionState,
)
from shared.converting import convert
from shared.events.opinions import BodySnapshot, OpinionSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.workflow import workflow


def state_of_body(row: Body) -> BodySnapshot:
    """The snapshot of a body with its members in office, by opaque id."""
    members = sorted(row.current_members, key=lambda member: str(member.person_id))
    return BodySnapshot(
        state=row.state,
        code=row.code,
        name=convert(row.name, Texts),
        seats=row.seats,
        members=[PersonInRole(person=str(one.person_id), role=one.role) for one in members],
    )


def state_of_opinion(row: Opinion) -> OpinionSnapshot:
    """The snapshot of an opinion: of its text only the hash, once it is adopted."""
    return OpinionSnapshot(
        state=row.state,
        body=str(row.body_id),
        origin=row.origin,
        consultation=_text(row.consultation_id),
        case=_text(row.case_id),
        session=_text(row.session_id),
        subject=convert(row.subject_line, Texts),
        started_on=row.started_on,
        adopted_on=row.adopted_on,
        submitted_on=row.submitted_on,
        text_sha256=row.text_sha256,
    )


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)


BODY_WORKFLOW = workflow("body", states=BodyState, table=BODY_TRANSITIONS, state_of=state_of_body)
OPINION_WORKFLOW = workflow(
    "opinion", states=OpinionState, table=OPINION_TRANSITIONS, state_of=state_of_opinion
)
KINDS = ((Body, BODY_WORKFLOW), (Opinion, OPINION_WORKFLOW))
