"""Who is in office, in the room or recused changes around a count that the council acts on."""

from __future__ import annotations

import threading
from typing import Any

from services.review.control.models import Decision
from services.review.council.models import Mandate
from services.review.sessions.models import Item, Sitting
from shared.testing.harness import person
from tests.integration.notifications.conftest import Desk as Mailing
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.review.session_support import OPENS_ON, Council

THREE = {"votes_for": 3, "votes_against": 0, "abstentions": 0}
TWO = {"votes_for": 2, "votes_against": 0, "abstentions": 0}


def on_the_day(council: Council) -> tuple[str, str]:
    """A convened session on its opening day, and its one item."""
    session, item = council.convened()
    council.today(OPENS_ON)
    return session, item


def sat(council: Council, session: str, present: int) -> Any:
    """Count the members at the opening."""
    return council.done(f"/sessions/{session}/sittings", {"call": 1, "present": present})


def mark(council: Council, sitting: str, number: int, how: str) -> None:
    """Enter how one member is."""
    body = {"person": person(f"member-{number}"), "mark": how}
    council.done(f"/sittings/{sitting}/marks", body)


def left_office(council: Council, on: str) -> None:
    """The last member's office ends on a day that may lie behind."""
    mandate = next(
        one for one in council.review.rows(Mandate) if str(one.person_id) == person("member-4")
    )
    body = {"reason": "resigned", "acted_on": on, "late_reason": "Lettre reçue plus tard."}
    council.done(f"/mandates/{mandate.id}/ending", body)


@race("earlier end of a mandate and count", first="end")
def test_a_member_who_left_office_before_is_in_no_count(council: Council) -> None:
    session, item = on_the_day(council)
    left_office(council, "2024-02-05")

    sitting = sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)

    assert (sitting["in_office"], sitting["needed"]) == (4, 3)
    (voted,) = council.review.rows(Item)
    assert voted.calculations[0]["in_office"] == 4


@race("earlier end of a mandate and count", first="count")
def test_a_count_stands_when_a_mandate_is_found_to_have_ended_before(council: Council) -> None:
    session, item = on_the_day(council)
    sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)

    left_office(council, "2024-02-05")

    (sitting,) = council.review.rows(Sitting)
    assert (sitting.in_office, sitting.state) == (5, "quorum_met")
    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]
    assert council.types()[-2:] == ["mandate.ended.v1", "sitting.count_questioned.v1"]


FINDING = {"in_office": 5, "in_office_now": 4, "article": "113-14, 42"}
RIGHT = {"present": 3, "because": "Le mandat avait pris fin le 5 février."}


def found(council: Council, session: str) -> list[Any]:
    """The finding on the page of the session's sitting, and on that of its decision."""
    (sitting,) = council.get(f"/sessions/{session}").json["sittings"]
    (decision,) = council.review.rows(Decision)
    return [sitting["finding"], council.get(f"/decisions/{decision.id}").json["finding"]]


@race("count and its finding", first="count")
def test_a_finding_stays_until_a_second_person_corrects_the_count(council: Council) -> None:
    session, item = on_the_day(council)
    sitting = sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)
    left_office(council, "2024-02-05")
    before = found(council, session)
    path, body = f"/sessions/{session}/count-rectification", {**RIGHT, "sitting": sitting["id"]}

    alone = council.post(path, body)
    council.done(path, body, who="second")

    assert before == [FINDING, FINDING]
    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert found(council, session) == [None, None]
    (row,) = council.review.rows(Sitting)
    assert (row.in_office, row.state) == (4, "quorum_met")


def test_in_a_region_the_finding_cites_the_law_on_regions(council: Council) -> None:
    session, item = on_the_day(council)
    sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)
    left_office(council, "2024-02-05")

    council.today(OPENS_ON, kind="region")

    assert [one["article"] for one in found(council, session)] == ["111-14, 45"] * 2


def test_president_and_secretariat_are_told_once_of_a_count_in_question(
    council: Council, harness_on: Any, database_kind: str, pass_on: PassOn
) -> None:
    mailing = Mailing(harness_on("notifications", database_kind), FakeIdentity())
    mailing.grant("clerk", "secretariat")
    mailing.grant("chief", "president")
    mailing.grant("plain", "council-member")
    session, _ = on_the_day(council)
    sat(council, session, 3)

    left_office(council, "2024-02-05")
    pass_on(council.review, mailing.harness)

    assert mailing.told("sitting_count_questioned") == sorted([person("clerk"), person("chief")])
    (facts, _again) = [
        one.facts for one in mailing.notices if one.notice_kind == "sitting_count_questioned"
    ]
    said = {name: facts[name] for name in ("held_on", "in_office", "in_office_now")}
    assert said == {"held_on": OPENS_ON, "in_office": 5, "in_office_now": 4}
    assert facts["opens_on"] == OPENS_ON


