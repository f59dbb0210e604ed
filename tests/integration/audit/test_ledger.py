"""The ledger takes every event's exact bytes, once, after its cause, for ever."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from services.audit.models import Divergence, WaitingEntry
from services.audit.timers import end_long_waits
from shared.broker.delivery import ACK
from shared.clock import now
from shared.db.authorities import load_authority
from shared.events.authorities import AuthorityRegistered, AuthoritySnapshot
from shared.events.envelope import encode
from shared.events.ledger import CheckpointSigned, CheckpointSnapshot
from shared.events.texts import Texts
from shared.ids import new_id
from shared.testing.harness import Harness, event_envelope


def test_the_bytes_that_came_are_the_bytes_that_are_kept(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    sent = tell(told("case/one"), told("case/two"), told("case/one", 2, before="open"))

    assert [row.body for row in entries()] == sent
    assert [row.index for row in entries()] == [0, 1, 2]


def test_leaf_and_chain_hashes_can_be_computed_from_the_bytes_alone(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    sent = tell(*(told(f"case/{number}") for number in range(5)))

    chain = b"\x00" * 32
    for body, row in zip(sent, entries(), strict=True):
        leaf = hashlib.sha256(b"\x00" + body).digest()
        chain = hashlib.sha256(chain + leaf).digest()
        assert (row.leaf, row.chain) == (leaf, chain)


def test_the_same_event_enters_once(audit: Harness, told: Any, tell: Any, entries: Any) -> None:
    event = told()

    tell(event, event)

    assert len(entries()) == 1


def test_an_event_waits_for_its_cause_and_enters_after_it(
    audit: Harness, told: Any, tell: Any, entries: Any, waiting: Any
) -> None:
    cause = told("case/cause")
    effect = told("case/effect", causationid=cause.id)
    further = told("case/further", causationid=effect.id)

    tell(further, effect)
    assert entries() == []
    assert waiting() == [("case/effect", 1), ("case/further", 1)]

    tell(cause)
    assert [row.subject for row in entries()] == ["case/cause", "case/effect", "case/further"]
    assert waiting() == []


def test_later_events_of_a_subject_wait_for_its_earlier_ones(
    audit: Harness, told: Any, tell: Any, entries: Any, waiting: Any
) -> None:
    cause = told("case/cause")
    first = told("case/one", 1, causationid=cause.id)
    second = told("case/one", 2, before="open")
    other_cause = told("case/other-cause")
    third = told("case/one", 3, before="open", causationid=other_cause.id)

    tell(first, second, third)
    assert waiting() == [("case/one", 1), ("case/one", 2), ("case/one", 3)]

    tell(other_cause, cause)
    found = [(row.subject, row.sequence) for row in entries() if row.subject == "case/one"]
    assert found == [("case/one", 1), ("case/one", 2), ("case/one", 3)]
    assert waiting() == []


def test_an_event_ahead_of_its_turn_enters_in_its_turn(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    tell(told("case/one", 2, before="open"), told("case/one", 1))

    assert [row.sequence for row in entries()] == [1, 2]


def test_a_cause_that_never_comes_does_not_block_for_ever(
    audit: Harness, told: Any, tell: Any, entries: Any, waiting: Any
) -> None:
    effect = told("case/one", 1, causationid=str(new_id()))
    tell(effect, told("case/one", 2, before="open"), told("case/two", 1, causationid=effect.id))

    end_long_waits(audit.context)
    assert entries() == []
    _wait_for(audit, hours=25)
    end_long_waits(audit.context)

    assert [(row.subject, row.sequence) for row in entries()] == [
        ("case/one", 1),
        ("case/one", 2),
        ("case/two", 1),
    ]
    assert waiting() == []
    found = audit.rows(Divergence)
    assert [(row.about, row.reason) for row in found] == [("case/one", "cause-missing")]


def test_events_about_the_ledger_are_no_entries_of_it(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    signed = event_envelope(
        CheckpointSigned(),
        CheckpointSnapshot(state="signed", size=1, root="r"),
        subject=f"checkpoint/{new_id()}",
    )

    tell(told("case/one", causationid=signed.id))
    assert entries() == []
    tell(signed)

    assert [row.subject for row in entries()] == ["case/one"]


@pytest.mark.parametrize("waits", [False, True])
def test_other_contents_under_a_known_id_are_kept_out_and_told_and_a_copy_is_not(
    audit: Harness, told: Any, tell: Any, entries: Any, waits: bool
) -> None:
    first = told("case/one", causationid=str(new_id()) if waits else None)
    other = replace(told("case/one", 1, reasons=("other",)), id=first.id)

    bodies = tell(first, first)
    assert audit.rows(Divergence) == []
    tell(other, other, told("case/one", 2, before="open"))

    assert [row.body for row in entries()] == ([] if waits else bodies[:1])
    assert [(row.about, row.reason, row.event) for row in audit.rows(Divergence)] == [
        ("case/one", "other-contents", first.id)
    ]
    assert len(audit.emitted("divergence.found.v1")) == 1
    tables = audit.context.base.plumbing
    with audit.context.database.read("*") as session:
        kept = session.execute(tables.inbox_parked.select()).all()
        assert session.execute(tables.inbox_cursor.select()).one().is_stopped
    assert sorted((row.reason, row.sequence) for row in kept) == [("altered", 1), ("stopped", 2)]
    assert encode(other) in {row.body for row in kept}


def test_a_second_event_under_a_number_that_is_taken_stops_the_subject_and_is_told(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    second = told("case/one", 1, reasons=("other",))

    tell(told("case/one", 1), second, told("case/one", 2, before="open"))

    assert [row.sequence for row in entries()] == [1]
    kept = audit.rows(Divergence)
    assert [(row.about, row.about_sequence, row.reason, row.event) for row in kept] == [
        ("case/one", 1, "second-event", second.id)
    ]
    (event,) = audit.emitted("divergence.found.v1")
    assert event.data.what == {"event": second.id}
    assert event.data.after["about"] == "case/one"


def test_a_telling_of_a_divergence_is_no_entry_either(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    tell(told("case/one", 1), told("case/one", 1, reasons=("other",)))
    (found,) = audit.emitted("divergence.found.v1")

    outcome = audit.deliver_bytes(encode(found))

    assert outcome == ACK
    assert len(entries()) == 1


def test_an_authority_is_entered_and_remembered(audit: Harness, entries: Any) -> None:
    after = AuthoritySnapshot(
        code="tiznit",
        state="active",
        kind="commune",
        name=Texts(fr="Tiznit", original="fr"),
        zone="Africa/Casablanca",
        languages=["ar"],
        population=80_000,
        has_arrondissements=False,
        business_date=date(2024, 2, 7),
        holidays=[],
        local_rules={},
    )

    audit.deliver(AuthorityRegistered(), after, subject="authority/tiznit", authority="tiznit")

    assert [row.type for row in entries("tiznit")] == ["authority.registered.v1"]
    with audit.context.database.read("tiznit") as session:
        known = load_authority(session, audit.context.base.plumbing, "tiznit")
    assert known.business_date == date(2024, 2, 7)


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_entry SET type = 'x'", "DELETE FROM ledger_entry"]
)
def test_the_database_refuses_to_change_or_delete_an_entry(
    audit: Harness, told: Any, tell: Any, entries: Any, change: str
) -> None:
    (body,) = tell(told())

    with (
        pytest.raises(DatabaseError, match="append-only"),
        audit.context.database.write("*") as (session, _),
    ):
        session.execute(text(change))

    assert [row.body for row in entries()] == [body]


def test_each_authority_has_a_ledger_of_its_own(
    audit: Harness, told: Any, tell: Any, entries: Any
) -> None:
    tell(told("case/one"), told("case/two", authority="tiznit"), told("case/three"))

    assert [(row.index, row.subject) for row in entries("tiznit")] == [(0, "case/two")]
    assert [row.index for row in entries()] == [0, 1]


def test_the_database_itself_hides_other_authorities_entries(harness_on: Any, told: Any) -> None:
    audit = harness_on("audit", "postgresql")
    audit.deliver_bytes(encode(told("case/one")))
    audit.deliver_bytes(encode(told("case/two", authority="tiznit")))

    counted = {}
    for table in ("ledger_entry", "ledger_head"):
        with audit.context.database.read("tiznit") as session:
            counted[table] = session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - two names from above

    assert counted == {"ledger_entry": 1, "ledger_head": 1}


def _wait_for(audit: Harness, *, hours: int) -> None:
    with audit.context.database.write("*") as (session, _):
        session.execute(update(WaitingEntry).values(kept_at=now() - timedelta(hours=hours)))
