"""A database that was lost is filled from the log, and equals one that never lost anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from services.notifications.models import Notice
from services.review.cases.models import Case
from services.review.sessions.models import Item
from shared.broker.delivery import ACK
from shared.db import timer_hold
from shared.db.engine import EVERY_AUTHORITY
from shared.db.timer_hold import TimersHeld
from shared.events.envelope import encode
from shared.events.notices import NoticeSent, NoticeSnapshot
from shared.testing.harness import event_envelope, person
from tests.integration.filling.conftest import Ground
from tests.integration.notifications.conftest import Desk as NoticeDesk
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.review.case_support import Desk as CouncilDesk

GroundOf = Callable[[str], Ground]


pytestmark = pytest.mark.early(20)


@pytest.fixture
def notifications(ground_of: GroundOf) -> tuple[Ground, NoticeDesk]:
    """notifications, where petitions were filed and cases opened, and everybody was told."""
    ground = ground_of("notifications")
    identity = FakeIdentity()
    identity.knows("legal", "ar")
    identity.knows("clerk", "fr")
    desk = NoticeDesk(ground.harness, identity)
    desk.grant("clerk", "secretariat")
    desk.file_petition("legal", "other")
    desk.open_case("legal", "other")
    desk.sender.send_due()
    ground.relay()
    return ground, desk


def mails(ground: Ground) -> int:
    return len(list((ground.platform.data_dir / "outbox-mail").glob("*.eml")))


def test_notices_come_back_with_their_ids_and_proofs_and_nobody_is_written_to_again(
    notifications: tuple[Ground, NoticeDesk],
) -> None:
    ground, desk = notifications
    before, sent = ground.rows(), mails(ground)
    assert sent > 0
    assert {notice.state for notice in desk.notices} == {"sent", "delivered"}

    ground.lose()
    filled = ground.fill()

    assert ground.rows() == before
    assert filled.is_whole
    assert filled.not_sent_again == 0
    desk.sender.send_due()
    assert mails(ground) == sent
    assert ground.harness.emitted() == []


def test_a_notice_that_the_log_does_not_call_sent_counts_as_failed_and_is_not_sent(
    notifications: tuple[Ground, NoticeDesk],
) -> None:
    ground, desk = notifications
    sent = mails(ground)
    desk.grant("legal", "council-member")

    ground.lose()
    filled = ground.fill()

    [notice] = [one for one in desk.notices if one.state == "failed"]
    assert filled.not_sent_again == 1
    assert (notice.person_id, notice.last_problem) == (UUID(person("legal")), "not-sent-again")
    assert [one.type for one in ground.harness.emitted()] == ["notice.failed.v1"]
    desk.sender.send_due()
    assert mails(ground) == sent


def test_what_is_known_is_dropped_and_filling_again_changes_nothing(
    notifications: tuple[Ground, NoticeDesk],
) -> None:
    ground, _desk = notifications
    before = ground.rows()

    filled = ground.fill()

    assert (filled.applied, filled.taken_back, filled.is_whole) == (0, 0, True)
    assert filled.known == 4
    assert ground.rows() == before


def test_a_service_that_takes_a_new_kind_hears_what_was_said_before(
    notifications: tuple[Ground, NoticeDesk],
) -> None:
    """As if it had not subscribed to cases until today."""
    ground, desk = notifications
    before = ground.rows()
    _forget_cases(ground)

    filled = ground.fill()

    assert filled.applied == 1
    assert ground.rows() == before
    assert {notice.state for notice in desk.notices} == {"sent", "delivered"}


def _forget_cases(ground: Ground) -> None:
    tables = ground.context.base.plumbing
    with ground.context.database.write(EVERY_AUTHORITY) as (session, _):
        about = [notice.id for notice in session.query(Notice).filter_by(notice_kind="case_opened")]
        subjects = [f"notice/{id_}" for id_ in about]
        session.execute(delete(Notice).where(Notice.id.in_(about)))
        session.execute(delete(tables.history).where(tables.history.c.subject.in_(subjects)))
        for table in (tables.inbox_event, tables.inbox_cursor):
            session.execute(delete(table).where(table.c.subject.startswith("case/")))
        known = ground.context.base.metadata.tables["known_case"]
        session.execute(delete(known))


def test_the_ledger_comes_back_leaf_by_leaf(ground_of: GroundOf) -> None:
    ground = ground_of("audit")
    cause = event_envelope(*_notice(), subject="notice/one")
    effect = event_envelope(*_notice(), subject="notice/two", causationid=cause.id)
    for one in (effect, cause):
        assert ground.hear(encode(one)) == ACK
    before = ground.rows()

    ground.lose()
    ground.fill()

    assert ground.rows() == before
    order = sorted((row["index"], row["subject"]) for row in before["ledger_entry"])
    assert [subject for _, subject in order] == ["authority/taroudant", "notice/one", "notice/two"]


def _notice() -> tuple[Any, NoticeSnapshot]:
    after = NoticeSnapshot(
        state="sent",
        about="case/one",
        notice_kind="case_opened",
        person=person("legal"),
        channel="email",
        language="ar",
        attempts=1,
    )
    return NoticeSent(), after


@pytest.fixture
def council(ground_of: GroundOf) -> tuple[Ground, CouncilDesk, str]:
    """review with a case that went through the council up to its vote."""
    ground = ground_of("review")
    desk = CouncilDesk(ground.harness)
    case = desk.referred()
    desk.deliberated(case)
    ground.relay()
    return ground, desk, case


def test_cases_and_sessions_come_back_and_their_sequences_go_on(
    council: tuple[Ground, CouncilDesk, str],
) -> None:
    ground, desk, case = council
    before, told = ground.rows(), len(ground.log())

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole
    assert ground.harness.emitted() == []
    after = ground.rows()
    assert after["case_person"] == before["case_person"]
    assert after["mandate"] == before["mandate"]
    assert after["running_clock"] == before["running_clock"]
    assert _places(after) == _places(before)
    desk.withdrawal_asked()
    [event] = ground.harness.emitted()
    assert event.subject == f"case/{case}"
    assert event.sequence == desk.case(case).sequence
    assert event.sequence == 1 + max(one["sequence"] for one in _of(before, f"case/{case}"))
    assert len(ground.log()) == told + 1


def _places(rows: dict[str, list[dict[str, Any]]]) -> list[Any]:
    return [(one["event_id"], one["subject"], one["sequence"]) for one in rows["history"]]


def _of(rows: dict[str, list[dict[str, Any]]], subject: str) -> list[dict[str, Any]]:
    return [one for one in rows["history"] if one["subject"] == subject]


def test_a_corrected_vote_and_the_term_it_stopped_come_back(
    council: tuple[Ground, CouncilDesk, str],
) -> None:
    ground, desk, _ = council
    (item,) = ground.harness.rows(Item)
    session = f"/sessions/{item.session_id}"
    desk.done(f"{session}/closing", who="chief")
    right = {"votes_for": 1, "votes_against": 4, "abstentions": 0, "because": "Inversé."}
    desk.done(f"/items/{item.id}/vote-rectification", right, who="chief")
    ground.relay()
    before = ground.rows()

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole
    after = ground.rows()
    assert after["running_clock"] == before["running_clock"] == []
    assert [(one["state"], one["number"]) for one in after["decision"]] == [("rejected", "2024/1")]
    assert [(one["votes_for"], one["votes_against"]) for one in after["item"]] == [(1, 4)]


def test_a_case_that_the_handler_opened_is_whole_again(ground_of: GroundOf) -> None:
    ground = ground_of("review")
    desk = CouncilDesk(ground.harness)
    desk.filed()
    ground.relay()
    before = ground.harness.rows(Case)[0].__dict__

    ground.lose()
    ground.fill()

    after = ground.harness.rows(Case)[0].__dict__
    assert {k: after[k] for k in before if k != "_sa_instance_state"} == {
        k: v for k, v in before.items() if k != "_sa_instance_state"
    }


def test_a_case_keeps_the_local_rules_it_was_opened_under_whatever_they_are_at_the_fill(
    ground_of: GroundOf,
) -> None:
    ground = ground_of("review")
    rule = {"value": 20, "unit": "days", "source": "Règlement", "valid_from": "2021-10-01"}
    ground.know_authority(local_rules={"bureau-meets-within": rule})
    desk = CouncilDesk(ground.harness)
    case = desk.filed()
    later = {**rule, "value": 30}
    ground.know_authority(local_rules={"bureau-meets-within": later})
    ground.relay()
    before = ground.rows()

    ground.lose()
    ground.fill()

    kept = desk.case(case)
    assert kept.local_rules == {"bureau-meets-within": rule}
    assert kept.law_version == "ma-commune@2015-07-23"
    assert ground.rows()["running_clock"] == before["running_clock"]


def test_a_fill_beside_a_running_worker_is_refused(
    ground_of: GroundOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timer_hold, "WAIT_SECONDS", 0.0)
    ground = ground_of("intake")

    with ground.holding(), pytest.raises(TimersHeld, match="worker of intake"):
        ground.fill()
