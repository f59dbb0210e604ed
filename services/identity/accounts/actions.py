"""Everything that changes an account. Accounts emit no events and belong to no authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.orm import Session

from services.identity.accounts.models import Account
from services.identity.accounts.queries import PURPOSE, find_by_email
from shared.db.personal import PersonalVault
from shared.db.upsert import insert_once


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """An account to be made; the password comes as its hash."""

    person_id: UUID
    email: str
    password_hash: str
    language: str
    name_arabic: str | None = None
    name_latin: str | None = None


def open_account(
    session: Session, vault: PersonalVault, new: NewAccount, *, moment: datetime
) -> Account:
    """Make an account, unless its address has one; returns the account of that address."""
    existing = find_by_email(session, vault, new.email)
    if existing is not None:
        return existing

    def sealed(text: str | None) -> str | None:
        return vault.seal(new.person_id, PURPOSE, text) if text else None

    # Two sign-ups with one address may meet here; the unique hash lets the first one win.
    insert_once(
        session,
        cast(Table, Account.__table__),
        id=new.person_id,
        email=vault.seal(new.person_id, PURPOSE, new.email),
        email_hash=vault.search_hash(PURPOSE, new.email),
        name_arabic=sealed(new.name_arabic),
        name_latin=sealed(new.name_latin),
        language=new.language,
        password_hash=new.password_hash,
        created_at=moment,
    )
    account = find_by_email(session, vault, new.email)
    if account is None:
        raise RuntimeError("the account of another transaction is not visible in this one")
    return account


def keep_password(session: Session, person: UUID, password_hash: str) -> None:
    """Replace the kept hash, for example by one under newer parameters."""
    account = session.get_one(Account, person)
    account.password_hash = password_hash
