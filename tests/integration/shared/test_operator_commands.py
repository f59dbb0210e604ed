"""`arida dead-letters` and `arida bus status` against a running service, on both transports."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask, Response, jsonify, request
from structlog.testing import capture_logs
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from services.cli import main
from services.review.cases.models import Case
from shared.broker.probe import BusProbe
from shared.broker.topology import queues
from shared.run_file import RunFile, write_run_file
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.review.test_case_opening import PETITION, SUBJECT
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import delete_queue
from tests.integration.shared.test_dead_letters import (
    consuming,
    filed,
    letters,
    put,
    reached,
    refusing,
    review,
    rows,
    send,
    withdrawal,
)

__all__ = ["consuming", "refusing", "review"]

pytestmark = pytest.mark.early(40)

SECRET = "of-the-command-line"


@pytest.fixture
def arida(review: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The command, run beside a system of which review and a small identity answer."""
    server = make_server("127.0.0.1", 0, _system(review), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    folder = tmp_path / "running"
    folder.mkdir()
    url = f"http://127.0.0.1:{server.port}"
    write_run_file(folder, RunFile(url=url, client_id="client:cli", client_secret=SECRET))
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    # The service runs in this process, and its lines are not to stand in the command's output.
    with capture_logs():
        yield lambda *words, **options: CliRunner().invoke(main, words, **options)
    server.shutdown()
    thread.join()
    server.server_close()


def _system(review: Harness) -> Any:
    front = Flask("front")

    @front.post("/identity/v1/oauth/token")
    def token() -> tuple[Response, int]:
        if request.form["client_secret"] != SECRET:
            return jsonify({"error": "invalid_client"}), 401
        made = review.mint.token(
            "operator", person=person("cli"), authority=AUTHORITY, client="client:cli"
        )
        return jsonify({"access_token": made, "token_type": "Bearer", "expires_in": 300}), 200

    def whole_path(environ: dict[str, Any], start_response: Any) -> Any:
        environ["PATH_INFO"] = environ.pop("SCRIPT_NAME") + environ["PATH_INFO"]
        environ["SCRIPT_NAME"] = ""
        return review.app(environ, start_response)

    return DispatcherMiddleware(front.wsgi_app, {"/review": whole_path})


@pytest.fixture
def poisoned(
    review: Harness,
    whole_bus: Bus,
    refusing: Any,
    consuming: None,
    eventually: Callable[..., None],
) -> str:
    """The id of a dead letter, with the subject's next event parked behind it."""
    event = filed()
    with refusing():
        send(whole_bus, event, withdrawal())
        eventually(lambda: letters(review) and rows(review, "inbox_parked"))
    assert reached(review) == [(0, True)]
    return event.id


def status_of(arida: Any) -> tuple[int, dict[str, Any]]:
    """The exit code of `arida bus status` and review's report."""
    done: Result = arida("bus", "status", "review", "--json")
    return done.exit_code, json.loads(done.stdout)["review"]


def codes(report: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in report["problems"]]


def test_a_letter_is_listed_within_the_width_of_a_terminal_and_shown_with_its_event(
    arida: Any, poisoned: str
) -> None:
    listed = arida("dead-letters", "list", "review")
    shown = arida("dead-letters", "show", "review", poisoned)

    assert (listed.exit_code, shown.exit_code) == (1, 0)
    assert max(len(line) for line in listed.stdout.splitlines()) <= 80
    for told in (poisoned, "petition.filed.v1", "a rule says no", "Event number: 1"):
        assert told in listed.stdout
    assert json.loads(shown.stdout[shown.stdout.index("{") :])["subject"] == SUBJECT
    as_json = json.loads(arida("dead-letters", "list", "review", "--json").stdout)
    assert [(one["service"], one["id"]) for one in as_json] == [("review", poisoned)]


def test_no_letters_are_said_in_words_and_by_the_exit_code(arida: Any) -> None:
    listed = arida("dead-letters", "list", "review")
    retried = arida("dead-letters", "retry", "review", "--all")

    assert (listed.exit_code, listed.stdout) == (0, "No dead letters.\n")
    assert (retried.exit_code, retried.stdout) == (0, "No dead letters.\n")


@pytest.mark.parametrize("wanted", ["one", "all"])
def test_a_retry_applies_the_letter_and_the_event_parked_behind_it(
    arida: Any, review: Harness, poisoned: str, eventually: Callable[..., None], wanted: str
) -> None:
    done = arida("dead-letters", "retry", "review", poisoned if wanted == "one" else "--all")

    assert (done.exit_code, done.stdout) == (0, f"{poisoned} is tried again.\n")
    eventually(lambda: reached(review) == [(2, False)])
    assert [str(case.id) for case in review.rows(Case)] == [PETITION]
    assert rows(review, "inbox_parked") == []
    assert arida("dead-letters", "list", "review").exit_code == 0


def test_a_discard_passes_over_the_letter_and_applies_the_event_parked_behind_it(
    arida: Any, review: Harness, poisoned: str, eventually: Callable[..., None]
) -> None:
    done = arida("dead-letters", "discard", "review", poisoned, "--reason", "filed by hand")

    assert done.exit_code == 0, done.output
    eventually(lambda: reached(review) == [(2, False)])
    assert review.rows(Case) == []
    assert [row.reason for row in rows(review, "inbox_discarded")] == ["filed by hand"]


def test_a_discard_asks_for_its_reason_and_does_nothing_without_one(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    put(whole_bus, ("odd", b"\xff no event"), queue="review.dead")

    silent = arida("dead-letters", "discard", "review", "odd", input="")
    short = arida("dead-letters", "discard", "review", "odd", input="x\n")
    assert (silent.exit_code, short.exit_code) == (1, 1)
    assert "Why" in silent.output
    assert "reason" in short.stderr
    assert rows(review, "inbox_discarded") == []

    told = arida("dead-letters", "discard", "review", "odd", input="sent by mistake\n")

    assert told.exit_code == 0, told.output
    assert [row.reason for row in rows(review, "inbox_discarded")] == ["sent by mistake"]


def test_what_the_service_refuses_is_said_with_its_remedy(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    second = withdrawal()
    send(whole_bus, second, queue="review.dead")

    early = arida("dead-letters", "discard", "review", second.id, "--reason", "not wanted")
    absent = arida("dead-letters", "show", "review", "a letter?of/none")

    assert (early.exit_code, absent.exit_code) == (1, 1)
    assert "Event 1 of this subject is missing before it." in early.stderr
    assert "Retry or discard that one first." in early.stderr
    assert "review says" in absent.stderr
    assert letters(review)[0]["id"] == second.id


def test_the_status_names_what_stands_still_and_what_to_type(arida: Any, poisoned: str) -> None:
    done = arida("bus", "status", "review")

    assert done.exit_code == 1
    table = done.stdout.partition("\nreview: ")[0].splitlines()
    assert re.match(r"review +look +\d", table[-1])
    assert max(len(line) for line in table) <= 80
    for word in ("Oldest,", "seconds", "Parked", "retried", "letters", "Consumers"):
        assert any(word in line for line in table), "no head is cut off"
    assert SUBJECT in done.stdout
    assert "arida dead-letters list review" in done.stdout
    exit_code, report = status_of(arida)
    assert (exit_code, codes(report)) == (1, ["dead-letters", "subject-stopped"])
    assert (report["totals"]["dead"], report["totals"]["parked"]) == (1, 1)


def test_the_status_of_a_whole_bus_with_a_consumer_is_well(
    arida: Any, consuming: None, eventually: Callable[..., None]
) -> None:
    eventually(lambda: status_of(arida)[1]["totals"]["consumers"] == 1)

    done = arida("bus", "status", "review")

    assert done.exit_code == 0
    assert "Nothing needs an operator." in done.stdout


def test_a_queue_without_a_consumer_is_told_with_what_waits_in_it(
    arida: Any, whole_bus: Bus
) -> None:
    send(whole_bus, filed())

    exit_code, report = status_of(arida)

    assert (exit_code, codes(report)) == (1, ["no-consumer"])
    assert report["problems"][0]["count"] == report["totals"]["ready"] == 1
    assert "arida work review" in arida("bus", "status", "review").stdout


def test_each_queue_that_is_missing_is_named_by_the_status(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    gone: list[str] = []
    for name in [spec.name for spec in queues(prefix=whole_bus.prefix)]:
        delete_queue(whole_bus, name)
        gone.append(name)
        review.context.bus = BusProbe(whole_bus.url)

        exit_code, report = status_of(arida)

        assert exit_code == 1
        assert report["missing_queues"] == sorted(gone)
        assert "queue-missing" in codes(report)


def test_the_status_says_that_the_broker_is_away_and_what_is_not_known(
    arida: Any, review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = "amqp://nobody:nothing@127.0.0.1:9//"
    platform = type(review.context.platform)
    monkeypatch.setattr(platform, "bus_url", property(lambda _: away))
    review.context.bus = BusProbe(away)

    exit_code, report = status_of(arida)

    assert (exit_code, codes(report)) == (1, ["broker-away"])
    assert report["totals"]["dead"] is None
    assert re.search(r"review +look( +\d+){3}( +-){4}", arida("bus", "status", "review").stdout)


def test_a_service_that_does_not_answer_is_told_apart_from_one_that_does(arida: Any) -> None:
    done = arida("bus", "status", "review", "intake")
    listed = arida("dead-letters", "list")

    assert (done.exit_code, listed.exit_code) == (2, 2)
    assert re.search(r"intake +no answer", done.stdout)
    assert "No dead letters." in listed.stdout
    assert "audit" in listed.stderr


def test_a_command_that_is_not_let_in_says_so_and_exits_2(
    arida: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = RunFile(url="http://127.0.0.1:9", client_id="client:cli", client_secret="x")
    write_run_file(tmp_path, gone)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    done = arida("bus", "status")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "http://127.0.0.1:9" in done.stderr
    assert "DATA_DIR" in done.stderr


def test_retry_wants_letters_or_all_of_them(arida: Any) -> None:
    neither = arida("dead-letters", "retry", "review")
    both = arida("dead-letters", "retry", "review", "one", "--all")

    assert (neither.exit_code, both.exit_code) == (2, 2)
    assert "--all" in neither.stderr
