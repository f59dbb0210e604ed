"""The demo authority and its accounts, made only where DEMO=1; their passwords are printed.

The roles of the council and of the bodies come from review's and opinions' own demo events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from services.identity.accounts.actions import NewAccount, open_account
from services.identity.accounts.models import Account
from services.identity.accounts.passwords import Passwords
from services.identity.authorities.actions import NewAuthority, register_authority
from services.identity.authorities.queries import find_authority
from services.identity.base import INSTALLATION
from services.identity.memberships.actions import NewMembership, find_granted, grant_membership
from services.identity.settings import IdentitySettings
from shared.context import ServiceContext
from shared.demo import (
    DEMO_AUTHORITY,
    DEMO_DOMAIN,
    DEMO_MEMBERS_IN_OFFICE,
    DEMO_STARTS_ON,
    demo_password,
    demo_person,
)
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

AUTHORITY = NewAuthority(
    kind="commune",
    name={
        "ar": "جماعة تارودانت",
        "fr": "Commune de Taroudant",
        "en": "Commune of Taroudant",
        "original": "ar",
    },
    zone="Africa/Casablanca",
    languages=("ar", "fr"),
    population=80_149,
    council_seats=DEMO_MEMBERS_IN_OFFICE,
    business_date=DEMO_STARTS_ON,
)


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody invented: a login, the role it plays, and a name that says so in both scripts.

    The Latin one is in French, as names of persons have no English form.
    """

    login: str
    role: str
    name_latin: str
    name_arabic: str
    language: str = "ar"
    is_granted_here: bool = False

    @property
    def email(self) -> str:
        """The address that signs in."""
        return f"{self.login}@{DEMO_DOMAIN}"


PEOPLE = (
    DemoPerson(
        login="secretariat",
        role="secretariat",
        name_latin="Secrétaire du conseil",
        name_arabic="كاتبة المجلس",
        is_granted_here=True,
    ),
    DemoPerson(
        login="president",
        role="president",
        name_latin="Président du conseil",
        name_arabic="رئيس المجلس",
    ),
    DemoPerson(
        login="vice1",
        role="bureau",
        name_latin="Premier vice-président",
        name_arabic="النائب الأول للرئيس",
    ),
    DemoPerson(
        login="chair.social",
        role="committee-chair",
        name_latin="Présidente, commission des affaires sociales",
        name_arabic="رئيسة لجنة الشؤون الاجتماعية",
    ),
    DemoPerson(
        login="chair.sport",
        role="committee-chair",
        name_latin="Président, commission de la jeunesse et du sport",
        name_arabic="رئيس لجنة الشباب والرياضة",
    ),
    DemoPerson(
        login="member1",
        role="council-member",
        name_latin="Membre du conseil",
        name_arabic="عضو المجلس",
    ),
    DemoPerson(
        login="legal.annakhil",
        role="petitioner",
        name_latin="Représentante légale, Annakhil",
        name_arabic="الممثلة القانونية لجمعية النخيل",
        is_granted_here=True,
    ),
    DemoPerson(
        login="legal.rempart",
        role="petitioner",
        name_latin="Représentant légal, Jeunes du rempart",
        name_arabic="الممثل القانوني لجمعية شباب السور",
        language="fr",
        is_granted_here=True,
    ),
    DemoPerson(
        login="rapporteur.iecag",
        role="body-member",
        name_latin="Rapporteure de l'instance de l'équité",
        name_arabic="مقررة هيئة المساواة وتكافؤ الفرص",
        language="fr",
    ),
    DemoPerson(
        login="rapporteur.forum",
        role="body-member",
        name_latin="Rapporteur de l'espace de concertation",
        name_arabic="مقرر الفضاء التشاوري",
    ),
    DemoPerson(
        login="auditor",
        role="auditor",
        name_latin="Auditrice",
        name_arabic="المدققة",
        language="fr",
        is_granted_here=True,
    ),
    DemoPerson(
        login="operator",
        role="operator",
        name_latin="Opérateur de la plateforme",
        name_arabic="مشغل المنصة",
        language="fr",
        is_granted_here=True,
    ),
)


def demo_people() -> list[tuple[str, str, str, str]]:
    """Login, e-mail address, password and role of everybody of the demo, for printing."""
    return [(one.login, one.email, demo_password(one.login), one.role) for one in PEOPLE]


def seed_demo(context: ServiceContext) -> None:
    """Put authority, accounts, and the roles nobody else gives in place; again changes nothing."""
    _seed_accounts(context)
    actor = Actor(id=f"service:{context.name}", role="service")
    cause = Cause(correlation_id=str(new_id()))
    with unit_of_work(context, authority=DEMO_AUTHORITY, actor=actor, cause=cause) as uow:
        if find_authority(uow.session, DEMO_AUTHORITY) is None:
            register_authority(uow, AUTHORITY)
        for person in PEOPLE:
            if person.is_granted_here:
                _seed_role(uow, person)


def _seed_accounts(context: ServiceContext) -> None:
    with context.database.read(INSTALLATION) as session:
        missing = [one for one in PEOPLE if session.get(Account, demo_person(one.login)) is None]
    if not missing:
        return
    passwords = Passwords.from_settings(cast(IdentitySettings, context.settings))
    accounts = [_account_of(one, passwords) for one in missing]
    with context.database.write(INSTALLATION) as (session, moment):
        vault = context.vault(session, INSTALLATION)
        for account in accounts:
            open_account(session, vault, account, moment=moment)


def _account_of(person: DemoPerson, passwords: Passwords) -> NewAccount:
    return NewAccount(
        person_id=demo_person(person.login),
        email=person.email,
        password_hash=passwords.hash(demo_password(person.login)),
        language=person.language,
        name_arabic=person.name_arabic,
        name_latin=person.name_latin,
    )


def _seed_role(uow: UnitOfWork, person: DemoPerson) -> None:
    new = NewMembership(person_id=demo_person(person.login), role=person.role)
    if find_granted(uow, new) is None:
        grant_membership(uow, new)
