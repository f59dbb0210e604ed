"""Everything that changes an authority, and identity's own projection of it with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from services.identity.authorities.models import Authority
from services.identity.authorities.queries import find_authority
from services.identity.authorities.state import AUTHORITY_WORKFLOW, state_of_authority
from services.identity.authorities.workflow import AuthorityState
from shared.clock import civil_date
from shared.db.authorities import AuthorityProfile
from shared.db.upsert import is_duplicate
from shared.errors import AlreadyThere, InvalidInput, NotFound
from shared.events.authorities import AuthorityChanged, AuthorityRegistered
from shared.events.canonical import to_plain
from shared.law.errors import LawError
from shared.law.local_rules import fill
from shared.law.packs import load_pack
from shared.retention import local as retention
from shared.unit_of_work import UnitOfWork
from shared.web.first_parts import FIRST_PARTS
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class NewAuthority:
    """What is told of an authority when it joins; its code is that of the unit of work."""

    kind: str
    name: Mapping[str, str | None]
    zone: str
    languages: Sequence[str]
    population: int
    has_arrondissements: bool = False
    council_seats: int | None = None
    business_date: date | None = None
    holidays: Sequence[date] = ()
    local_rules: Mapping[str, Mapping[str, Any]] | None = None


def register_authority(uow: UnitOfWork, new: NewAuthority) -> Authority:
    """Register the authority that the unit of work is for.

    Raises ``InvalidInput`` for a code that is a word of the system, ``AlreadyThere`` for one that
    is taken, ``GuardRefused`` for a date in the future, ``LawError`` for a local rule that the law
    does not leave open.
    """
    _check_code(uow)
    authority = uow.add(
        Authority(
            state=AuthorityState.NEW.value,
            sequence=0,
            authority_kind=new.kind,
            name=dict(new.name),
            zone=new.zone,
            languages=list(new.languages),
            population=new.population,
            has_arrondissements=new.has_arrondissements,
            council_seats=new.council_seats,
            business_date=new.business_date,
            holidays=_as_stored(new.holidays),
            local_rules=_rules_as_stored(new.local_rules or {}),
        )
    )
    _claim_code(uow)
    _check_local_rules(authority, authority.today(uow.recorded_at))
    facts = {"real_date": civil_date(uow.recorded_at, authority.zone)}
    _take(uow, authority, "register", Act(what=AuthorityRegistered(), facts=facts))
    return authority


def change_authority(
    uow: UnitOfWork, authority: Authority, changes: Mapping[str, Any]
) -> Authority:
    """Change holidays, local rules, languages, population or seats; nothing new tells nothing."""
    stored = dict(changes)
    if "holidays" in stored:
        stored["holidays"] = _as_stored(stored["holidays"])
    if "local_rules" in stored:
        stored["local_rules"] = _rules_as_stored(stored["local_rules"])
    changed = sorted(name for name, value in stored.items() if getattr(authority, name) != value)
    if not changed:
        return authority
    for name in changed:
        setattr(authority, name, stored[name])
    _check_local_rules(authority, authority.today(uow.recorded_at))
    _take(uow, authority, "change", Act(what=AuthorityChanged(fields=changed)))
    return authority


def set_business_date(uow: UnitOfWork, authority: Authority, on: date) -> Authority:
    """Make ``on`` today for this authority; the same date again changes nothing.

    Raises ``GuardRefused`` for an earlier date than the one set, or one after the real date.
    """
    was = authority.business_date
    if was == on:
        return authority
    authority.business_date = on
    facts = {"was": was, "real_date": civil_date(uow.recorded_at, authority.zone)}
    what = AuthorityChanged(fields=["business_date"])
    _take(uow, authority, "set_business_date", Act(what=what, facts=facts))
    return authority


def own_authority(uow: UnitOfWork) -> Authority:
    """The authority of the unit of work, under its lock; raises ``NotFound``."""
    row = uow.session.scalars(
        select(Authority).where(Authority.authority == uow.authority).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="authority")
    return row


def _check_code(uow: UnitOfWork) -> None:
    if uow.authority in FIRST_PARTS:
        raise InvalidInput(
            "The address of an authority's pages cannot begin with the word %(code)s.",
            field="code",
            remedy="Choose another code, for example the name of the place.",
            code=uow.authority,
        )
    if find_authority(uow.session, uow.authority) is not None:
        raise _code_is_taken()


def _claim_code(uow: UnitOfWork) -> None:
    """Another process may register the same code in this moment: the database keeps one."""
    try:
        uow.session.flush()
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise _code_is_taken() from error


def _code_is_taken() -> AlreadyThere:
    return AlreadyThere(
        "An authority with this code is registered already.",
        field="code",
        remedy="Choose another code, for example the name of the place.",
    )


def _take(uow: UnitOfWork, authority: Authority, trigger: str, act: Act) -> None:
    # The step needs to know the new 'today' before it is taken, the state is known after it.
    _remember(uow, authority, sequence=authority.sequence + 1)
    move(AUTHORITY_WORKFLOW, authority, trigger, uow, act)
    _remember(uow, authority, sequence=authority.sequence)


def _remember(uow: UnitOfWork, authority: Authority, *, sequence: int) -> None:
    snapshot = state_of_authority(authority)
    profile = AuthorityProfile(
        code=snapshot.code,
        kind=snapshot.kind,
        zone=snapshot.zone,
        business_date=snapshot.business_date,
        name=to_plain(snapshot.name),
        profile=to_plain(snapshot),
        sequence=sequence,
    )
    uow.remember(profile)


def _check_local_rules(authority: Authority, on: date) -> None:
    kept = retention.open_rules(on)
    of_law = {rule: entry for rule, entry in authority.local_rules.items() if rule not in kept}
    try:
        fill(load_pack(f"ma-{authority.authority_kind}", on), of_law)
        retention.check(authority.local_rules, on)
    except LawError as error:
        error.field = f"local_rules.{error.field}"
        raise


def _as_stored(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]


def _rules_as_stored(rules: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {rule: to_plain(dict(entry)) for rule, entry in rules.items()}
