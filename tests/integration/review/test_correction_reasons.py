"""Why and by whom an act was corrected is shown beside it to the council, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.documents.facts.acts import last_acts
from services.review.documents.facts.decisions import decision as extract_facts
from services.review.sessions.models import Item, Sitting
from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import Desk
from tests.integration.review.session_support import VOTE, Council

WHY = {"because": "Feuille mal lue."}
NAME = {"ar": "العضو السابع", "latin": "Membre septième"}
SEVENTH = {"who": "member-7"}
LOST = {"votes_for": 10, "votes_against": 15, "abstentions": 2, **WHY}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35, one member with a name, on either database."""
    review: Harness = harness_on("review", database_kind)
    council = Council(review)
    council.done(f"/members/{person('member-7')}/name", NAME)
    return council


def author_of(who: str, role: str, **name: Any) -> dict[str, Any]:
    """An author as the interface shows one."""
    return {"person": person(who), "role": role, "ar": None, "latin": None, **name}


@pytest.fixture
def full_council(harness_on: Any, database_kind: str) -> Council:
    """A council whose place for files takes nothing more."""
    return Council(harness_on("review", database_kind, FILES_QUOTA_MB="0"))


def test_a_correction_without_a_file_is_recorded_where_no_file_has_room(
    full_council: Council,
) -> None:
    _session, item = full_council.opened()
    full_council.done(f"/items/{item}/vote", VOTE)

    full_council.done(f"/items/{item}/vote-rectification", LOST, who="second")

    (decision,) = full_council.review.rows(Decision)
    assert decision.state == "rejected"


def test_a_session_shows_the_author_and_reason_of_each_correction_beside_what_was_corrected(
    council: Council,
) -> None:
    session, item = council.opened()
    council.done(f"/items/{item}/vote", VOTE)
    (sitting,) = council.review.rows(Sitting)
    days = {**WHY, "of": "convene", "day": "2024-01-24"}
    recount = {**WHY, "sitting": str(sitting.id), "present": 28}

    council.done(f"/sessions/{session}/date-rectification", days, who="second")
    council.done(f"/sessions/{session}/count-rectification", recount, **SEVENTH)
    council.done(f"/items/{item}/vote-rectification", LOST, **SEVENTH)

    shown = council.get(f"/sessions/{session}").json["corrections"]
    assert [one["subject"] for one in shown] == [
        f"session/{session}",
        f"sitting/{sitting.id}",
        f"item/{item}",
    ]
    assert {one["because"] for one in shown} == {"Feuille mal lue."}
    named = author_of("member-7", "secretariat", **NAME)
    assert [one["author"] for one in shown] == [author_of("second", "secretariat"), named, named]


def test_the_timeline_tells_the_council_who_corrected_an_act_and_marks_that_act(
    council: Council,
) -> None:
    decision = council.transmitted()
    council.today("2024-02-22")
    right = {**WHY, "governor_receipt_on": "2024-02-22"}
    council.done(f"/decisions/{decision}/receipt-rectification", right, **SEVENTH)

    def acts(role: str) -> Any:
        return council.get(f"/timeline?subject=decision/{decision}", role=role).json["acts"]

    sent, mended = acts("council-member")[-2:]
    assert (sent["is_corrected"], sent["because"], sent["author"]) == (True, None, None)
    assert (mended["is_corrected"], mended["because"]) == (False, "Feuille mal lue.")
    assert mended["author"] == author_of("member-7", "secretariat", **NAME)
    shown = council.get(f"/decisions/{decision}").json["corrections"]
    assert [one["because"] for one in shown] == ["Feuille mal lue."]
    assert "mal lue" not in str(acts("petitioner"))
    assert "author" not in acts("petitioner")[-1]


def test_a_decision_that_follows_its_corrected_vote_has_the_same_reason(council: Council) -> None:
    _, item = council.opened()
    council.done(f"/items/{item}/vote", VOTE)

    council.done(f"/items/{item}/vote-rectification", LOST, **SEVENTH)

    (row,) = council.review.rows(Decision)
    (shown,) = council.get(f"/decisions/{row.id}").json["corrections"]
    assert (shown["trigger"], shown["because"]) == ("turn_to_rejected", "Feuille mal lue.")


def test_an_extract_for_everyone_has_both_counts_but_neither_author_nor_reason(
    council: Council,
) -> None:
    _, item = council.opened()
    council.done(f"/items/{item}/vote", VOTE)
    council.done(f"/items/{item}/vote-rectification", LOST, **SEVENTH)

    with council.review.context.database.read(EVERY_AUTHORITY) as session:
        row = session.query(Decision).one()
        facts = extract_facts(session, row, last_acts(session, row))

    vote = facts.treated.vote
    assert vote is not None
    (before,) = vote.corrected
    assert (before.votes_for, before.by, before.because) == (24, None, None)
    assert [one.votes_for for one in council.review.rows(Item)] == [10]


def test_a_case_shows_why_the_bureaus_decision_was_corrected_to_the_council_alone(
    harness_on: Any, database_kind: str
) -> None:
    desk = Desk(harness_on("review", database_kind))
    case = desk.admitted()
    body = {"to": "refused", "reasons": ["association-no-seat"], "text": "Pas de siège.", **WHY}

    desk.done(f"/cases/{case}/rectification", body, who="chief")

    acts = desk.get(f"/cases/{case}").json["timeline"]
    decided = next(one for one in acts if one["type"] == "case.admitted.v1")
    assert decided["is_corrected"]
    assert (acts[-1]["because"], acts[-1]["author"]["role"]) == ("Feuille mal lue.", "president")
    assert "mal lue" not in desk.anyone("GET", f"/petitions/{desk.case(case).reference}").text
