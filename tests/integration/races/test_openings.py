"""Acts and papers that arrive while a petition is filed and its case is still to be opened."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from werkzeug.wrappers import Response

from services.review.cases.models import Case, HandedIn
from shared.ids import new_id
from shared.testing.harness import Harness, person
from tests.integration.intake.test_filing import DRAFT
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.review.case_support import DESPITE
from tests.integration.review.opinion_support import VotingDesk

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def intake(harness_on: Any, database_kind: str, desk: VotingDesk) -> Harness:
    """intake, which review can ask and which takes the same tokens."""
    harness: Harness = harness_on("intake", database_kind)
    harness.mint, harness.context.tokens = desk.review.mint, desk.review.context.tokens
    desk.review.context.clients.attach("intake", harness.app)
    return harness


def drafted(intake: Harness) -> str:
    """The id of a draft of somebody."""
    return str(intake.request("POST", "/petitions", DRAFT, role="petitioner").json["id"])


def filed(intake: Harness) -> str:
    """The id of a filed petition of which review has heard nothing yet."""
    petition = drafted(intake)
    done = intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    assert done.status_code == 200, done.text
    return petition


def handed_in(intake: Harness, petition: str) -> Any:
    """The petitioner hands in a paper."""
    form = {"kind": "powers", "file": (BytesIO(PDF), "powers.pdf")}
    return intake.request("POST", f"/petitions/{petition}/documents", role="petitioner", data=form)


def admitted(desk: VotingDesk, case: str, **options: Any) -> Any:
    """The bureau accepts a petition."""
    return desk.post(f"/cases/{case}/admission", DESPITE, who="vice", **options)


@race("act and opening of the case", first="act")
def test_an_act_before_the_case_is_open_is_to_be_sent_again_and_a_paper_waits_for_it(
    desk: VotingDesk, intake: Harness, pass_on: PassOn
) -> None:
    petition = filed(intake)
    key = {"Idempotency-Key": str(new_id())}

    early = admitted(desk, petition, headers={**key, "Accept-Language": "en"})
    paper = handed_in(intake, petition)
    before = (desk.review.rows(Case), desk.review.rows(HandedIn), desk.types("case"))
    pass_on(intake, desk.review)
    again = admitted(desk, petition, headers=key)

    assert (early.status_code, early.json["code"]) == (409, "not-yet")
    assert int(early.headers["Retry-After"]) > 0
    assert "Send it again in a moment" in early.json["remedy"]
    assert (paper.status_code, before) == (200, ([], [], []))
    assert (again.status_code, desk.case(petition).state) == (200, "admitted")
    assert [str(row.case_id) for row in desk.review.rows(HandedIn)] == [petition]


@race("act and opening of the case", first="opening")
def test_once_the_case_is_open_an_act_takes_effect_and_a_paper_is_on_it(
    desk: VotingDesk, intake: Harness, pass_on: PassOn
) -> None:
    petition = filed(intake)
    pass_on(intake, desk.review)

    done = admitted(desk, petition)
    handed_in(intake, petition)
    pass_on(intake, desk.review)

    assert (done.status_code, desk.types("case")) == (200, ["opened", "admitted"])
    assert [str(row.case_id) for row in desk.review.rows(HandedIn)] == [petition]


def test_every_act_on_a_case_that_is_not_open_yet_is_early(
    desk: VotingDesk, intake: Harness
) -> None:
    petition = filed(intake)
    choice = {"choice": "next-session", "reason": "Trop tard pour cette session."}

    answers = {
        "completion": desk.post(f"/cases/{petition}/completion", {}),
        "referral": desk.post(f"/cases/{petition}/referral", {"committee": person("social")}),
        "session-choice": desk.post(f"/cases/{petition}/session-choice", choice, who="chief"),
    }

    told = {act: (one.status_code, one.json.get("code")) for act, one in answers.items()}
    assert told == dict.fromkeys(answers, (409, "not-yet"))


def test_an_act_on_a_draft_or_on_an_unknown_petition_finds_nothing(
    desk: VotingDesk, intake: Harness
) -> None:
    answers = [admitted(desk, drafted(intake)), admitted(desk, str(new_id()))]

    assert [one.status_code for one in answers] == [404, 404]


def test_while_intake_cannot_say_whether_it_was_filed_the_act_is_to_be_sent_again(
    desk: VotingDesk,
) -> None:
    desk.review.context.clients.attach("intake", Response(status=503))

    answer = admitted(desk, str(new_id()))

    assert (answer.status_code, answer.json["code"]) == (503, "service-unavailable")
    assert "Retry-After" in answer.headers
