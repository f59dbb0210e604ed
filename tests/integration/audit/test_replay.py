"""Replay: what the ledger says is what the services show, and whoever touched either is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from services.audit.models import Divergence
from shared.testing.harness import Harness


@pytest.fixture
def tamper(audit: Harness, request: pytest.FixtureRequest) -> Callable[..., None]:
    """``tamper(sql, ...)`` does what somebody with every right on the database could do."""

    def change(sql: str, **values: object) -> None:
        with audit.context.database.write("*") as (session, _):
            if audit.context.database.is_sqlite:
                session.execute(text("DROP TRIGGER IF EXISTS ledger_entry_no_update"))
                session.execute(text("DROP TRIGGER IF EXISTS ledger_entry_no_delete"))
            else:
                session.execute(text("ALTER TABLE ledger_entry DISABLE TRIGGER USER"))
            session.execute(text(sql), values)
            if not audit.context.database.is_sqlite:
                session.execute(text("ALTER TABLE ledger_entry ENABLE TRIGGER USER"))

    return change


def replayed(audit: Harness) -> Any:
    """The answer of a replay."""
    answer = audit.request("POST", "/replays", role="auditor")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_ledger_that_agrees_gives_exactly_the_four_figures(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    first, second = told("case/one"), told("case/one", 2, before="open")
    others = [told(f"case/{number}") for number in range(5)]
    tell(first, *others, second)
    live.shows(first, *others, second)

    assert replayed(audit) == {"cases": 6, "events": 7, "behind": 0, "divergences": []}
    assert {one["bearer"] for one in live.asked} == {"Bearer t"}
    assert {one["authority"] for one in live.asked} == {"taroudant"}


def test_an_empty_ledger_agrees_with_empty_services(audit: Harness, live: Any) -> None:
    assert replayed(audit) == {"cases": 0, "events": 0, "behind": 0, "divergences": []}


def test_a_live_state_that_differs_is_named_field_by_field(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    event = told("case/one")
    tell(event)
    live.shows(event)
    live.subjects["case/one"][1]["committee"] = "somebody-s"

    (found,) = replayed(audit)["divergences"]

    assert (found["subject"], found["sequence"]) == ("case/one", 1)
    assert found["reason"] == "live-differs"
    assert found["fields"] == {"committee": {"ledger": None, "live": "somebody-s"}}
    assert [row.reason for row in audit.rows(Divergence)] == ["live-differs"]


def test_a_divergence_is_put_on_record_once_however_often_it_is_found(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    tell(told("case/one"))

    assert replayed(audit) == replayed(audit)
    assert [row.reason for row in audit.rows(Divergence)] == ["live-missing"]
    assert len(audit.emitted("divergence.found.v1")) == 1


def test_a_subject_that_the_service_lost_is_a_divergence(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    tell(told("case/one"))

    (found,) = replayed(audit)["divergences"]

    assert (found["subject"], found["reason"]) == ("case/one", "live-missing")


def test_a_service_that_knows_less_than_the_ledger_is_a_divergence(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    first = told("case/one")
    tell(first, told("case/one", 2, before="open"))
    live.shows(first)

    (found,) = replayed(audit)["divergences"]

    assert found["reason"] == "live-older"
    assert found["fields"] == {"sequence": {"ledger": 2, "live": 1}}


def test_a_service_ahead_of_the_ledger_is_behind_and_no_divergence(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    first = told("case/one")
    tell(first)
    live.shows(told("case/one", 2, before="open"), told("case/unheard"))

    assert replayed(audit) == {"cases": 1, "events": 1, "behind": 2, "divergences": []}


def test_replay_waits_until_the_ledger_has_caught_up(
    audit: Harness, live: Any, told: Any, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = told("case/one")
    live.shows(late)
    # The event arrives while replay waits for it.
    monkeypatch.setattr("services.audit.replay.sleep", lambda _seconds: tell(late))

    assert replayed(audit) == {"cases": 1, "events": 1, "behind": 0, "divergences": []}


def test_a_service_that_does_not_answer_means_that_nothing_was_compared(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    tell(told("case/one"))
    live.down.add("review")

    answer = audit.request("POST", "/replays", role="auditor")

    assert answer.status_code == 503
    assert answer.get_json()["code"] == "could-not-compare"
    assert audit.rows(Divergence) == []


def test_changed_bytes_are_found_and_the_entry_is_named(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any, entries: Any
) -> None:
    events = [told(f"case/{number}") for number in range(3)]
    tell(*events)
    live.shows(*events)
    forged = entries()[1].body.replace(b"2023-10-16", b"2023-10-17")

    tamper('UPDATE ledger_entry SET body = :body WHERE "index" = 1', body=forged)

    found = replayed(audit)["divergences"]
    assert {(one["index"], one["subject"], one["event"]) for one in found if one["event"]} == {
        (1, "case/1", events[1].id)
    }
    assert {one["reason"] for one in found} == {"wrong-leaf", "live-differs"}


def test_bytes_changed_with_their_leaf_hash_break_the_chain(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any, entries: Any
) -> None:
    from services.audit.hashing import leaf_hash

    first, second = told("case/0"), told("case/0", 2, before="open")
    tell(first, second)
    live.shows(second)
    forged = entries()[0].body.replace(b"2023-10-16", b"2023-10-17")

    tamper(
        'UPDATE ledger_entry SET body = :body, leaf = :leaf WHERE "index" = 0',
        body=forged,
        leaf=leaf_hash(forged),
    )

    found = replayed(audit)["divergences"]
    assert [(one["index"], one["reason"]) for one in found] == [(0, "wrong-chain")]


def test_bytes_that_are_no_event_any_more_are_found(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any
) -> None:
    event = told("case/0")
    tell(event)
    live.shows(event)

    tamper("UPDATE ledger_entry SET body = :body", body=b"[]")

    reasons = {one["reason"] for one in replayed(audit)["divergences"]}
    assert reasons == {"wrong-leaf", "unreadable"}


@pytest.mark.parametrize("removed", [(0, "index-gap"), (2, "wrong-head")])
def test_a_removed_entry_is_missed(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any, removed: tuple[int, str]
) -> None:
    index, reason = removed
    events = [told(f"case/{number}") for number in range(3)]
    tell(*events)
    live.shows(*(one for number, one in enumerate(events) if number != index))

    tamper('DELETE FROM ledger_entry WHERE "index" = :index', index=index)

    assert {one["reason"] for one in replayed(audit)["divergences"]} == {reason}


def test_a_head_that_was_put_back_is_found(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any
) -> None:
    tell(told("case/0"))

    tamper("DELETE FROM ledger_head")

    assert [one["reason"] for one in replayed(audit)["divergences"]] == ["wrong-head"]


def test_an_entry_listed_under_another_subject_is_found(
    audit: Harness, live: Any, told: Any, tell: Any, tamper: Any
) -> None:
    event = told("case/0")
    tell(event)
    live.shows(event)

    tamper("UPDATE ledger_entry SET subject = 'case/9'")

    (found,) = replayed(audit)["divergences"]
    assert (found["subject"], found["reason"]) == ("case/9", "wrong-columns")


def test_a_step_that_does_not_begin_where_the_last_one_ended_is_found(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    first, second = told("case/one"), told("case/one", 2, before="closed")
    tell(first, second)
    live.shows(second)

    (found,) = replayed(audit)["divergences"]

    assert (found["sequence"], found["reason"]) == (2, "state-jump")


def test_steps_are_held_against_the_exported_workflow_tables(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    folder = audit.context.settings.workflow_tables  # type: ignore[attr-defined]
    folder.mkdir()
    step = {"trigger": "open", "from": "new", "to": "open", "event": "case.opened.v1", "guards": []}
    table = {"kind": "case", "service": "review", "initial": "new", "states": [], "steps": [step]}
    (folder / "case.json").write_text(json.dumps(table))
    first, second = told("case/one"), told("case/one", 2, before="open")
    tell(first, second)
    live.shows(second)

    (found,) = replayed(audit)["divergences"]
    head: Any = audit.request("GET", "/ledger/head", role="auditor").json

    assert (found["sequence"], found["reason"]) == (2, "unknown-step")
    assert "case" not in head["workflows_not_checked"]
    assert "session" in head["workflows_not_checked"]


def test_what_was_found_when_an_event_came_in_is_part_of_the_replay(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    first, second = told("case/one"), told("case/one", 1, reasons=("other",))
    tell(first, second)
    live.shows(first)

    (found,) = replayed(audit)["divergences"]

    assert (found["reason"], found["event"]) == ("second-event", second.id)


def test_a_discarded_letter_is_an_entry_that_no_service_is_asked_about(
    audit: Harness, live: Any, told: Any, tell: Any
) -> None:
    discard = told("letter/one", before="dead", state="discarded")
    tell(replace(discard, type="letter.discarded.v1"))

    assert replayed(audit) == {"cases": 0, "events": 1, "behind": 0, "divergences": []}
    assert "letter" not in {one["kind"] for one in live.asked}
