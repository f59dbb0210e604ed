"""Who is told what: each event intends one notice for each person concerned, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.notifications.models import Notice
from shared.broker.delivery import ACK
from shared.events import cases
from shared.events.authorities import MembershipEnded, MembershipSnapshot
from shared.events.decisions import DecisionAdopted
from shared.events.envelope import encode
from shared.testing.harness import TODAY, event_envelope, person
from tests.integration.notifications.told_events import (
    CASE,
    decision,
    people,
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


def test_the_notices_of_one_event_differ_in_their_person_alone_and_keep_the_order_of_the_rule(
    desk: Any,
) -> None:
    desk.grant("head", "president")
    desk.grant("clerk", "secretariat")
    desk.clear_notices()

    desk.open_case("second", "legal")

    written = [one for one in desk.notices if one.notice_kind == "case_opened"]
    order = [person(name) for name in ("second", "legal", "clerk", "head")]
    assert [str(one.person_id) for one in written] == order
    assert len({one.id for one in written}) == len(written)
    assert [_without_person(one) for one in written] == [_without_person(written[0])] * 4
    assert written[0].facts["refusal_due_on"] == "2024-01-16"
    assert (written[0].state, written[0].about) == ("intended", f"case/{CASE}")


def _without_person(notice: Notice) -> dict[str, Any]:
    columns = Notice.__table__.columns.keys()
    return {name: getattr(notice, name) for name in columns if name not in {"id", "person_id"}}


def test_who_took_office_since_is_told_of_a_term_that_others_were_told_of(
    desk: Any, snapshot_of_case: Any
) -> None:
    desk.grant("clerk", "secretariat")
    desk.open_case("legal")
    what = cases.DeadlineApproaching(rule="refusal-notice", due_on=date(2024, 1, 16))
    desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=2)
    desk.grant("newcomer", "secretariat")

    desk.hear(what, snapshot_of_case("legal"), subject=f"case/{CASE}", sequence=3)

    assert desk.told("case_deadline_approaching") == people("clerk", "newcomer")


def test_the_people_of_a_case_are_those_that_its_newest_event_names(
    desk: Any, snapshot_of_case: Any
) -> None:
    desk.open_case("legal", "former")
    what = cases.CaseAdmitted(session_on=date(2024, 2, 6), is_clash=False)
    after = snapshot_of_case("legal", "successor", reference="taroudant/2023/2")
    desk.hear(what, after, subject=f"case/{CASE}", sequence=2)

    desk.hear(DecisionAdopted(), decision(), subject=f"decision/{person('decision')}")

    assert desk.told("decision_adopted") == people("legal", "successor")
    told = [one for one in desk.notices if one.notice_kind == "decision_adopted"]
    assert {one.facts["reference"] for one in told} == {"taroudant/2023/2"}


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
