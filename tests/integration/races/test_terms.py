"""A holiday is decreed, a rule changed, a role ended or a paper handed in around a running file."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.review.cases.clock_models import RunningClock
from services.review.cases.models import Case, HandedIn
from shared.broker.delivery import ACK
from shared.events.authorities import (
    AuthorityChanged,
    AuthoritySnapshot,
    MembershipEnded,
    MembershipSnapshot,
)
from shared.events.texts import Texts
from shared.testing.harness import AUTHORITY, TODAY, person
from tests.integration.races.table import race
from tests.integration.review.case_support import DESPITE
from tests.integration.review.opinion_support import VotingDesk

LAST_DAY = date(2024, 1, 16)
OWN = {"source": "règlement intérieur", "valid_from": "2021-10-01"}
TWENTY_DAYS = {"value": 20, "unit": "days", **OWN}


def told(desk: VotingDesk, field: str, *, sequence: int = 1, **changes: Any) -> None:
    """The authority changed its holidays or rules."""
    facts: dict[str, Any] = {
        "code": AUTHORITY,
        "state": "active",
        "kind": "commune",
        "name": Texts(fr="Taroudant", original="fr"),
        "zone": "Africa/Casablanca",
        "languages": ["ar", "fr"],
        "population": 80149,
        "has_arrondissements": False,
        "business_date": TODAY,
        "holidays": [],
        "local_rules": {},
    }
    after = AuthoritySnapshot(**{**facts, **changes})
    what = AuthorityChanged(fields=[field])
    subject = f"authority/{AUTHORITY}"
    assert desk.review.deliver(what, after, subject=subject, sequence=sequence) == ACK


def terms(desk: VotingDesk) -> dict[str, str]:
    """The running clocks: rule and safe day."""
    return {row.rule: row.safe_on.isoformat() for row in desk.review.rows(RunningClock)}


@race("holiday and running term", first="holiday")
def test_a_term_that_begins_after_the_decree_counts_the_holiday_at_once(desk: VotingDesk) -> None:
    told(desk, "holidays", holidays=[LAST_DAY])

    desk.filed()

    assert terms(desk) == {"refusal-notice": "2024-01-15"}
    assert desk.types("case") == ["opened"]


@race("holiday and running term", first="term")
def test_a_running_term_is_computed_anew_and_never_shortened(desk: VotingDesk) -> None:
    case = desk.filed()

    told(desk, "holidays", holidays=[LAST_DAY])

    row = desk.case(case)
    assert (row.refusal_due_on, row.refusal_safe_on) == (LAST_DAY, date(2024, 1, 15))
    (moved,) = desk.review.emitted("case.deadline_moved.v1")
    assert (moved.data.what["due_on"], moved.data.what["was_due_on"]) == ("2024-01-16",) * 2


@race("changed local rule and running term", first="rule")
def test_a_case_opened_after_the_rule_runs_under_it(desk: VotingDesk) -> None:
    told(desk, "local_rules", local_rules={"bureau-meets-within": TWENTY_DAYS})

    desk.filed()

    assert terms(desk)["bureau-meets-within"] == "2023-11-05"


@race("changed local rule and running term", first="term")
def test_a_case_opened_before_the_rule_keeps_its_own(desk: VotingDesk) -> None:
    desk.filed()

    told(desk, "local_rules", local_rules={"bureau-meets-within": TWENTY_DAYS})

    assert set(terms(desk)) == {"refusal-notice"}
    assert desk.types("case") == ["opened"]


def role_ended(desk: VotingDesk) -> None:
    """The vice-president's role of the bureau ends today; review hears of it."""
    after = MembershipSnapshot(
        state="ended",
        person=person("vice"),
        role="bureau",
        scope=None,
        from_on=date(2021, 9, 20),
        until_on=TODAY,
    )
    what = MembershipEnded(reason="resigned")
    assert desk.review.deliver(what, after, subject=f"membership/{person('vice')}") == ACK


@race("end of a role and act", first="end")
def test_a_token_that_is_still_valid_carries_its_act_and_one_that_ran_out_does_not(
    desk: VotingDesk,
) -> None:
    case = desk.filed()
    role_ended(desk)
    old = desk.review.mint.token("bureau", person=person("vice"), authority=AUTHORITY, seconds=-1)
    expired = {"Authorization": f"Bearer {old}"}

    refused = desk.post(f"/cases/{case}/admission", DESPITE, who="vice", headers=expired)
    was = desk.case(case).state
    done = desk.post(f"/cases/{case}/admission", DESPITE, who="vice")

    assert (refused.status_code, was) == (401, "open")
    assert (done.status_code, desk.case(case).state) == (200, "admitted")


@race("end of a role and act", first="act")
def test_an_act_stands_when_the_role_of_who_did_it_ends(desk: VotingDesk) -> None:
    case = desk.filed()
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")

    role_ended(desk)

    assert desk.case(case).state == "admitted"
    assert desk.types("case") == ["opened", "admitted"]


@race("hand-in and opening of the case", first="opening")
def test_what_comes_in_once_the_case_is_open_is_on_it_at_once(desk: VotingDesk) -> None:
    case = desk.filed()

    desk.documents_added()

    (row,) = desk.review.rows(HandedIn)
    assert (str(row.case_id), row.receipt) == (case, "D")


@race("hand-in and opening of the case", first="hand-in")
def test_what_comes_in_before_the_case_is_open_waits_for_it(desk: VotingDesk) -> None:
    desk.sequences["petition"] = 1
    desk.documents_added()
    waiting = (len(desk.review.rows(Case)), len(desk.review.rows(HandedIn)))

    desk.sequences["petition"] = 0
    case = desk.filed()

    assert waiting == (0, 0)
    (row,) = desk.review.rows(HandedIn)
    assert (str(row.case_id), row.receipt) == (case, "D")
