"""Who sees what of a case: the queue by urgency, the case whole, one's own, the public part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from shared.events.texts import PersonInRole
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import DESPITE, Desk

MOST_STATEMENTS = 8


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def statements_of(desk: Desk, path: str) -> int:
    """How many SQL statements one read takes, naming the authority to PostgreSQL included."""
    seen: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = desk.review.context.database.engine
    event.listen(engine, "before_cursor_execute", count)
    assert desk.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)


def test_the_queue_shows_the_most_urgent_case_first_with_its_next_step(desk: Desk) -> None:
    desk.planned("2024-02-06")
    later = desk.filed("later", on=date(2023, 10, 16))
    sooner = desk.filed("sooner", on=date(2023, 9, 1))
    over = desk.filed("over")
    desk.done(f"/cases/{over}/refusal", {"reasons": ["outside-powers"]}, who="chief")
    owed = [row["id"] for row in desk.get("/cases").json["cases"]]
    desk.done(f"/cases/{over}/refusal-notice", {"channel": "handed-over"})

    page = desk.get("/cases").json

    assert owed == [sooner, later, over]
    assert [row["id"] for row in page["cases"]] == [sooner, later]
    assert [row["next_step"]["act"] for row in page["cases"]] == ["decide", "decide"]
    assert page["cases"][0]["next_step"]["safe_on"] == "2023-12-01"
    refused = desk.get("/cases?state=refused").json["cases"]
    assert [row["id"] for row in refused] == [over]


def test_a_queue_takes_the_same_few_statements_for_one_case_and_for_many(desk: Desk) -> None:
    desk.planned()
    desk.referred("first")
    one = statements_of(desk, "/cases")
    for number in range(5):
        desk.filed(f"more-{number}")

    many = statements_of(desk, "/cases")

    assert one == many
    assert many <= MOST_STATEMENTS


def test_the_queue_goes_on_after_a_hundred_cases(desk: Desk) -> None:
    ids = {desk.filed(f"petition-{number}") for number in range(102)}

    first = desk.get("/cases").json
    second = desk.get(f"/cases?cursor={first['next_cursor']}").json

    assert (len(first["cases"]), len(second["cases"])) == (100, 2)
    assert {row["id"] for page in (first, second) for row in page["cases"]} == ids
    assert second["next_cursor"] is None


def test_the_next_step_follows_the_petition_to_its_decision(desk: Desk) -> None:
    case = desk.filed()
    steps = [step_of(desk, case)]
    desk.planned("2024-02-06")
    desk.today("2023-11-20")
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")
    steps.append(step_of(desk, case))
    desk.done(f"/cases/{case}/referral", {"committee": desk.committees["social"]})
    steps.append(step_of(desk, case))
    body = {"case": case, "recommendation": "favourable"}
    desk.done(f"/committees/{desk.committees['social']}/reports", body, who="chair")
    steps.append(step_of(desk, case))

    assert steps == [
        ("decide", "bureau", "2024-01-16", "113-14 art 125"),
        ("refer", "secretariat", "2024-01-17", "113-14 art 125"),
        ("report", "committee-chair", "2024-01-27", "113-14 art 28"),
        ("schedule", "secretariat", "2024-01-17", "113-14 art 38"),
    ]


def step_of(desk: Desk, case: str) -> tuple[str, str, str | None, str | None]:
    """Act, who, legal day and article of a case's next step."""
    step = desk.get(f"/cases/{case}").json["next_step"]
    for language in ("ar", "fr", "en"):
        assert step["explanation"][language]
        assert step["what"][language]
    return step["act"], step["who"], step["due_on"], step["article"]


def test_after_the_vote_the_decision_goes_to_the_governor(desk: Desk) -> None:
    case = desk.referred()
    desk.deliberated(case)
    before_close = step_of(desk, case)
    session = desk.get("/sessions?authority=taroudant").json["sessions"][0]["id"]

    desk.done(f"/sessions/{session}/closing", who="chief")

    assert before_close[:3] == ("classify", "president", None)
    assert step_of(desk, case) == ("classify", "president", "2024-02-27", "113-14 art 118")
    decision = desk.anyone("GET", "/decisions?authority=taroudant").json["decisions"][0]["id"]
    desk.done(f"/decisions/{decision}/classification", {"matter": None}, who="chief")
    assert step_of(desk, case) == ("transmit", "president", "2024-02-27", "113-14 art 116")


