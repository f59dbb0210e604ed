"""The next legal step of a case in each of its states, with its day, article and words."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.review.cases.models import Case
from services.review.cases.next_step import DECISION_STEPS, WHO, NextStep, Rules, next_step
from services.review.cases.progress import Progress
from services.review.cases.step_words import WHAT, WHY, texts
from services.review.control.workflow import DecisionState
from shared.law.holidays import NATIONAL
from shared.law.local_rules import fill
from shared.law.packs import load_version

pytestmark = pytest.mark.unit

D = date.fromisoformat
FEBRUARY = D("2024-02-06")
PACK = load_version("ma-commune@2015-07-23")


def step(
    state: str, *, today: str = "2023-11-20", on: date | None = FEBRUARY, **around: Any
) -> NextStep | None:
    """The next step of a case filed on 16 October 2023, with what stands around it."""
    due_on, referred_on = around.pop("completion_due_on", None), around.pop("referred_on", None)
    case = SimpleNamespace(
        state=state,
        filed_on=D("2023-10-16"),
        completion_due_on=due_on,
        committee="social",
        referrals=[],
        referred_on=D(referred_on) if referred_on else None,
        refusal_notified_on=around.pop("notified_on", FEBRUARY),
        is_clash=around.pop("is_clash", False),
        session_on=on,
    )
    rules = Rules(pack=around.pop("pack", PACK), calendar=NATIONAL, today=D(today))
    return next_step(cast(Case, case), Progress(**around), rules, session_on=on)


def told(found: NextStep | None) -> tuple[str, str, str | None, str | None]:
    """Act, who, legal day and article."""
    assert found is not None
    day = found.due_on.isoformat() if found.due_on else None
    return found.act, found.who, day, found.article


def held(state: str, closed_on: str | None = None) -> Any:
    """A session of 6 February 2024."""
    return SimpleNamespace(
        state=state, opens_on=FEBRUARY, closed_on=D(closed_on) if closed_on else None
    )


def decided(state: str, *, received: str | None = None, visa: bool | None = False) -> Any:
    """The council's decision."""
    return SimpleNamespace(
        state=state,
        governor_receipt_on=D(received) if received else None,
        visa_needed=visa,
    )


REPORTS = cast(Any, [SimpleNamespace(committee_id="social")])
ITEM = cast(Any, SimpleNamespace(state="scheduled"))
OBJECTED = cast(Any, SimpleNamespace(state="under_objection"))
FILE: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"state": "open"}, ("decide", "bureau", "2024-01-16", "113-14 art 125")),
    (
        {"state": "incomplete", "completion_due_on": D("2023-11-20")},
        ("complete", "petitioner", "2023-11-20", "113-14 art 125"),
    ),
    (
        {"state": "incomplete", "completion_due_on": D("2023-11-19")},
        ("decide", "bureau", "2024-01-16", "113-14 art 125"),
    ),
    ({"state": "admitted"}, ("refer", "secretariat", "2024-01-17", "113-14 art 125")),
    ({"state": "admitted", "on": None}, ("refer", "secretariat", None, "113-14 art 125")),
    (
        {"state": "admitted", "is_clash": True},
        ("choose-session", "president", "2024-02-06", "113-14 art 38"),
    ),
    (
        {"state": "referred", "is_clash": True},
        ("choose-session", "president", "2024-02-06", "113-14 art 38"),
    ),
    (
        {"state": "admitted", "is_clash": True, "is_session_chosen": True},
        ("refer", "secretariat", "2024-01-17", "113-14 art 125"),
    ),
    ({"state": "referred"}, ("report", "committee-chair", "2024-01-27", "113-14 art 28")),
    (
        {"state": "referred", "reports": REPORTS},
        ("schedule", "secretariat", "2024-01-17", "113-14 art 38"),
    ),
    (
        {"state": "referred", "reports": REPORTS, "on": None},
        ("plan-session", "secretariat", None, "113-14 art 38"),
    ),
]
COUNCIL: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"session": held("planned")}, ("call", "president", "2024-01-17", "113-14 art 38")),
    ({"session": held("called")}, ("report", "committee-chair", "2024-01-27", "113-14 art 28")),
    (
        {"session": held("called"), "reports": REPORTS},
        ("convene", "president", "2024-01-27", "113-14 art 35"),
    ),
    ({"session": held("convened")}, ("open", "council", "2024-02-06", "113-14 art 42")),
    ({"session": held("opened")}, ("deliberate", "council", "2024-02-06", "113-14 art 42")),
    (
        {"session": held("closed", "2024-02-06"), "decision": decided("adopted")},
        ("transmit", "president", "2024-02-27", "113-14 art 116"),
    ),
    (
        {"session": held("closed", "2024-02-06"), "decision": decided("adopted", visa=None)},
        ("classify", "president", "2024-02-27", "113-14 art 118"),
    ),
    (
        {"session": held("opened"), "decision": decided("adopted")},
        ("transmit", "president", None, "113-14 art 116"),
    ),
    (
        {"decision": decided("transmitted", received="2024-02-20")},
        ("wait", "governor", "2024-02-24", "113-14 art 117"),
    ),
    (
        {"decision": decided("transmitted", received="2024-02-20", visa=True)},
        ("wait", "governor", "2024-03-12", "113-14 art 118"),
    ),
    ({"decision": decided("opposed")}, ("deliberate-again", "council", None, "113-14 art 117")),
    ({"decision": decided("enforceable")}, ("close", "secretariat", None, None)),
    (
        {"decision": decided("enforceable"), "action_due_on": D("2024-04-01")},
        ("carry-out", "president", "2024-04-01", "113-14 art 106"),
    ),
    (
        {"item": OBJECTED, "session": held("called")},
        ("settle-objection", "governor", "2024-02-06", "113-14 art 41"),
    ),
    ({"decision": decided("rejected")}, ("close", "secretariat", None, None)),
]


