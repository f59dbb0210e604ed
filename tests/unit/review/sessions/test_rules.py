"""The days that the law gives a session, by who called it and by the authority's own calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.sessions import rules
from services.review.sessions.models import CouncilSession, Sitting
from shared.db.authorities import AuthorityProfile

pytestmark = pytest.mark.unit

D = date.fromisoformat


def profile(kind: str = "commune", **facts: Any) -> AuthorityProfile:
    """An authority with its own holidays and rules."""
    return AuthorityProfile(
        code="taroudant",
        kind=kind,
        zone="Africa/Casablanca",
        business_date=None,
        name={},
        profile=facts,
        sequence=1,
    )


def session(**changes: Any) -> CouncilSession:
    """The ordinary session of February 2024."""
    facts = {"session_kind": "ordinary", "called_by": "president", "opens_on": D("2024-02-06")}
    return CouncilSession(**{**facts, **changes})


def test_taroudants_agenda_and_notice_have_the_known_last_days() -> None:
    steps = rules.steps_before(profile(), session())

    assert steps.agenda is not None
    assert steps.agenda.due_on == D("2024-01-17")
    assert steps.notice is not None
    assert steps.notice.due_on == D("2024-01-27")


def test_a_province_has_seven_days_of_notice() -> None:
    steps = rules.steps_before(profile("province"), session())

    assert steps.notice is not None
    assert steps.notice.due_on == D("2024-01-30")


@pytest.mark.parametrize(
    ("called_by", "agenda", "notice"),
    [
        ("president", True, True),
        # Article 36 exempts nobody; only less than twenty days for the session leave no room.
        ("third", True, True),
        ("absolute-majority", False, True),
        ("governor", False, True),
    ],
)
def test_who_called_the_session_decides_which_terms_bind_it(
    called_by: str, agenda: bool, notice: bool
) -> None:
    steps = rules.steps_before(
        profile(), session(session_kind="extraordinary", called_by=called_by)
    )

    assert (steps.agenda is not None, steps.notice is not None) == (agenda, notice)


def test_the_third_meeting_follows_the_authoritys_own_reading_and_holidays() -> None:
    second = Sitting(held_on=D("2026-02-12"))
    reading = {"then": "stop", "source": "Règlement intérieur", "valid_from": "2022-01-01"}

    assert rules.third_meeting(profile(), second).due_on == D("2026-02-18")
    own = profile(local_rules={"third-meeting": reading})
    assert rules.third_meeting(own, second).due_on == D("2026-02-17")
    off = profile(holidays=["2026-02-16"])
    assert rules.third_meeting(off, second).due_on == D("2026-02-19")


def test_local_rules_of_other_matters_do_not_disturb_sessions() -> None:
    own = profile(local_rules={"completion-answer-due": {"value": 10}})

    assert rules.pack_for(own, D("2024-02-06")).pack == "ma-commune"


def test_a_session_of_the_governor_has_three_days_of_notice() -> None:
    asked = session(session_kind="extraordinary", called_by="governor")

    steps = rules.steps_before(profile(), asked)

    assert steps.notice is not None
    assert (steps.notice.due_on, steps.notice.article) == (D("2024-02-03"), "113-14 art 37")


def test_an_ordinary_session_lasts_fifteen_days_or_its_one_extension() -> None:
    opened = session(opened_on=D("2024-02-06"))

    assert rules.last_day(profile(), opened) == D("2024-02-20")
    assert rules.extension_latest(profile(), opened).due_on == D("2024-02-29")
    extended = session(opened_on=D("2024-02-06"), extended_until=D("2024-02-26"))
    assert rules.last_day(profile(), extended) == D("2024-02-26")


def test_an_extraordinary_session_lasts_seven_working_days() -> None:
    opened = session(session_kind="extraordinary", opened_on=D("2024-02-06"))

    assert rules.last_day(profile(), opened) == D("2024-02-14")
    assert rules.last_day(profile("province"), opened) == D("2024-02-12")


def test_a_session_that_has_not_opened_has_no_last_day() -> None:
    assert rules.last_day(profile(), session()) is None
