"""Reads of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.identity.accounts.models import Account
from shared.db.personal import PersonalVault

PURPOSE = "account"


@dataclass(frozen=True, kw_only=True)
class Person:
    """An account with its sealed texts opened; it never leaves the request that opened it."""

    id: UUID
    email: str | None
    name_arabic: str | None
    name_latin: str | None
    language: str

    @property
    def name(self) -> str:
        """The name in the person's language, else in the other script."""
        names = [self.name_arabic, self.name_latin]
        ordered = names if self.language == "ar" else names[::-1]
        return next((name for name in ordered if name), "")


def find_by_email(session: Session, vault: PersonalVault, email: str) -> Account | None:
    """The account with this address, whatever the case of its letters."""
    wanted = vault.search_hash(PURPOSE, email)
    return session.scalars(select(Account).where(Account.email_hash == wanted)).one_or_none()


def find_person(session: Session, vault: PersonalVault, person: UUID) -> Person | None:
    """The account of a person, opened; None where there is none."""
    account = session.get(Account, person)
    return None if account is None else opened(vault, account)


def opened(vault: PersonalVault, account: Account) -> Person:
    """An account with its sealed texts opened."""
    email, arabic, latin = vault.reveal_all(
        [account.email, account.name_arabic, account.name_latin]
    )
    return Person(
        id=account.id,
        email=email,
        name_arabic=arabic,
        name_latin=latin,
        language=account.language,
    )
