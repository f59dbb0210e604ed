"""Leases with a fencing number: one process at a time runs a service's timers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from shared.db.plumbing import Plumbing
from shared.life_sign import has_ended


def take_lease(
    session: Session, tables: Plumbing, name: str, *, owner: str, moment: datetime, seconds: float
) -> int | None:
    """Take or renew a lease; returns its fencing number, or None while another holds it.

    The number rises whenever the owner changes, so a late writer can be told from the present one.
    An ``owner`` begins with its life sign: a lease whose owner has surely ended is free at once.
    """
    leases = tables.timer_lease
    row = session.execute(
        select(leases).where(leases.c.name == name).with_for_update()
    ).one_or_none()
    until = moment + timedelta(seconds=seconds)
    if row is None:
        session.execute(insert(leases).values(name=name, owner=owner, until=until, fence=1))
        return 1
    if row.owner != owner and row.until > moment and not has_ended(row.owner):
        return None
    fence: int = row.fence if row.owner == owner else row.fence + 1
    session.execute(
        update(leases).where(leases.c.name == name).values(owner=owner, until=until, fence=fence)
    )
    return fence
