"""The statement by which a sender takes in hand the notice that waits longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, case, null, or_, select, update
from sqlalchemy.orm import Session

from services.notifications.models import Base, Notice
from services.notifications.workflow import NoticeState
from shared.db.authorities import known_as_json
from shared.db.types import UtcInstant
from shared.db.upsert import is_sqlite


@dataclass(frozen=True, kw_only=True)
class InHand:
    """A notice that this sender alone sends for the time of its lease.

    ``known`` is the JSON of what the service knows of its authority, where it came along.
    """

    notice: Notice
    known: str | None


def take_longest_due(
    session: Session, moment: datetime, *, lease: str, until: datetime, tries: Sequence[datetime]
) -> InHand | None:
    """Lease the notice of any authority that waits longest, and count the try, in one statement.

    ``tries`` say when it is due again after its first, second... try; the last repeats.
    """
    values = {"moment": moment, "holder": lease, "until": until}
    again = {f"after_{number}": one for number, one in enumerate(tries, start=1)}
    statement = _taking(len(tries), is_sqlite=is_sqlite(session))
    row = session.execute(statement, {**values, **again}).one_or_none()
    return None if row is None else InHand(notice=row[0], known=row[1])


@cache
def _taking(tries: int, *, is_sqlite: bool) -> Any:
    """Take the notice that is longest due and that nobody else takes at this moment."""
    # It is sent outside of any transaction; this spares it one to look at the authority.
    known = null() if is_sqlite else known_as_json(Base.plumbing, Notice.__table__.c.authority)
    return (
        _instants(tries)
        .where(Notice.id == _longest_due())
        .returning(Notice, known.label("known"))
        .execution_options(synchronize_session=False)
    )


def _longest_due() -> Any:
    moment = bindparam("moment", type_=UtcInstant())
    return (
        select(Notice.id)
        .where(
            Notice.state == NoticeState.INTENDED.value,
            Notice.next_try_at <= moment,
            or_(Notice.leased_until.is_(None), Notice.leased_until < moment),
        )
        .order_by(Notice.next_try_at, Notice.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )


def _instants(tries: int) -> Update:
    """Who has it in hand until when, and when it is due again should its sending break off."""
    again = {n: bindparam(f"after_{n}", type_=UtcInstant()) for n in range(1, tries + 1)}
    return update(Notice).values(
        version=Notice.version + 1,
        attempts=Notice.attempts + 1,
        lease=bindparam("holder"),
        leased_until=bindparam("until", type_=UtcInstant()),
        next_try_at=case(again, value=Notice.attempts + 1, else_=again[tries]),
    )
