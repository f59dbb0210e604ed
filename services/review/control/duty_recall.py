"""Duties after a session as their events tell them, for a fill from the log.

Why one was recorded late is in a backup or nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from sqlalchemy import Table

from services.review.control import formalities
from services.review.control.models import CouncilFormality, Decision
from services.review.control.register import MISSED
from services.review.firing import fires_first
from services.review.kept_texts import text_of
from services.review.sessions.models import CouncilSession
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.unit_of_work import UnitOfWork

DUTIES: Mapping[str, str] = {
    "posted": formalities.POSTING,
    "minutes_given": formalities.MINUTES,
    "minutes_adopted": formalities.ADOPTION,
    "follow_ups_reported": formalities.REPORT,
    "register_sent": formalities.REGISTER,
}


def recall_duty(uow: UnitOfWork, subject: Decision | CouncilSession, told: Envelope) -> bool:
    """Bring back a duty as done; False where the text of its proof is not kept any more."""
    step = told.type.split(".")[1]
    said = told.data.what
    if step == "duty_missed":
        due_on = date.fromisoformat(said["due_on"])
        fires_first(uow, MISSED, subject=told.subject, due_on=due_on)
    if step not in DUTIES:
        return True
    proof = text_of(uow, said.get("proof_sha256"))
    insert_once(
        uow.session,
        cast(Table, CouncilFormality.__table__),
        subject=told.subject,
        formality=DUTIES[step],
        authority=told.authority,
        done_on=told.data.acted_on,
        proof=proof,
        event_sequence=told.sequence,
        recorded_by=said.get("recorded_by") or told.actorid,
        recorded_at=told.time,
    )
    if step == "register_sent" and isinstance(subject, CouncilSession):
        subject.register_awaited_until = None
    return proof is not None or said.get("proof_sha256") is None
