"""What people decided about dead letters holds on a fill; what dies on one is told to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.db.engine import EVERY_AUTHORITY
from shared.dead_letters import discard_letter, list_letters
from shared.events.cases import CaseOpened
from shared.events.envelope import Envelope, encode
from shared.events.petitions import PetitionFiled
from shared.ids import new_id
from shared.testing.harness import event_envelope, person
from shared.unit_of_work import Actor, Cause
from tests.integration.filling.conftest import Ground
from tests.integration.notifications.conftest import case_snapshot

CASE = f"case/{person('petition')}"


def case_event(sequence: int) -> Envelope:
    what = CaseOpened(signatures_needed=0, signatures=0)
    return event_envelope(what, case_snapshot("legal"), subject=CASE, sequence=sequence)


def test_a_discarded_event_stays_discarded_and_what_waited_behind_it_goes_on(
    ground_of: Any,
) -> None:
    ground: Ground = ground_of("notifications")
    bad, good = case_event(1), case_event(2)
    ground.publish(bad)
    ground.harness.worker.applier.put_aside(bad, encode(bad), "it broke")
    discard_letter(
        ground.context,
        bad.id,
        reason="Entered by mistake.",
        actor=Actor(id=person("operator"), role="operator"),
        cause=Cause(correlation_id=str(new_id())),
    )
    ground.hear(encode(good))
    ground.relay()
    before = ground.rows("inbox_discarded", "notice")
    assert _discarded(ground) == [UUID(bad.id)]

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole, filled
    assert _discarded(ground) == [UUID(bad.id)]
    assert ground.rows("inbox_discarded", "notice", "history") == {
        name: rows for name, rows in before.items() if name != "history"
    }
    assert [row["type"] for row in ground.rows()["history"]][:1] == ["letter.discarded.v1"]


def test_other_contents_that_were_discarded_take_nothing_from_the_event_whose_id_they_bear(
    ground_of: Any,
) -> None:
    ground: Ground = ground_of("notifications")
    good = case_event(1)
    altered = replace(good, subject=f"case/{person('another case')}")
    for one in (good, altered):
        ground.hear(encode(one))
    (letter,) = list_letters(ground.context).letters
    discard_letter(
        ground.context,
        letter.id,
        reason="Not from a service of ours.",
        actor=Actor(id=person("operator"), role="operator"),
        cause=Cause(correlation_id=str(new_id())),
    )
    ground.relay()
    before = ground.rows("inbox_discarded")

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole, filled
    assert list_letters(ground.context).letters == []
    assert ground.rows("inbox_discarded")["inbox_event"] == before["inbox_event"]
    assert ground.rows()["inbox_discarded"][0]["letter"] == letter.id


def test_what_cannot_be_understood_on_a_fill_is_a_dead_letter(ground_of: Any) -> None:
    ground: Ground = ground_of("review")
    filed = PetitionFiled(reference="taroudant/2023/1", receipt="R")
    after = case_snapshot("legal")
    broken = event_envelope(filed, after, subject=f"petition/{person('petition')}")
    ground.publish(broken)

    filled = ground.fill()

    assert not filled.is_whole
    assert (len(filled.dead), filled.waiting) == (1, [])
    assert [one.id for one in list_letters(ground.context).letters] == [broken.id]


def _discarded(ground: Ground) -> list[UUID]:
    table = ground.context.base.plumbing.inbox_discarded
    with ground.context.database.read(EVERY_AUTHORITY) as session:
        return list(session.scalars(select(table.c.event_id)))
