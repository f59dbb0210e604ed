"""Everything that changes a calendar feed: renew, revoke. Like sign-ins, feeds emit no events."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.identity.feeds.models import CalendarFeed
from services.identity.sign_in.actions import hash_of
from shared.ids import new_id

SECRET_BYTES = 32


def renew(session: Session, person: UUID, authority: str, *, moment: datetime) -> str:
    """Give a person a new secret, which is kept nowhere; the one of before opens nothing any more.

    Of two at the same moment one is told that the row is taken (``NameTaken``).
    """
    revoke(session, person, authority)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(
        CalendarFeed(
            id=new_id(),
            authority=authority,
            person_id=person,
            secret_hash=hash_of(secret),
            made_at=moment,
        )
    )
    return secret


def revoke(session: Session, person: UUID, authority: str) -> None:
    """Let a person's secret open nothing any more; there may be none."""
    session.execute(
        delete(CalendarFeed).where(
            CalendarFeed.person_id == person, CalendarFeed.authority == authority
        )
    )


def feed_of(session: Session, person: UUID, authority: str) -> CalendarFeed | None:
    """A person's feed of an authority, if they have one."""
    return session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.person_id == person, CalendarFeed.authority == authority
        )
    ).one_or_none()


def feed_with(session: Session, secret: str) -> CalendarFeed | None:
    """The feed that a secret opens, if there is one."""
    statement = select(CalendarFeed).where(CalendarFeed.secret_hash == hash_of(secret))
    return session.scalars(statement).one_or_none()
