"""Random acts of petitioners, council and bodies, with faults between any two steps."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.intake import actions as intake
from services.intake.models import Petition, PetitionDocument
from services.opinions.actions import opinions
from services.opinions.models import Opinion
from services.review.cases import actions as cases
from services.review.cases import bureau, consultations, endings
from services.review.cases.models import Case
from services.review.cases.timers import lapse_consultations, tell_alarms
from shared import failpoints
from shared.broker.connection import BrokerUnavailable
from shared.demo import DEMO_AUTHORITY, DEMO_STARTS_ON, demo_id, demo_person
from shared.errors import DomainError
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from tests.faults.simulation.bus import Killed
from tests.faults.simulation.world import SERVICES, World

MOST_STEPS = 32
MOST_PETITIONS = 2
MOST_SECONDS = 20.0
KILLS = 0.06
BODY = demo_id("body-iecag")
BALLOT = opinions.Ballot(present=10, votes_for=10, votes_against=0, abstentions=0)
ROLES = {
    "legal.annakhil": "petitioner",
    "secretariat": "secretariat",
    "vice1": "bureau",
    "rapporteur.iecag": "body-member",
}


@dataclass(kw_only=True)
class Run:
    """One run of a seed: what was filed and asked so far, and how many acts were done."""

    world: World
    chance: random.Random
    petitions: list[UUID] = field(default_factory=list)
    consultations: list[UUID] = field(default_factory=list)
    opinions: list[UUID] = field(default_factory=list)
    day: Any = DEMO_STARTS_ON
    done: int = 0
    killed: int = 0

    def play(self) -> None:
        """Act, relay and deliver in any order, then come to rest."""
        for _ in range(self.chance.randint(MOST_STEPS // 2, MOST_STEPS)):
            self._step()
        failpoints._armed.name = ""
        for service in SERVICES:
            self.world.restart(service)
        self.world.run_to_rest()

    def _step(self) -> None:
        self.world.clock.seconds += self.chance.uniform(0.0, MOST_SECONDS)
        if self.chance.random() < KILLS:
            place = self.chance.choice(sorted(failpoints.FAILPOINTS))
            failpoints.arm(f"{place}:{self.chance.randint(1, 2)}")
        try:
            with suppress(DomainError, BrokerUnavailable):
                self.chance.choice(STEPS)(self)
        except Killed:
            self.killed += 1
            failpoints._armed.name = ""
            for service in SERVICES:
                self.world.restart(service)

    def relay(self) -> None:
        """Some service's relay takes a batch to the bus."""
        waiting = [service for service in SERVICES if self.world.has_waiting(service)]
        if waiting:
            self.world.relays[self.chance.choice(waiting)].relay_once()

    def deliver(self) -> None:
        """The bus hands out a few messages."""
        for _ in range(3):
            self.world.bus.deliver_next(self.world.workers)

    def act(self) -> None:
        """Somebody does something, or tries to."""
        who, service, do = self.chance.choice(ACTS if self.petitions else ACTS[:1])
        context = self.world.contexts[service]
        actor = Actor(id=str(demo_person(who)), role=ROLES[who])
        cause = Cause(correlation_id=str(new_id()))
        with unit_of_work(context, authority=DEMO_AUTHORITY, actor=actor, cause=cause) as uow:
            do(self, uow)
        self.done += 1

    def pass_days(self) -> None:
        """Days pass, and timers do what is due by itself."""
        days = timedelta(days=self.chance.choice([1, 7, 40]))
        self.day += days
        self.world.clock.seconds += days.total_seconds()
        self.world.move_business_date(self.day)
        timer = self.chance.choice([lapse_consultations, tell_alarms])
        timer(self.world.contexts["review"])


def _file(run: Run, uow: UnitOfWork) -> None:
    if len(run.petitions) >= MOST_PETITIONS:
        return _again(run, uow)
    named = intake.Named(person_id=demo_person("legal.annakhil"), role="legal-representative")
    petition = intake.draft_petition(
        uow,
        petitioner="association",
        subject={"fr": "Un centre", "original": "fr"},
        reasons="",
        association={
            "name": {"fr": "A", "original": "fr"},
            "founded_on": "2011-04-18",
            "has_seat_here": True,
        },
        people=[named],
    )
    uow.session.flush()
    intake.file_petition(uow, petition)
    run.petitions.append(petition.id)
    return None