@race("count and its finding", first="finding")
def test_a_count_by_mandates_that_ended_before_leaves_no_finding(council: Council) -> None:
    session, item = on_the_day(council)
    left_office(council, "2024-02-05")

    sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)

    assert found(council, session) == [None, None]
    assert "sitting.count_questioned.v1" not in council.types()


def test_a_mandate_that_ends_on_the_day_of_a_count_or_after_it_questions_nothing(
    council: Council,
) -> None:
    session, item = on_the_day(council)
    sat(council, session, 3)
    council.done(f"/items/{item}/vote", THREE)

    left_office(council, OPENS_ON)

    assert found(council, session) == [None, None]
    assert council.types()[-1] == "mandate.ended.v1"


def rolled(council: Council, session: str, *present: int) -> str:
    """The roll of the opening, with some members marked present."""
    sitting = str(council.done(f"/sessions/{session}/roll")["id"])
    for number in present:
        mark(council, sitting, number, "present")
    return sitting


@race("departure and opening", first="departure")
def test_who_left_before_the_opening_is_missing_from_its_quorum(council: Council) -> None:
    session, _ = on_the_day(council)
    sitting = rolled(council, session, 0, 1, 2)
    mark(council, sitting, 2, "unexcused")

    declared = council.done(f"/sessions/{session}/declaration")

    assert (declared["state"], declared["present"]) == ("quorum_failed", 2)
    assert council.types()[-1] == "sitting.quorum_failed.v1"


@race("departure and opening", first="opening")
def test_who_leaves_after_the_opening_leaves_its_quorum_standing(council: Council) -> None:
    session, item = on_the_day(council)
    sitting = rolled(council, session, 0, 1, 2)
    council.done(f"/sessions/{session}/declaration")
    mark(council, sitting, 2, "left")

    too_many = council.post(f"/items/{item}/vote", THREE)
    council.done(f"/items/{item}/vote", TWO)

    assert (too_many.status_code, too_many.json["article"]) == (409, "113-14, 43")
    (kept,) = council.review.rows(Sitting)
    assert (kept.state, kept.present) == ("quorum_met", 3)
    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]


def recused(council: Council, item: str) -> None:
    """One member takes no part in an item."""
    council.done(f"/items/{item}/recusals", {"person": person("member-4")})


@race("recusal and opening", first="recusal")
def test_who_is_recused_before_the_opening_still_counts_for_its_quorum(council: Council) -> None:
    session, item = on_the_day(council)
    recused(council, item)

    sitting = sat(council, session, 3)
    council.done(f"/items/{item}/vote", TWO)

    assert (sitting["state"], sitting["in_office"], sitting["present"]) == ("quorum_met", 5, 3)
    (told,) = council.review.emitted("item.deliberated.v1")
    assert told.data.what["recused"] == 1


@race("recusal and opening", first="opening")
def test_a_recusal_after_the_opening_changes_the_items_members_and_not_the_quorum(
    council: Council,
) -> None:
    session, item = on_the_day(council)
    sat(council, session, 3)
    recused(council, item)

    too_many = council.post(f"/items/{item}/vote", THREE)
    council.done(f"/items/{item}/vote", TWO)

    assert too_many.status_code == 409
    (kept,) = council.review.rows(Sitting)
    assert (kept.in_office, kept.present, kept.state) == (5, 3, "quorum_met")


@race("two secretaries record a vote", first="first secretary")
def test_the_second_secretary_is_told_that_the_vote_is_recorded(council: Council) -> None:
    session, item = on_the_day(council)
    sat(council, session, 5)
    council.done(f"/items/{item}/vote", THREE, who="first")

    second = council.post(f"/items/{item}/vote", TWO, who="second")

    assert (second.status_code, second.json["code"]) == (409, "illegal-step")
    assert [row.votes_for for row in council.review.rows(Item)] == [3]
    assert len(council.review.rows(Decision)) == 1


@race("two secretaries record a vote", first="second secretary")
def test_whichever_of_two_secretaries_at_once_comes_first_records_the_vote_alone(
    council: Council,
) -> None:
    session, item = on_the_day(council)
    sat(council, session, 5)
    statuses: list[int] = []

    def record(who: str) -> None:
        statuses.append(council.post(f"/items/{item}/vote", THREE, who=who).status_code)

    both = [threading.Thread(target=record, args=(who,)) for who in ("second", "first")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(statuses) == [200, 409]
    assert len(council.review.emitted("decision.adopted.v1")) == 1
