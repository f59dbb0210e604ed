"""A decision is classified by a person, its visa answered in words or by silence, or it returns."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.control.timers import make_decisions_enforceable
from services.review.kept_texts import hash_of
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import VOTE, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def row(council: Council, number: int = 0) -> Decision:
    """A decision, in order of making."""
    return sorted(council.review.rows(Decision), key=lambda one: one.id)[number]


def test_a_classification_says_matter_and_article_and_who_said_it(council: Council) -> None:
    council.classified("public-utilities")

    what = council.review.emitted("decision.classified.v1")[0].data.what
    assert what == {
        "visa_needed": True,
        "matter": "public-utilities",
        "article": "113-14 art 118",
        "reason_sha256": None,
    }
    assert row(council).classified_by == council.review.emitted()[-1].actorid


def test_without_a_matter_the_article_is_that_of_the_opposition(council: Council) -> None:
    council.classified()

    what = council.review.emitted("decision.classified.v1")[0].data.what
    assert what == {
        "visa_needed": False,
        "matter": None,
        "article": "113-14 art 117",
        "reason_sha256": None,
    }


@pytest.mark.parametrize(("body", "field"), [({"matter": "moon"}, "matter"), ({}, "matter")])
def test_an_unknown_matter_is_refused_by_its_field(
    council: Council, body: dict[str, Any], field: str
) -> None:
    decision = council.adopted()

    answer = council.post(f"/decisions/{decision}/classification", body)

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert row(council).visa_needed is None


def test_a_classification_is_turned_round_by_a_second_person_only(council: Council) -> None:
    decision = council.classified()
    path = f"/decisions/{decision}/classification"

    why = {"because": "Le budget annexe avait été oublié."}
    bare = council.post(path, {"matter": "budget"}, who="another")
    alone = council.post(path, {"matter": "budget", **why})
    council.done(path, {"matter": "budget", **why}, who="another")

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 118")
    first, second = council.review.emitted("decision.classified.v1")
    assert (first.data.corrects, second.data.corrects) == (None, first.id)
    assert row(council).visa_needed is True
    assert (bare.status_code, bare.json["errors"][0]["field"]) == (422, "because")
    (told,) = council.get(f"/decisions/{decision}").json["corrections"]
    assert told["because"] == why["because"]
    assert second.data.what["reason_sha256"] == hash_of(why["because"])


def test_a_visa_in_words_makes_the_decision_enforceable_on_its_day(council: Council) -> None:
    decision = council.transmitted(matter="budget")
    council.today("2024-03-01")

    council.done(f"/decisions/{decision}/visa", {"granted": True, "received_on": "2024-03-01"})
    council.today("2024-03-12")
    make_decisions_enforceable(council.review.context)

    assert (row(council).state, str(row(council).enforceable_from)) == (
        "enforceable",
        "2024-03-01",
    )
    assert council.types()[-2:] == ["decision.visa_granted.v1", "decision.enforceable.v1"]
    assert council.review.emitted("decision.enforceable.v1")[0].data.what == {
        "rule": "visa-granted"
    }


def test_a_refused_visa_holds_the_decision_back(council: Council) -> None:
    decision = council.transmitted(matter="budget")
    council.today("2024-03-01")

    council.done(f"/decisions/{decision}/visa", {"granted": False, "received_on": "2024-03-01"})
    council.today("2024-03-12")
    make_decisions_enforceable(council.review.context)

    assert row(council).state == "visa_refused"
    assert council.review.emitted("decision.enforceable.v1") == []


def test_an_answer_on_a_visa_that_is_not_needed_or_too_late_is_refused(council: Council) -> None:
    decision = council.transmitted()
    path = f"/decisions/{decision}/visa"

    needless = council.post(path, {"granted": True, "received_on": "2024-02-20"})
    early = council.post(path, {"granted": True, "received_on": "2024-02-21"})

    assert (needless.status_code, needless.json["article"]) == (409, "113-14, 118")
    assert (early.status_code, early.json["errors"][0]["field"]) == (422, "received_on")


@pytest.mark.parametrize("is_recorded_first", [True, False])
def test_a_refusal_of_the_visa_counts_by_its_receipt_before_and_after_silence(
    council: Council, is_recorded_first: bool
) -> None:
    decision = council.transmitted(matter="finance")
    said = {"granted": False, "received_on": "2024-03-11", "late_reason": "The post was slow."}
    if is_recorded_first:
        council.today("2024-03-11")
        council.done(f"/decisions/{decision}/visa", said)
    council.today("2024-03-12")
    make_decisions_enforceable(council.review.context)
    if not is_recorded_first:
        council.done(f"/decisions/{decision}/visa", said)

    wanted = "visa_refused" if is_recorded_first else "enforceability_suspended"
    assert row(council).state == wanted
    suspended = council.review.emitted("decision.enforceability_suspended.v1")
    assert len(suspended) == (0 if is_recorded_first else 1)


def test_a_refusal_received_after_the_term_changes_nothing(council: Council) -> None:
    decision = council.transmitted(matter="finance")
    council.today("2024-03-12")
    make_decisions_enforceable(council.review.context)

    answer = council.post(
        f"/decisions/{decision}/visa", {"granted": False, "received_on": "2024-03-12"}
    )

    assert answer.status_code == 409
    assert row(council).state == "enforceable"


def opposed(council: Council) -> str:
    """A decision that the governor opposed in time."""
    decision = council.transmitted()
    council.today("2024-02-22")
    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-22"})
    return decision


def later_session(council: Council) -> str:
    """The id of the planned session of May."""
    council.today("2024-03-01")
    return council.planned(opens_on="2024-05-07")


def test_what_the_governor_stopped_is_voted_again_and_replaced(council: Council) -> None:
    decision = opposed(council)
    session = later_session(council)

    item = council.done(f"/decisions/{decision}/new-deliberation", {"session": session})["id"]
    council.done(f"/sessions/{session}/call")
    council.today("2024-04-20")
    council.done(f"/sessions/{session}/convening")
    council.today("2024-05-07")
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    council.done(f"/items/{item}/vote", VOTE)

    old, new = row(council), row(council, 1)
    assert (old.state, new.state) == ("redeliberated", "adopted")
    told = council.review.emitted("decision.redeliberated.v1")[0].data.what
    assert told == {"decision": str(new.id), "maintained": True}


def test_a_decision_that_nobody_stopped_or_that_returned_already_does_not_return(
    council: Council,
) -> None:
    decision = opposed(council)
    session = later_session(council)
    path = f"/decisions/{decision}/new-deliberation"
    council.done(path, {"session": session})

    again = council.post(path, {"session": session})

    assert (again.status_code, again.json["article"]) == (409, "113-14, 117")
    assert len(council.review.emitted("item.scheduled.v1")) == 2


def test_a_decision_in_its_term_is_not_put_on_an_agenda_again(council: Council) -> None:
    decision = council.transmitted()
    session = later_session(council)

    answer = council.post(f"/decisions/{decision}/new-deliberation", {"session": session})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 117")


def test_the_page_of_a_decision_offers_the_matters_of_the_law(council: Council) -> None:
    decision = council.adopted()

    shown = council.get(f"/decisions/{decision}").json

    assert "classify" in shown["allowed"]
    assert {"budget", "public-utilities"} <= {one["id"] for one in shown["visa_matters"]}
    assert set(shown["visa_matters"][0]["name"]) == {"ar", "fr", "en"}
    assert person("nobody") not in str(shown)
