"""Who is told what: each event intends one notice for each person concerned, once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared.broker.delivery import ACK, Delay
from shared.events import cases, consultations, corrections, opinions, sessions
from shared.events.authorities import MembershipEnded, MembershipSnapshot
from shared.events.council import MandateEnded, MandateSnapshot, MandateStarted
from shared.events.envelope import encode
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import TODAY, event_envelope, person

CASE = person("petition")
SUBJECT = Texts(fr="Un centre", original="fr")
RECTIFIED = person("rectified")


def people(*names: str) -> list[str]:
    """Their ids, sorted as ``told`` gives them."""
    return sorted(person(name) for name in names)


def form_body(desk: Any, *names: str) -> None:
    """Let a body with these members be set up."""
    after = opinions.BodySnapshot(
        state="active",
        code="iecag",
        name=SUBJECT,
        seats=15,
        members=[PersonInRole(person=person(name), role="member") for name in names],
    )
    desk.hear(opinions.BodyFormed(), after, subject=f"body/{person('body')}")


def consultation() -> consultations.ConsultationSnapshot:
    """An opinion asked of the body."""
    return consultations.ConsultationSnapshot(
        state="requested",
        case=CASE,
        reference="taroudant/2023/1",
        body=person("body"),
        subject=SUBJECT,
        is_mandatory=False,
        due_on=date(2024, 1, 5),
        opinion=None,
    )


def opinion(case: str | None = CASE) -> opinions.OpinionSnapshot:
    """An opinion that was submitted."""
    return opinions.OpinionSnapshot(
        state="submitted",
        body=person("body"),
        origin="requested",
        consultation=None,
        case=case,
        session=None,
        subject=SUBJECT,
        started_on=TODAY,
        adopted_on=TODAY,
        submitted_on=TODAY,
        text_sha256=None,
    )


def item(case: str | None = CASE) -> sessions.ItemSnapshot:
    """A point of the agenda."""
    return sessions.ItemSnapshot(
        state="scheduled",
        session=person("session"),
        case=case,
        subject=SUBJECT,
        position=1,
        basis="petition",
        votes_for=24,
        votes_against=1,
        abstentions=2,
    )


def decision() -> sessions.DecisionSnapshot:
    """A decision on the case."""
    return sessions.DecisionSnapshot(
        state="adopted",
        number="1",
        item=person("item"),
        session=person("session"),
        case=CASE,
        subject=SUBJECT,
        adopted_on=TODAY,
        visa_needed=False,
        transmitted_on=None,
        governor_receipt_on=None,
        enforceable_from=date(2024, 2, 24),
    )


def session() -> sessions.SessionSnapshot:
    """A session of the council."""
    return sessions.SessionSnapshot(
        state="convened",
        session_kind="ordinary",
        called_by="president",
        opens_on=date(2024, 2, 6),
        agenda_to_governor_on=None,
        notice_to_members_on=None,
        agenda_version=1,
        closed_on=None,
    )


def mandate(name: str, *, until_on: date | None = None) -> MandateSnapshot:
    """Somebody's office as a member."""
    return MandateSnapshot(
        state="active",
        person=person(name),
        office="member",
        committee=None,
        from_on=date(2021, 9, 8),
        until_on=until_on,
    )


def test_a_filing_tells_each_petitioner_once_and_nobody_else(desk: Any) -> None:
    desk.grant("clerk", "secretariat")

    desk.file_petition("legal", "second")

    assert desk.told("petition_receipt") == people("legal", "second")


def test_a_case_tells_petitioners_secretariat_and_president_each_once(desk: Any) -> None:
    desk.grant("clerk", "secretariat")
    desk.grant("head", "president")
    desk.grant("both", "secretariat")

    desk.open_case("legal", "both")

    assert desk.told("case_opened") == people("both", "clerk", "head", "legal")


def test_a_role_that_ended_or_has_not_begun_is_told_nothing(desk: Any) -> None:
    desk.grant("former", "secretariat", until_on=date(2023, 10, 15))
    desk.grant("future", "secretariat", from_on=date(2023, 10, 17))
    desk.grant("left", "secretariat")
    ended = MembershipSnapshot(
        state="ended",
        person=person("left"),
        role="secretariat",
        scope=None,
        from_on=date(2023, 1, 1),
        until_on=TODAY,
    )
    subject = f"membership/{person('leftsecretariat')}"
    desk.hear(MembershipEnded(reason="left"), ended, subject=subject, sequence=2)

    desk.open_case("legal")

    assert desk.told("case_opened") == people("legal")


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (cases.CompletionRequested(missing=["powers"], due_on=TODAY), "case_completion_requested"),
        (cases.CaseAdmitted(session_on=date(2024, 2, 6), is_clash=False), "case_admitted"),
        (cases.CaseRefused(reasons=["seat"]), "case_refused"),
        (cases.CaseReferred(committee=person("social")), "case_referred"),
        (cases.CaseWithdrawn(), "case_withdrawn"),
        (cases.WithdrawalRefused(reason="voted"), "case_withdrawal_refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_step_of_a_case_tells_its_petitioners(
    desk: Any, snapshot_of_case: Any, what: Any, kind: str
) -> None:
    desk.grant("clerk", "secretariat")
    desk.open_case("legal")

    desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=2)

    assert desk.told(kind) == people("legal")


