"""Reads of authorities."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.identity.authorities.models import Authority
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


def list_authorities(session: Session, cursor: str | None) -> Page[Authority]:
    """Every authority of the installation, by code."""
    last = decode_cursor(cursor, str)
    statement = select(Authority).order_by(Authority.authority).limit(LARGEST_PAGE + 1)
    if last:
        statement = statement.where(Authority.authority > last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.authority,))


def find_authority(session: Session, code: str) -> Authority | None:
    """The authority of a code, if it is registered."""
    return session.scalars(select(Authority).where(Authority.authority == code)).one_or_none()


def authority_of(session: Session, code: str) -> Authority:
    """The authority of a code; raises ``NotFound``."""
    row = find_authority(session, code)
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="authority")
    return row
