"""What the notices of the tests are about: a case, its consultation, opinion, item and vote."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.events import consultations, decisions, opinions, sessions
from shared.events.council import MandateSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import TODAY, person

CASE = person("petition")
SUBJECT = Texts(fr="Un centre", original="fr")
RECTIFIED = person("rectified")


def people(*names: str) -> list[str]:
    """Their ids, sorted as ``told`` gives them."""
    return sorted(person(name) for name in names)


def form_body(desk: Any, *names: str) -> None:
    """Let a body with these members be set up."""
    after = opinions.BodySnapshot(
        state="active",
        code="iecag",
        name=SUBJECT,
        seats=15,
        members=[PersonInRole(person=person(name), role="member") for name in names],
    )
    desk.hear(opinions.BodyFormed(), after, subject=f"body/{person('body')}")


def consultation(*, due_on: date = date(2024, 1, 5)) -> consultations.ConsultationSnapshot:
    """An opinion asked of the body."""
    return consultations.ConsultationSnapshot(
        state="requested",
        case=CASE,
        reference="taroudant/2023/1",
        body=person("body"),
        subject=SUBJECT,
        is_mandatory=False,
        due_on=due_on,
        opinion=None,
    )


def opinion(case: str | None = CASE) -> opinions.OpinionSnapshot:
    """An opinion that was submitted."""
    return opinions.OpinionSnapshot(
        state="submitted",
        body=person("body"),
        origin="requested",
        consultation=None,
        case=case,
        session=None,
        subject=SUBJECT,
        started_on=TODAY,
        adopted_on=TODAY,
        submitted_on=TODAY,
        text_sha256=None,
    )


def item(case: str | None = CASE) -> sessions.ItemSnapshot:
    """A point of the agenda."""
    return sessions.ItemSnapshot(
        state="scheduled",
        session=person("session"),
        case=case,
        subject=SUBJECT,
        position=1,
        basis="petition",
        votes_for=24,
        votes_against=1,
        abstentions=2,
    )


def decision() -> decisions.DecisionSnapshot:
    """A decision on the case."""
    return decisions.DecisionSnapshot(
        state="adopted",
        number="1",
        item=person("item"),
        session=person("session"),
        case=CASE,
        subject=SUBJECT,
        adopted_on=TODAY,
        visa_needed=False,
        transmitted_on=None,
        governor_receipt_on=None,
        enforceable_from=date(2024, 2, 24),
    )


def session() -> sessions.SessionSnapshot:
    """A session of the council."""
    return sessions.SessionSnapshot(
        state="convened",
        session_kind="ordinary",
        called_by="president",
        opens_on=date(2024, 2, 6),
        agenda_to_governor_on=None,
        notice_to_members_on=None,
        agenda_version=1,
        closed_on=None,
    )


def mandate(name: str, *, until_on: date | None = None) -> MandateSnapshot:
    """Somebody's office as a member."""
    return MandateSnapshot(
        state="active",
        person=person(name),
        office="member",
        committee=None,
        from_on=date(2021, 9, 8),
        until_on=until_on,
    )
