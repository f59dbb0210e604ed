"""The demo's two consultative bodies of Taroudant, with fixed ids; only where DEMO=1."""

from __future__ import annotations

from dataclasses import dataclass

from services.opinions.actions import bodies
from services.opinions.models import Body
from shared.context import ServiceContext
from shared.demo import DEMO_AUTHORITY, DEMO_STARTS_ON, demo_id, demo_person
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work


@dataclass(frozen=True, kw_only=True)
class DemoBody:
    """A body of the demo; every seat is taken, by its rapporteur and by people without a log-in."""

    code: str
    seats: int
    ar: str
    fr: str
    en: str


DEMO_BODIES = (
    DemoBody(
        code="iecag",
        seats=15,
        ar="هيئة المساواة وتكافؤ الفرص ومقاربة النوع",
        fr="Instance de l'équité, de l'égalité des chances et de l'approche genre",
        en="Equity, equal-opportunity and gender body",
    ),
    DemoBody(
        code="forum",
        seats=25,
        ar="الفضاء التشاوري لتارودانت",
        fr="Espace de concertation de Taroudant",
        en="Consultation forum of Taroudant",
    ),
)


def seed_demo(context: ServiceContext) -> None:
    """Form the demo's bodies unless they are there.

    Raises ``TryLater`` until the demo authority's event has come; the same call succeeds then.
    """
    with unit_of_work(
        context,
        authority=DEMO_AUTHORITY,
        actor=Actor(id=f"service:{context.name}", role="service"),
        cause=Cause(correlation_id=str(new_id())),
    ) as uow:
        for body in DEMO_BODIES:
            if uow.find(Body, demo_id(f"body-{body.code}")) is None:
                _form(uow, body)


def _form(uow: UnitOfWork, body: DemoBody) -> None:
    charter = bodies.Charter(
        code=body.code,
        name={"ar": body.ar, "fr": body.fr, "en": body.en, "original": "ar"},
        seats=body.seats,
    )
    rapporteur = bodies.Seat(person=demo_person(f"rapporteur.{body.code}"), role="rapporteur")
    others = [
        bodies.Seat(
            person=demo_person(f"{body.code}.member{n}"), role="chair" if n == 1 else "member"
        )
        for n in range(1, body.seats)
    ]
    bodies.form_body(
        uow,
        charter,
        members=[rapporteur, *others],
        id_=demo_id(f"body-{body.code}"),
        acted_on=min(DEMO_STARTS_ON, uow.today),
        late_reason="Demonstration data.",
    )
