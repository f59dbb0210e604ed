"""The account's part of an erasure: what keeps it, and how it goes.

Accounts belong to no authority, so these look at the rows of every one of them.
"""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, not_, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from services.identity.accounts.models import Account
from services.identity.accounts.queries import PURPOSE
from services.identity.base import INSTALLATION
from services.identity.erasures.models import Erasure
from services.identity.erasures.workflow import ErasureState
from services.identity.feeds.models import CalendarFeed
from services.identity.memberships import actions as memberships
from services.identity.memberships.models import Membership
from services.identity.memberships.workflow import MembershipState
from services.identity.sign_in.models import SignIn
from shared.db.wall import beyond_wall
from shared.unit_of_work import UnitOfWork

PETITIONER = "petitioner"
ACCOUNT_ERASED = "account-erased"
NO_PASSWORD = ""
"""The hash of no password: nothing that is typed fits it."""

UNKNOWN_ADDRESS_BYTES = 32


def holds_role(
    person: UUID | InstrumentedAttribute[UUID], *, authority: str, today: date
) -> ColumnElement[bool]:
    """Whether a person holds a role anywhere that keeps the account.

    That of petitioner does not in the authority itself, nor where an erasure waits for the account
    as well: two authorities would wait for one another for ever.
    """
    waiting = aliased(Erasure)
    waits_too = exists().where(
        waiting.authority == Membership.authority,
        waiting.person_id == Membership.person_id,
        waiting.state == ErasureState.WAITING.value,
        waiting.names_settled,
    )
    is_let_go = and_(
        Membership.role == PETITIONER, or_(Membership.authority == authority, waits_too)
    )
    return exists().where(
        Membership.person_id == person,
        Membership.state == MembershipState.GRANTED.value,
        or_(Membership.until_on.is_(None), Membership.until_on >= today),
        not_(is_let_go),
    )


def erase_account(uow: UnitOfWork, person: UUID) -> bool:
    """Destroy the key of a person's account and end all that opens it; False without an account.

    The row stays with its id, which others name; nothing finds it by an address any more. Where it
    was erased before, as for another authority, it stays so.
    """
    with beyond_wall(uow.session, back_to=uow.authority):
        account = uow.session.get(Account, person, with_for_update=True)
        vault = uow.context.vault(uow.session, INSTALLATION)
        if account is None:
            return False
        vault.destroy(person, PURPOSE)
        account.email_hash = secrets.token_hex(UNKNOWN_ADDRESS_BYTES)
        account.password_hash = NO_PASSWORD
        uow.session.execute(delete(SignIn).where(SignIn.person_id == person))
        uow.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person))
    return True


def end_own_roles(uow: UnitOfWork, person: UUID) -> None:
    """End the person's role of petitioner here: nobody signs in to it any more."""
    new = memberships.NewMembership(person_id=person, role=PETITIONER)
    held = memberships.find_granted(uow, new)
    if held is not None:
        memberships.end_membership(uow, held, reason=ACCOUNT_ERASED)