def test_a_case_shows_every_act_around_it_in_order(desk: Desk) -> None:
    case = desk.referred()
    desk.asked(case)
    body = {"case": case, "recommendation": "favourable", "text": "Oui."}
    desk.done(f"/committees/{desk.committees['social']}/reports", body, who="chair")
    desk.deliberated(case)

    shown = desk.get(f"/cases/{case}").json

    assert [act["type"].removesuffix(".v1") for act in shown["timeline"]] == [
        "case.opened",
        "case.admitted",
        "case.referred",
        "consultation.requested",
        "committee.reported",
        "item.scheduled",
        "item.deliberated",
        "decision.adopted",
    ]
    assert shown["names"][desk.committees["social"]]["fr"] == "social"
    assert [report["recommendation"] for report in shown["reports"]] == ["favourable"]
    assert [decision["state"] for decision in shown["decisions"]] == ["adopted"]


def test_a_case_says_which_acts_are_possible_and_for_whom(desk: Desk) -> None:
    case = desk.filed()

    acts = {one["act"]: one["roles"] for one in desk.get(f"/cases/{case}").json["acts"]}

    assert acts["admission"] == ["president", "bureau"]
    assert {"refusal", "completion-request", "withdrawal", "consultation"} <= set(acts)
    assert not {"referral", "closing", "reopening", "report"} & set(acts)


def test_petitioners_see_their_own_cases_and_no_others(desk: Desk) -> None:
    own = desk.filed("own")
    people = [PersonInRole(person=person("other"), role="mandatary")]
    foreign = desk.filed("foreign", people=people)

    listed = desk.get("/cases/mine", who="legal").json["cases"]
    mine = desk.get(f"/cases/{own}", who="legal")
    not_mine = desk.get(f"/cases/{foreign}", who="legal")

    assert [row["id"] for row in listed] == [own]
    assert (mine.status_code, not_mine.status_code) == (200, 404)
    assert "reports" not in mine.json


def test_a_petitioner_s_list_says_what_happens_next_and_names_nobody(desk: Desk) -> None:
    desk.filed("own", on=date(2023, 10, 16))

    (row,) = desk.get("/cases/mine", who="legal").json["cases"]

    step = row["next_step"]
    assert (step["act"], step["who"], step["due_on"]) == ("decide", "bureau", "2024-01-16")
    assert "people" not in row


def test_everybody_reads_a_petition_without_its_people(desk: Desk) -> None:
    desk.referred()

    shown = desk.anyone("GET", "/petitions/taroudant/2023/1").json

    assert shown["state"] == "referred"
    assert shown["timeline"][0]["type"] == "case.opened.v1"
    assert "people" not in shown
    assert person("legal") not in str(shown)
    assert not any("actor_id" in act for act in shown["timeline"])


def test_the_acts_of_any_subject_can_be_read_within_the_authority(desk: Desk) -> None:
    case = desk.filed()
    desk.review.know_authority("tiznit")

    own = desk.get(f"/timeline?subject=case/{case}").json["acts"]
    foreign = desk.get(f"/timeline?subject=case/{case}", authority="tiznit").json["acts"]

    assert [act["sequence"] for act in own] == [1]
    assert foreign == []


def test_the_law_answers_everybody_and_names_the_field_it_cannot_answer(desk: Desk) -> None:
    path = "/law/answers"
    question = {"ask": "threshold", "pack": "ma-commune", "population": 80149}

    answer = desk.anyone("POST", path, question)
    refused = desk.anyone("POST", path, {"ask": "due", "pack": "ma-commune"})

    assert (answer.status_code, answer.json["signatures"]) == (200, 200)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "from"
