"""What pages say and offer where a session's notice did not reach a member."""

from __future__ import annotations

import pytest

from tests.integration.portal.agenda_support import (
    CONVENED,
    PAGE,
    SESSION_PAGE,
    show_record,
    show_session,
)
from tests.integration.portal.answers import ID, OTHER
from tests.integration.portal.answers.sessions import FAILED_NOTICE, MEMBERS, SESSION, URGENT
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

RENEWAL = f"{PAGE}/failed-notices/{OTHER}/renewal"
SAID = "Urgent : une convocation à la session du 6 février 2024"


def show_failure(services: FakeServices, *, is_late: bool = False) -> None:
    """Let review tell of one failed notice."""
    urgent = {**URGENT, "is_late": is_late}
    show_session(services, **CONVENED, urgent_notice=urgent)
    show_record(services, failed=[FAILED_NOTICE])
    services.answer("review", "GET", "/failed-notices", {"sessions": [urgent]})


@pytest.mark.parametrize("page", ["/desk/queue", SESSION_PAGE])
def test_an_urgent_notice_stands_on_the_queue_and_on_its_session(
    reader: Reader, services: FakeServices, page: str
) -> None:
    reader.sign_in("secretariat")
    show_failure(services)

    html = reader.get(page).get_data(as_text=True)

    assert SAID in html
    assert f'href="{PAGE}#failed"' in html


def test_the_secretariat_notes_a_failure_and_sends_the_notice_again(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_failure(services)
    base = f"/sessions/{ID}/failed-notices"
    services.answer("review", "POST", base, FAILED_NOTICE, status=201)
    services.answer("review", "POST", f"{base}/{OTHER}/renewal", FAILED_NOTICE)
    noted = {"person": MEMBERS[1], "channel": "bailiff", "reason": "refused"}
    renewed = {"channel": "hand", "proof": "Registre 14"}

    reader.send(
        PAGE,
        f"{PAGE}/failed-notices",
        {f"failed-notices-{name}": value for name, value in noted.items()},
    )
    done = reader.send(
        PAGE, RENEWAL, {f"renewal_{OTHER}-{name}": value for name, value in renewed.items()}
    )

    assert (done.status_code, done.location) == (303, f"{PAGE}?done=1")
    assert [call.body for call in services.acts()] == [noted, renewed]


@pytest.mark.parametrize(
    ("role", "is_late", "is_offered"),
    [("president", False, False), ("president", True, True), ("secretariat", True, False)],
)
def test_only_the_president_is_offered_the_choice_and_only_after_the_last_day(
    reader: Reader, services: FakeServices, role: str, *, is_late: bool, is_offered: bool
) -> None:
    reader.sign_in(role)
    show_failure(services, is_late=is_late)

    html = reader.get(PAGE).get_data(as_text=True)

    assert (f"{PAGE}/notice-choice" in html) is is_offered


def test_the_choice_goes_to_review_with_its_reason(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("president")
    show_failure(services, is_late=True)
    services.answer("review", "POST", f"/sessions/{ID}/notice-choice", SESSION, status=201)
    body = {"choice": "go-on", "reason": "Joint par téléphone"}

    answer = reader.send(
        PAGE,
        f"{PAGE}/notice-choice",
        {f"notice-choice-{name}": value for name, value in body.items()},
    )

    (sent,) = services.acts()
    assert (answer.status_code, sent.body) == (303, body)