@pytest.mark.parametrize(("given", "wanted"), FILE)
def test_the_file_goes_from_the_bureau_to_the_committee_and_the_agenda(
    given: dict[str, Any], wanted: tuple[Any, ...]
) -> None:
    assert told(step(**given)) == wanted


@pytest.mark.parametrize(("given", "wanted"), COUNCIL)
def test_before_the_council_the_sessions_and_the_governors_days_count(
    given: dict[str, Any], wanted: tuple[Any, ...]
) -> None:
    assert told(step("referred", **{"item": ITEM, **given})) == wanted


@pytest.mark.parametrize("state", ["refused", "withdrawn", "reclassified"])
def test_what_ended_is_closed_next(state: str) -> None:
    assert told(step(state)) == ("close", "secretariat", None, None)


def test_a_closed_case_has_no_next_step() -> None:
    assert step("closed") is None


def test_a_legal_day_that_is_no_working_day_has_an_earlier_day_to_act_by() -> None:
    case = SimpleNamespace(state="open", filed_on=D("2023-10-14"), completion_due_on=None)
    rules = Rules(pack=PACK, calendar=NATIONAL, today=D("2023-11-20"))

    found = next_step(cast(Case, case), Progress(), rules, session_on=None)

    assert found is not None
    # 14 January 2024 is a Sunday.
    assert (found.due_on, found.safe_on) == (D("2024-01-14"), D("2024-01-12"))
    assert found.missed is not None


def test_a_refusal_is_notified_within_the_term_of_the_law_before_its_case_closes() -> None:
    found = told(step("refused", notified_on=None))

    assert found == ("notify-refusal", "secretariat", "2024-01-16", "113-14 art 125")


def test_every_step_has_words_and_somebody_to_take_it() -> None:
    assert set(WHAT) == set(WHO)
    for sentence in [*WHAT.values(), *(why for why, _ in WHY.values())]:
        said = texts(sentence)
        assert all(said.values())
        assert said["en"] == sentence


def test_every_state_of_a_decision_after_the_vote_leads_somewhere() -> None:
    after_the_vote = {state.value for state in DecisionState} - {"drafted"}

    assert set(DECISION_STEPS) == after_the_vote


OWN = {"value": 30, "unit": "days", "source": "RI 20", "valid_from": "2022-01-01"}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"referred_on": "2023-11-20"}, ("2023-12-20", "RI 20")),
        ({"referred_on": "2023-11-20", "on": None}, ("2023-12-20", "RI 20")),
        ({"referred_on": "2024-01-10"}, ("2024-01-27", "113-14 art 28")),
        ({}, ("2024-01-27", "113-14 art 28")),
        (
            {"referred_on": "2023-11-20", "session": held("called"), "item": ITEM},
            ("2023-12-20", "RI 20"),
        ),
    ],
)
def test_the_authoritys_own_rule_gives_the_committee_its_day_before_the_documents_go_out(
    given: dict[str, Any], wanted: tuple[str, str]
) -> None:
    pack = fill(PACK, {"committee-report-due": OWN})

    found = told(step("referred", pack=pack, **given))

    assert found[0] == "report"
    assert found[2:] == wanted
