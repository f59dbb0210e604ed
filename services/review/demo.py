"""The demo's council of Taroudant: 35 members, its offices, four committees; only where DEMO=1."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.review.council.actions import form_committee, start_mandate
from services.review.council.models import Committee, Mandate
from services.review.council.names import Name, set_name
from shared.context import ServiceContext
from shared.demo import DEMO_AUTHORITY, DEMO_MEMBERS_IN_OFFICE, demo_id, demo_person
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

IN_OFFICE_FROM = date(2021, 9, 20)
REASON = "Demonstration data."
LOGINS = {1: "president", 2: "vice1", 3: "chair.social", 4: "chair.sport", 5: "member1"}
"""The members who can sign in, by their place in the council."""

COMMITTEES = {
    "finance": {
        "ar": "لجنة الميزانية والشؤون المالية والبرمجة",
        "fr": "Commission du budget, des finances et de la programmation",
        "en": "Committee on budget, finance and programming",
        "original": "ar",
    },
    "utilities": {
        "ar": "لجنة المرافق العمومية والخدمات",
        "fr": "Commission des services publics et des prestations",
        "en": "Committee on public utilities and services",
        "original": "ar",
    },
    "social": {
        "ar": "لجنة الشؤون الاجتماعية والثقافية",
        "fr": "Commission des affaires sociales et culturelles",
        "en": "Committee on social and cultural affairs",
        "original": "ar",
    },
    "sport": {
        "ar": "لجنة الشباب والرياضة",
        "fr": "Commission de la jeunesse et des sports",
        "en": "Committee on youth and sport",
        "original": "ar",
    },
}
REMITS = {
    "finance": {
        "ar": "الميزانية والجبايات وبرنامج عمل الجماعة",
        "fr": "Budget, taxes et programme d'action de la commune",
        "en": "Budget, taxes and the commune's action programme",
        "original": "ar",
    },
    "utilities": {
        "ar": "الماء والتطهير والنقل والأسواق والطرق",
        "fr": "Eau, assainissement, transport, marchés et voirie",
        "en": "Water, sanitation, transport, markets and streets",
        "original": "ar",
    },
    "social": {
        "ar": "العمل الاجتماعي والمساواة والثقافة",
        "fr": "Action sociale, égalité et culture",
        "en": "Social action, equality and culture",
        "original": "ar",
    },
    "sport": {
        "ar": "الشباب والملاعب والفضاءات الرياضية",
        "fr": "Jeunesse, terrains et équipements sportifs",
        "en": "Youth, playing fields and sports facilities",
        "original": "ar",
    },
}
"""What each committee deals with."""

OFFICES = {
    "president": (1,),
    "vice-president": (2, 25, 26, 27, 28, 29, 30),
    "secretary": (6,),
    "deputy-secretary": (31,),
}
"""Who holds which office: seven vice-presidents for 35 members (113-14, article 16)."""

SEATS = {
    "social": (3, 7, 8, 9, 10),
    "sport": (4, 11, 12, 13, 14),
    "finance": (15, 16, 17, 18, 19),
    "utilities": (20, 21, 22, 23, 24),
}
"""Who sits on which committee, its chair first (113-14, articles 25 and 26)."""


def seed_demo(context: ServiceContext) -> None:
    """Put the demo's council in place unless it is there.

    Raises ``TryLater`` until the demo authority's event has come; the same call succeeds then.
    """
    with unit_of_work(
        context,
        authority=DEMO_AUTHORITY,
        actor=Actor(id=f"service:{context.name}", role="service"),
        cause=Cause(correlation_id=str(new_id())),
    ) as uow:
        if uow.find(Committee, demo_id("committee-social")) is None:
            _seed(uow)


def _seed(uow: UnitOfWork) -> None:
    act: dict[str, Any] = {"acted_on": min(IN_OFFICE_FROM, uow.today), "late_reason": REASON}
    for code, name in COMMITTEES.items():
        said = {"name": name, "remit": REMITS[code]}
        form_committee(uow, code=code, id_=demo_id(f"committee-{code}"), **said, **act)
    for number in range(1, DEMO_MEMBERS_IN_OFFICE + 1):
        _start(uow, f"member-{number}", number, office="member")
        shown = Name(ar=f"العضو رقم {number}", latin=f"Membre n° {number}")
        set_name(uow, _person(number), shown)
    for office, numbers in OFFICES.items():
        for number in numbers:
            _start(uow, f"mandate-{office}-{number}", number, office=office)
    for code, numbers in SEATS.items():
        for number in numbers:
            office = "committee-chair" if number == numbers[0] else "committee-member"
            committee = demo_id(f"committee-{code}")
            _start(uow, f"{code}-{number}", number, office=office, committee=committee)


def _start(
    uow: UnitOfWork, name: str, number: int, *, office: str, committee: UUID | None = None
) -> None:
    mandate = Mandate(
        id=demo_id(name),
        person_id=_person(number),
        office=office,
        committee_id=committee,
        from_on=IN_OFFICE_FROM,
    )
    acted_on = min(IN_OFFICE_FROM, uow.today)
    start_mandate(uow, mandate, acted_on=acted_on, late_reason=REASON)


def _person(number: int) -> UUID:
    """Who sits in that place of the council."""
    return demo_person(LOGINS.get(number, f"member-{number}"))
