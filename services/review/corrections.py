"""A recorded act is corrected by a new act: the old one stays, the correction names it.

Whoever corrects is another person than who recorded; each area adds what follows from it. The
reason travels as its hash; its text is kept sealed among the files too, where the hash finds it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.kept_texts import keep_text, text_of
from shared.db.base import Subject
from shared.db.columns import internal_text, utc_instant
from shared.errors import IllegalMove
from shared.events.envelope import Envelope
from shared.unit_of_work import UnitOfWork
from shared.web.i18n import gettext_noop
from shared.workflow import refuses


class Correction(Base):
    """Why an act was corrected, written once; the events of both acts say what and when."""

    __tablename__ = "correction"

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    corrected_event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    authority: Mapped[str] = internal_text()
    subject: Mapped[str] = internal_text(index=True)
    because: Mapped[str] = internal_text()
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


@dataclass(frozen=True, kw_only=True)
class OldAct:
    """The act that is corrected: its event, and who recorded it."""

    event_id: UUID
    recorded_by: str

    def facts(self, uow: UnitOfWork) -> dict[str, Any]:
        """What ``somebody_else_corrects`` looks at."""
        return {"actor": uow.actor.id, "last_actor": self.recorded_by}


@refuses(
    gettext_noop("Another person than who recorded an act corrects it."),
    article="113-14, 47",
    remedy=gettext_noop("Let a second person record the correction."),
)
def somebody_else_corrects(_subject: Any, facts: Mapping[str, Any]) -> bool:
    """What the council's minutes say is signed by two persons (article 47)."""
    return bool(facts["actor"] != facts["last_actor"])


def old_act(uow: UnitOfWork, row: Subject, triggers: Collection[str]) -> OldAct:
    """The newest act of some triggers on a row; raises ``IllegalMove`` where there is none."""
    history = uow.base.plumbing.history
    found = uow.session.execute(
        select(history.c.event_id, history.c.actor_id)
        .where(history.c.subject == row.subject, history.c.trigger.in_(triggers))
        .order_by(history.c.sequence.desc())
        .limit(1)
    ).first()
    if found is None:
        raise IllegalMove(
            "Nothing is recorded that could be corrected.",
            remedy="Record the act itself.",
            kind=row.kind,
            state=row.state,
        )
    return OldAct(event_id=found.event_id, recorded_by=found.actor_id)


def has_act(uow: UnitOfWork, row: Subject, triggers: Collection[str]) -> bool:
    """Whether some step was ever taken on a row."""
    history = uow.base.plumbing.history
    taken = select(history.c.event_id).where(
        history.c.subject == row.subject, history.c.trigger.in_(triggers)
    )
    return uow.session.execute(taken.limit(1)).first() is not None


def keep_reason(uow: UnitOfWork, told: Envelope, because: str) -> None:
    """Keep why the act of an event corrects the one that the event names, in words."""
    keep_text(uow, because)
    uow.session.add(_reason(told, because))


def recall_reason(uow: UnitOfWork, told: Envelope) -> bool:
    """Bring back why and by whom an act was corrected, on a fill from the log.

    False where it corrects one and the text of its reason is not among the files any more.
    """
    if told.data.corrects is None or "reason_sha256" not in told.data.what:
        return True
    because = reason_of(uow, told)
    if because is not None:
        uow.session.add(_reason(told, because))
    return because is not None


def reason_of(uow: UnitOfWork, told: Envelope) -> str | None:
    """The text of the reason that an event names by its hash; None where it is not kept."""
    return text_of(uow, told.data.what.get("reason_sha256"))


def _reason(told: Envelope, because: str) -> Correction:
    return Correction(
        event_id=UUID(told.id),
        corrected_event_id=UUID(told.data.corrects),
        authority=told.authority,
        subject=told.subject,
        because=because,
        recorded_by=told.actorid,
        recorded_at=told.time,
    )
