"""Who is told what bodies and council do: members, secretariat and petitioners, each once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from shared.broker.delivery import Delay
from shared.events import consultations, corrections, decisions, opinions, sessions
from shared.events.council import MandateEnded, MandateStarted
from shared.events.duties import SessionDutyMissed
from shared.testing.harness import TODAY, person
from tests.integration.notifications.told_events import (
    CASE,
    RECTIFIED,
    consultation,
    decision,
    form_body,
    item,
    mandate,
    opinion,
    people,
    session,
)


def test_a_consultation_tells_the_members_of_its_body(desk: Any) -> None:
    form_body(desk, "rapporteur", "second")
    subject = f"consultation/{person('consultation')}"

    desk.hear(consultations.ConsultationRequested(), consultation(), subject=subject)
    desk.hear(consultations.ConsultationLapsed(), consultation(), subject=subject, sequence=2)
    cancelled = consultations.ConsultationCancelled(reason="withdrawn")
    desk.hear(cancelled, consultation(), subject=subject, sequence=3)

    for kind in ("consultation_requested", "consultation_lapsed", "consultation_cancelled"):
        assert desk.told(kind) == people("rapporteur", "second")


def test_a_consultation_of_a_body_not_known_yet_is_tried_again(desk: Any) -> None:
    outcome = desk.harness.deliver(
        consultations.ConsultationRequested(), consultation(), subject=f"consultation/{CASE}"
    )

    assert isinstance(outcome, Delay)
    assert desk.notices == []


def test_an_opinion_tells_the_secretariat_and_the_petitioners_of_its_case(desk: Any) -> None:
    desk.grant("clerk", "secretariat")
    desk.open_case("legal")

    desk.hear(opinions.OpinionSubmitted(receipt="O1"), opinion(), subject=f"opinion/{CASE}")

    assert desk.told("opinion_submitted") == people("clerk", "legal")


def test_an_opinion_on_the_bodys_own_initiative_tells_the_secretariat_alone(desk: Any) -> None:
    desk.grant("clerk", "secretariat")

    desk.hear(opinions.OpinionSubmitted(receipt="O1"), opinion(None), subject=f"opinion/{CASE}")

    assert desk.told("opinion_submitted") == people("clerk")


def test_a_convening_tells_the_members_in_office(desk: Any) -> None:
    for name in ("member-1", "member-2", "gone"):
        subject = f"mandate/{person('mandate' + name)}"
        desk.hear(MandateStarted(), mandate(name), subject=subject)
    desk.hear(
        MandateEnded(reason="resigned"),
        mandate("gone", until_on=date(2023, 10, 1)),
        subject=f"mandate/{person('mandategone')}",
        sequence=2,
    )
    called = sessions.SessionCalled(agenda=[], latest_on=date(2024, 1, 17))
    subject = f"session/{person('session')}"
    desk.hear(called, session(), subject=subject)

    convened = sessions.SessionConvened(agenda=[], agenda_version=1, latest_on=date(2024, 1, 27))
    desk.hear(convened, session(), subject=subject, sequence=2)

    assert desk.told("session_convened") == people("member-1", "member-2")
    assert desk.notices[0].facts["opens_on"] == "2024-02-06"


def test_a_missed_duty_after_a_session_tells_the_secretariat_and_the_president(desk: Any) -> None:
    desk.grant("clerk", "secretariat")
    desk.grant("chief", "president")
    missed = SessionDutyMissed(
        duty="attendance-register", due_on=date(2024, 2, 11), article="113-14, 67"
    )

    desk.hear(missed, session(), subject=f"session/{person('session')}")

    assert desk.told("session_duty_missed") == people("clerk", "chief")
    said = next(one.facts for one in desk.notices if one.notice_kind == "session_duty_missed")
    assert (said["due_on"], said["opens_on"]) == ("2024-02-11", "2024-02-06")


def test_items_and_decisions_tell_the_petitioners_of_their_case(desk: Any) -> None:
    desk.open_case("legal")
    deliberated = sessions.ItemDeliberated(
        sitting=person("sitting"), adopted=True, needed=14, tie_broken=False
    )
    transmitted = decisions.DecisionTransmitted(
        governor_receipt_on=TODAY, visa_needed=False, enforceable_if_unopposed_from=TODAY
    )
    rectified = corrections.DecisionDatesRectified(
        was_transmitted_on=TODAY,
        was_receipt_on=TODAY,
        governor_receipt_on=TODAY,
        enforceable_if_unopposed_from=TODAY,
        reason_sha256="d" * 64,
    )
    answer = corrections.DecisionAnswerRectified(
        answer="opposition",
        was=date(2024, 2, 22),
        now=date(2024, 2, 26),
        stops=False,
        enforceable_if_unopposed_from=date(2024, 2, 24),
        reason_sha256="e" * 64,
    )
    steps = [
        (sessions.ItemScheduled(), item(), "item"),
        (deliberated, item(), "item"),
        (decisions.DecisionAdopted(), decision(), "decision"),
        (transmitted, decision(), "decision"),
        (decisions.DecisionEnforceable(rule="opposition"), decision(), "decision"),
        (rectified, decision(), "decision"),
        (answer, decision(), "decision"),
        (decisions.DecisionRejected(), decision(), "decision"),
    ]
    counts = {"item": 0, "decision": 0}
    for what, after, kind in steps:
        counts[kind] += 1
        desk.hear(what, after, subject=f"{kind}/{person(kind)}", sequence=counts[kind])

    told = [one.notice_kind for one in desk.notices if one.about.split("/")[0] in counts]
    assert sorted(told) == [
        "decision_adopted",
        "decision_answer_rectified",
        "decision_dates_rectified",
        "decision_enforceable",
        "decision_rejected",
        "decision_transmitted",
        "item_deliberated",
        "item_scheduled",
    ]
    assert {one.facts["reference"] for one in desk.notices} == {"taroudant/2023/1"}


def test_who_was_told_of_a_vote_is_told_once_of_its_correction(desk: Any) -> None:
    desk.open_case("legal")
    deliberated = sessions.ItemDeliberated(
        sitting=person("sitting"), adopted=True, needed=14, tie_broken=False
    )
    rectified = corrections.ItemRectified(
        sitting=person("sitting"),
        was_adopted=True,
        was_for=20,
        was_against=7,
        was_abstentions=0,
        adopted=False,
        needed=14,
        tie_broken=False,
        ballot="public",
        reason_sha256="c" * 64,
    )
    turned = corrections.DecisionRectified(was="adopted", now="rejected")
    desk.clear_notices()
    desk.hear(deliberated, item(), subject=f"item/{person('item')}")
    desk.hear(decisions.DecisionAdopted(), decision(), subject=f"decision/{person('decision')}")

    for _ in range(2):
        desk.hear(rectified, item(), subject=f"item/{person('item')}", sequence=2, id=RECTIFIED)
    desk.hear(turned, decision(), subject=f"decision/{person('decision')}", sequence=2)

    told = [one.notice_kind for one in desk.notices]
    assert told == ["item_deliberated", "decision_adopted", "item_rectified"]
    corrected = desk.notices[-1]
    assert (corrected.person_id, corrected.facts["adopted"]) == (UUID(person("legal")), False)


def test_an_item_without_a_case_concerns_no_petitioner(desk: Any) -> None:
    desk.hear(sessions.ItemScheduled(), item(None), subject=f"item/{person('item')}")

    assert desk.notices == []


def test_an_item_of_a_case_not_known_yet_is_tried_again(desk: Any) -> None:
    outcome = desk.harness.deliver(
        sessions.ItemScheduled(), item(), subject=f"item/{person('item')}"
    )

    assert isinstance(outcome, Delay)
