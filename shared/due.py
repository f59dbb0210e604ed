"""What falls due by the mere passing of days: looked for in every authority by its own day."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.clock import now
from shared.context import ServiceContext
from shared.db.authorities import load_authority
from shared.db.engine import EVERY_AUTHORITY
from shared.db.plumbing import Plumbing
from shared.errors import DomainError
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

log = structlog.get_logger()

MOST_FIRINGS_A_ROUND = 100
"""A round of one rule and authority; what is left comes in the next round, seconds later."""


@dataclass(frozen=True, kw_only=True)
class AuthorityToday:
    """An authority and its business date at this moment."""

    code: str
    today: date


def authorities_today(session: Session, tables: Plumbing) -> Iterator[AuthorityToday]:
    """Every authority this service knows, with its business date."""
    known = tables.known_authority.c.authority
    for code in session.scalars(select(known).order_by(known)).all():
        profile = load_authority(session, tables, code)
        yield AuthorityToday(code=code, today=profile.today(now()))


def each_due(
    context: ServiceContext,
    find: Callable[[Session, str, date], list[uuid.UUID]],
    act: Callable[[UnitOfWork, uuid.UUID], None],
) -> None:
    """Call ``act`` for each id that ``find(session, authority, today)`` gives.

    All are looked for in one transaction, as mostly there is nothing. Each act has a unit of work
    of its own: a refusal of one is logged and leaves the others alone.
    """
    with context.database.read(EVERY_AUTHORITY) as session:
        due = [
            (authority.code, id_)
            for authority in authorities_today(session, context.base.plumbing)
            for id_ in find(session, authority.code, authority.today)[:MOST_FIRINGS_A_ROUND]
        ]
    for code, id_ in due:
        try:
            with timer_unit_of_work(context, code) as uow:
                act(uow, id_)
        except DomainError as error:
            log.warning("timer_refused", id=str(id_), code=error.code, error=str(error))


def timer_unit_of_work(
    context: ServiceContext, authority: str
) -> AbstractContextManager[UnitOfWork]:
    """The unit of work of one firing; the service itself acts."""
    return unit_of_work(
        context,
        authority=authority,
        actor=Actor(id=f"service:{context.name}", role="service"),
        cause=Cause(correlation_id=str(new_id())),
    )