def test_a_term_is_told_to_the_secretariat_once_for_each_day_it_ends_on(
    desk: Any, snapshot_of_case: Any
) -> None:
    desk.grant("clerk", "secretariat")
    desk.open_case("legal")
    for sequence, due_on in enumerate([date(2024, 1, 16)] * 2 + [date(2024, 1, 19)], start=2):
        what = cases.DeadlineApproaching(rule="refusal-notice", due_on=due_on)
        desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=sequence)

    assert desk.told("case_deadline_approaching") == people("clerk") * 2


def test_a_reminder_and_a_miss_of_second_level_are_told_above_as_well(
    desk: Any, snapshot_of_case: Any
) -> None:
    for name, role in (("clerk", "secretariat"), ("chief", "president"), ("vice", "bureau")):
        desk.grant(name, role)
    desk.open_case("legal")
    for sequence, level in enumerate((0, 1), start=2):
        what = cases.DeadlineMissed(
            rule="committee-report-due", due_on=date(2024, 1, 16), level=level
        )
        desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=sequence)

    assert desk.told("case_deadline_missed") == people("clerk", "clerk", "chief", "vice")


def test_petitioners_are_warned_of_the_term_that_is_theirs(
    desk: Any, snapshot_of_case: Any
) -> None:
    desk.grant("clerk", "secretariat")
    desk.open_case("legal")
    for sequence, rule in enumerate(("refusal-notice", "completion-answer-due"), start=2):
        what = cases.DeadlineApproaching(rule=rule, due_on=date(2024, 1, 16))
        desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=sequence)

    assert desk.told("case_deadline_approaching") == people("clerk", "clerk", "legal")


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


def test_items_and_decisions_tell_the_petitioners_of_their_case(desk: Any) -> None:
    desk.open_case("legal")
    deliberated = sessions.ItemDeliberated(
        sitting=person("sitting"), adopted=True, needed=14, tie_broken=False
    )
    transmitted = sessions.DecisionTransmitted(
        governor_receipt_on=TODAY, visa_needed=False, enforceable_if_unopposed_from=TODAY
    )
    rectified = corrections.DecisionDatesRectified(
        was_transmitted_on=TODAY,
        was_receipt_on=TODAY,
        governor_receipt_on=TODAY,
        enforceable_if_unopposed_from=TODAY,
        reason_sha256="d" * 64,
    )
    steps = [
        (sessions.ItemScheduled(), item(), "item"),
        (deliberated, item(), "item"),
        (sessions.DecisionAdopted(), decision(), "decision"),
        (transmitted, decision(), "decision"),
        (sessions.DecisionEnforceable(rule="opposition"), decision(), "decision"),
        (rectified, decision(), "decision"),
        (sessions.DecisionRejected(), decision(), "decision"),
    ]
    counts = {"item": 0, "decision": 0}
    for what, after, kind in steps:
        counts[kind] += 1
        desk.hear(what, after, subject=f"{kind}/{person(kind)}", sequence=counts[kind])

    told = [one.notice_kind for one in desk.notices if one.about.split("/")[0] in counts]
    assert sorted(told) == [
        "decision_adopted",
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
    desk.hear(sessions.DecisionAdopted(), decision(), subject=f"decision/{person('decision')}")

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


def test_a_granted_role_is_told_to_its_holder(desk: Any) -> None:
    desk.grant("clerk", "secretariat")

    assert desk.told("membership_granted") == people("clerk")


def test_a_repeated_event_intends_nothing_more(desk: Any, snapshot_of_case: Any) -> None:
    what = cases.CaseOpened(signatures_needed=0, signatures=0)
    body = encode(event_envelope(what, snapshot_of_case("legal"), subject=f"case/{CASE}"))

    outcomes = [desk.harness.deliver_bytes(body) for _ in range(3)]

    assert outcomes == [ACK] * 3
    assert desk.told("case_opened") == people("legal")


def test_intending_is_private_and_emits_nothing(desk: Any) -> None:
    desk.file_petition("legal")

    assert [one.sequence for one in desk.notices] == [0]
    assert desk.harness.emitted() == []
