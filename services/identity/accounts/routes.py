"""The HTTP interface of accounts, under ``/identity/v1``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify
from flask_smorest import Blueprint

from services.identity.accounts import schemas
from services.identity.accounts.actions import NewAccount, open_account
from services.identity.accounts.passwords import Passwords
from services.identity.accounts.queries import Person, find_by_email, find_person
from services.identity.authorities.queries import find_authority
from services.identity.base import INSTALLATION
from services.identity.callers import limits
from services.identity.erasures.queries import is_erased
from services.identity.memberships.actions import NewMembership, find_granted, grant_membership
from services.identity.memberships.queries import in_force, is_known_in
from shared.clock import now
from shared.db.authorities import load_authority
from shared.db.engine import EVERY_AUTHORITY
from shared.db.personal import PersonalKeyDestroyed
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id
from shared.unit_of_work import Actor, unit_of_work
from shared.web.auth import EVERYONE, SIGNED_IN, claims, may
from shared.web.callers import caller_address
from shared.web.i18n import gettext_noop
from shared.web.scope import current_context
from shared.web.transaction import current_cause, show

blueprint = Blueprint("accounts", __name__, description="People who can sign in.")

PASSWORDS = "arida.passwords"
ERASED = gettext_noop("These personal data have been erased.")


@blueprint.post("/accounts")
@may(EVERYONE)
@blueprint.arguments(schemas.AccountIn)
@blueprint.response(202, schemas.SignUpOut)
def sign_up(data: dict[str, Any]) -> tuple[Response, int]:
    """Sign up as a petitioner; the answer is the same whether or not the address has an account.

    Whoever has one and gives its password gets the role in this authority as well. Repeating the
    request is safe, so it needs no Idempotency-Key.
    """
    if address := caller_address():
        current_context().limiter.check(f"sign-up|{address}", limits().sign_up_limit)
    authority = data.pop("authority")
    _check_authority(authority)
    person = _account_for(data, data.pop("password"))
    if person is not None:
        _let_petition(person, authority)
    return jsonify({"status": "accepted"}), 202


@blueprint.get("/accounts/me")
@may(SIGNED_IN)
@blueprint.response(200, schemas.AccountOut)
def read_own_account() -> Response:
    """The caller's account, and their roles today in the authority of the token."""
    who = claims()
    context = current_context()
    with context.database.read(EVERY_AUTHORITY) as session:
        person = _person(session, UUID(who.person))
        held = []
        if who.authority:
            today = load_authority(session, context.base.plumbing, who.authority).today(now())
            held = list(in_force(session, who.authority, person.id, today))
        shown = {**asdict(person), "name": person.name, "memberships": held}
        return show(schemas.AccountOut, shown)


@blueprint.get("/accounts/<uuid:person>/contact")
@may("service")
@blueprint.response(200, schemas.ContactOut)
def read_contact(person: UUID) -> Response:
    """How a person of the token's authority is written to; for services only.

    Of somebody whose data was erased it says so (410): nobody writes to them any more.
    """
    with current_context().database.read(EVERY_AUTHORITY) as session:
        if is_erased(session, claims().authority, person):
            raise PersonalKeyDestroyed(ERASED)
        if not is_known_in(session, claims().authority, person):
            raise NotFound("Nothing was found under this id.", kind="account")
        found = _person(session, person)
        if found.email is None:
            raise PersonalKeyDestroyed(ERASED)
        return show(schemas.ContactOut, asdict(found))


def passwords() -> Passwords:
    """The hasher of this application."""
    made: Passwords = current_app.extensions[PASSWORDS]
    return made


def _person(session: Any, person: UUID) -> Person:
    found = find_person(session, current_context().vault(session, INSTALLATION), person)
    if found is None:
        raise NotFound("Nothing was found under this id.", kind="account")
    return found


def _check_authority(code: str) -> None:
    with current_context().database.read(EVERY_AUTHORITY) as session:
        if find_authority(session, code) is None:
            raise InvalidInput(
                "No authority has this code.",
                field="authority",
                remedy="Choose one of the listed authorities.",
            )


def _account_for(data: dict[str, Any], password: str) -> UUID | None:
    """The person who signs up: new, or known and with the right password; else None."""
    context = current_context()
    with context.database.read(INSTALLATION) as session:
        known = find_by_email(session, context.vault(session, INSTALLATION), data["email"])
    # Both are done in every case: the time taken must not tell whether the address is known.
    made = passwords().hash(password)
    fits = passwords().matches(known.password_hash if known else None, password)
    if known is not None:
        return known.id if fits else None
    new = NewAccount(person_id=new_id(), password_hash=made, **data)
    with context.database.write(INSTALLATION) as (session, moment):
        vault = context.vault(session, INSTALLATION)
        account = open_account(session, vault, new, moment=moment)
    return account.id if account.id == new.person_id else None


def _let_petition(person: UUID, authority: str) -> None:
    actor = Actor(id=str(person), role="petitioner")
    new = NewMembership(person_id=person, role="petitioner")
    with unit_of_work(
        current_context(), authority=authority, actor=actor, cause=current_cause()
    ) as uow:
        if find_granted(uow, new) is None:
            grant_membership(uow, new)