def _again(run: Run, uow: UnitOfWork) -> None:
    """Filing what is filed is refused, and must give no number away."""
    intake.file_petition(uow, _petition(run, uow))


def _add_documents(run: Run, uow: UnitOfWork) -> None:
    petition = _petition(run, uow)
    # No file is written: thousands of histories are played, and none reads a document.
    paper = PetitionDocument(
        authority=petition.authority,
        kind="other",
        sha256="a" * 64,
        stored_as="a",
        media_type="application/pdf",
        size=1,
        handed_in_at=uow.recorded_at,
    )
    intake.add_documents(uow, petition, [paper])


def _ask_withdrawal(run: Run, uow: UnitOfWork) -> None:
    intake.request_withdrawal(uow, _petition(run, uow))


def _admit(run: Run, uow: UnitOfWork) -> None:
    bureau.admit(uow, _case(run, uow), despite_reason="Played: nothing was checked.")


def _refuse(run: Run, uow: UnitOfWork) -> None:
    bureau.refuse(uow, _case(run, uow), reasons=["outside-powers"])


def _ask_completion(run: Run, uow: UnitOfWork) -> None:
    due_on = run.day + timedelta(days=15)
    cases.request_completion(uow, _case(run, uow), missing=["powers"], due_on=due_on)


def _complete(run: Run, uow: UnitOfWork) -> None:
    cases.complete(uow, _case(run, uow))


def _refer(run: Run, uow: UnitOfWork) -> None:
    cases.refer(uow, _case(run, uow), committee=demo_id("committee-social"))


def _withdraw(run: Run, uow: UnitOfWork) -> None:
    endings.withdraw(uow, _case(run, uow))


def _consult(run: Run, uow: UnitOfWork) -> None:
    due_on = run.day + timedelta(days=20)
    case = _case(run, uow)
    asked = consultations.request(uow, case, body=BODY, is_mandatory=False, due_on=due_on)
    run.consultations.append(asked.id)


def _start(run: Run, uow: UnitOfWork) -> None:
    if not run.consultations:
        return
    body = opinions.own_body(uow, BODY)
    topic = opinions.Topic(consultation=run.chance.choice(run.consultations))
    opinion = opinions.start_opinion(uow, body, topic)
    opinions.write_draft(uow, opinion, text="Avis.", language="fr")
    run.opinions.append(opinion.id)


def _adopt(run: Run, uow: UnitOfWork) -> None:
    if run.opinions:
        opinions.adopt_opinion(uow, _opinion(run, uow), BALLOT)


def _submit(run: Run, uow: UnitOfWork) -> None:
    if run.opinions:
        opinions.submit_opinion(uow, _opinion(run, uow))


def _petition(run: Run, uow: UnitOfWork) -> Petition:
    return intake.own_petition(uow, _one(run, run.petitions))


def _case(run: Run, uow: UnitOfWork) -> Case:
    return uow.get(Case, _one(run, run.petitions))


def _opinion(run: Run, uow: UnitOfWork) -> Opinion:
    return opinions.own_opinion(uow, _one(run, run.opinions))


def _one(run: Run, ids: list[UUID]) -> UUID:
    # Without any yet it is an id that nobody has.
    return run.chance.choice(ids) if ids else new_id()


PETITIONER, BUREAU, OFFICE, MEMBER = "legal.annakhil", "vice1", "secretariat", "rapporteur.iecag"
ACTS: list[tuple[str, str, Callable[[Run, UnitOfWork], None]]] = [
    (PETITIONER, "intake", _file),
    (PETITIONER, "intake", _file),
    (PETITIONER, "intake", _add_documents),
    (PETITIONER, "intake", _ask_withdrawal),
    (BUREAU, "review", _admit),
    (BUREAU, "review", _admit),
    (BUREAU, "review", _refuse),
    (OFFICE, "review", _ask_completion),
    (OFFICE, "review", _complete),
    (OFFICE, "review", _refer),
    (OFFICE, "review", _withdraw),
    (OFFICE, "review", _consult),
    (OFFICE, "review", _consult),
    (MEMBER, "opinions", _start),
    (MEMBER, "opinions", _adopt),
    (MEMBER, "opinions", _submit),
]
STEPS: list[Callable[[Run], None]] = [
    *([Run.act] * 9),
    *([Run.relay] * 5),
    *([Run.deliver] * 5),
    Run.pass_days,
]
