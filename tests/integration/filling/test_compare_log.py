"""`arida audit compare-log` holds the ledger against the log, leaf by leaf, on both transports."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.audit import compare_log
from services.cli import main
from shared.broker.delivery import ACK
from shared.events.envelope import Envelope, encode
from shared.events.notices import NoticeSent, NoticeSnapshot
from shared.testing.harness import event_envelope, person
from tests.integration.filling.conftest import Ground

Compare = Callable[..., Result]


def notice(name: str, **attributes: Any) -> Envelope:
    after = NoticeSnapshot(
        state="sent",
        about="case/one",
        notice_kind="case_opened",
        person=person("legal"),
        channel="email",
        language="ar",
        attempts=1,
    )
    return event_envelope(NoticeSent(), after, subject=f"notice/{name}", **attributes)


@pytest.fixture
def ground(ground_of: Any) -> Ground:
    """audit with a ledger of two entries, both in the log."""
    opened: Ground = ground_of("audit")
    assert opened.hear(encode(notice("one"))) == ACK
    return opened


@pytest.fixture
def compare(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Runs the command; gives what it printed as JSON, and its exit code."""
    platform = ground.platform
    monkeypatch.setattr(compare_log, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(compare_log, "open_service", lambda _name: _kept_open(ground))
    monkeypatch.setenv("DATA_DIR", str(platform.data_dir))

    def run(*options: str) -> Result:
        return CliRunner().invoke(main, ["audit", "compare-log", *options])

    return run


def _kept_open(ground: Ground) -> Any:
    context = ground.context
    return SimpleNamespace(platform=context.platform, database=context.database, close=lambda: None)


def of(result: Result, code: int) -> dict[str, Any]:
    assert result.exit_code == code, result.output
    [one] = json.loads(result.stdout)["authorities"]
    return dict(one)


def test_a_ledger_that_equals_the_log_exits_0(compare: Compare) -> None:
    said = of(compare("--json"), 0)

    assert (said["authority"], said["entries"], said["equal"]) == ("taroudant", 2, 2)
    assert said["first_difference"] is None


def test_an_event_that_never_entered_is_named(ground: Ground, compare: Compare) -> None:
    lost, later = notice("lost"), notice("later")
    ground.publish(lost, later)

    said = of(compare("--json"), 1)

    first = said["first_difference"]
    assert (first["reason"], first["event"], first["offset"]) == ("not-in-ledger", lost.id, 2)
    assert "notice/lost 1" in compare().stdout


def test_an_entry_that_the_log_does_not_hold_is_named(ground: Ground, compare: Compare) -> None:
    assert ground._receive(encode(notice("unheard"))) == ACK

    first = of(compare("--json"), 1)["first_difference"]

    assert (first["reason"], first["subject"], first["index"]) == (
        "not-in-log",
        "notice/unheard",
        2,
    )


def test_other_bytes_under_the_same_id_are_named(ground: Ground, compare: Compare) -> None:
    entered = notice("altered")
    ground.publish(notice("altered", id=entered.id, actorid=person("other")))
    assert ground._receive(encode(entered)) == ACK

    first = of(compare("--json"), 1)["first_difference"]

    assert (first["reason"], first["event"]) == ("another-leaf", entered.id)


def test_an_event_that_waits_for_its_cause_is_no_difference(
    ground: Ground, compare: Compare
) -> None:
    assert ground.hear(encode(notice("effect", causationid=person("cause")))) == ACK

    said = of(compare("--json"), 0)

    assert (said["entries"], said["aside"]) == (2, 1)


def test_another_authority_is_left_out(ground: Ground, compare: Compare) -> None:
    ground.publish(notice("elsewhere", authority="agadir"))

    assert of(compare("--authority", "taroudant", "--json"), 0)["equal"] == 2


def test_a_log_that_cannot_be_read_exits_2(
    compare: Compare, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.broker.log_reader import LogMissing

    def missing(_platform: Any) -> Any:
        raise LogMissing("the log is not there")

    monkeypatch.setattr(compare_log, "read_events", missing)

    result = compare("--json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "the log is not there" in result.stderr
