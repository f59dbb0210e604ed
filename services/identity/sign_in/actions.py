"""Everything that changes a sign-in: start, use, end. Sign-ins emit no events."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.identity.sign_in.models import SignIn
from shared.errors import NotFound
from shared.ids import new_id

HANDLE_BYTES = 32
TOUCH_EVERY = timedelta(minutes=1)


def start(
    session: Session, person: UUID, authority: str, *, moment: datetime, idle: timedelta
) -> tuple[SignIn, str]:
    """Begin a sign-in; returns it with its handle, which is kept nowhere."""
    handle = secrets.token_urlsafe(HANDLE_BYTES)
    row = SignIn(
        id=new_id(),
        authority=authority,
        handle_hash=hash_of(handle),
        person_id=person,
        started_at=moment,
        used_at=moment,
        expires_at=moment + idle,
    )
    session.add(row)
    return row, handle


def use(session: Session, handle: str, *, moment: datetime, idle: timedelta) -> SignIn:
    """The sign-in of a handle, kept alive by this use; raises ``NotFound`` once it has ended."""
    row = find(session, handle, moment)
    if row is None:
        raise NotFound("This sign-in has ended.", remedy="Sign in again.")
    # Written once a minute at most: a page with many parts is one use.
    if moment - row.used_at >= TOUCH_EVERY:
        row.used_at, row.expires_at = moment, moment + idle
    return row


def find(session: Session, handle: str, moment: datetime) -> SignIn | None:
    """The sign-in of a handle, if it has not ended."""
    statement = select(SignIn).where(
        SignIn.handle_hash == hash_of(handle), SignIn.expires_at > moment
    )
    return session.scalars(statement).one_or_none()


def end(session: Session, handle: str) -> None:
    """End a sign-in; one that is not there has ended already."""
    session.execute(delete(SignIn).where(SignIn.handle_hash == hash_of(handle)))


def forget_ended(session: Session, moment: datetime) -> None:
    """Remove the rows of sign-ins whose time is over."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= moment))


def hash_of(handle: str) -> str:
    """What is kept of a handle; it has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(handle.encode("utf-8", "replace")).hexdigest()
