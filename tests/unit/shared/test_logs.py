import json
import logging
import threading

import pytest
import structlog

from shared import logs


@pytest.fixture(autouse=True)
def logging_as_before():
    before = structlog.get_config()
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = root.handlers[:]
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)
    logs.clear_ids()


@pytest.fixture
def lines(capsys):
    """Configure JSON logs and return what reads the lines written since the last reading."""
    logs.configure_logs("review", "INFO")
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


log = logs.get_logger("shared.test")


def test_a_line_is_one_json_object_with_event_level_service_and_time(lines):
    log.info("case_opened", case_id="c-1")

    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "case_opened", "case_id": "c-1", "level": "info", "service": "review"}


def test_the_standard_library_s_lines_go_the_same_way(lines):
    logs.bind_ids(request_id="r-1")

    logging.getLogger("some.library").warning("connection %s lost", "a")

    (line,) = lines()
    assert (line["event"], line["level"]) == ("connection a lost", "warning")
    assert (line["logger"], line["service"]) == ("some.library", "review")
    assert line["request_id"] == "r-1"


def test_lines_below_the_level_and_chatter_of_libraries_are_left_out(lines):
    log.debug("detail")
    logging.getLogger("some.library").debug("detail")
    logging.getLogger("httpx").info("HTTP Request: GET http://localhost/?q=somebody")

    assert lines() == []


def test_bound_ids_are_on_every_line_until_cleared(lines):
    logs.bind_ids(request_id="r-1", correlation_id="k-1", event_id=None)
    log.info("one")
    logs.clear_ids()
    log.info("two")

    one, two = lines()
    assert (one["request_id"], one["correlation_id"]) == ("r-1", "k-1")
    assert "event_id" not in one
    assert "request_id" not in two


def test_ids_bound_for_a_block_are_as_before_after_it(lines):
    logs.bind_ids(request_id="r-1", service="intake")

    with logs.ids_bound(request_id="r-2", event_id="e-1"):
        assert logs.current_ids() == {"request_id": "r-2", "event_id": "e-1", "service": "intake"}

    assert logs.current_ids() == {"request_id": "r-1", "service": "intake"}
    log.info("one")
    assert lines()[0]["service"] == "intake"


def test_ids_of_one_thread_are_unknown_to_another():
    logs.bind_ids(request_id="r-1")
    seen = []

    thread = threading.Thread(target=lambda: seen.append(logs.current_ids()))
    thread.start()
    thread.join()

    assert seen == [{}]


@pytest.mark.parametrize(
    "key",
    ["name", "first_name", "name_ar", "email", "Email", "phone", "cin", "address", "password",
     "access_token", "tracking_code", "code", "X-Set-Cookie", "Authorization", "birth_date"],
)  # fmt: skip
def test_values_under_personal_keys_are_masked(lines, key):
    log.info("something_happened", **{key: "K7Q2ABC"})

    assert lines()[0][key] == "***"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("case_id", "019a0000-0000-7000-8000-000000000001"),
        ("token_id", "t-1"),
        ("status_code", 404),
        ("code", "not-found"),
        ("code", "refused"),
        ("authority", "taroudant"),
        ("queue_name", "review.events"),
        ("filename", "a.py"),
        ("count", 3),
        ("email", ""),
        ("email", None),
    ],
)
def test_ids_codes_of_refusals_and_counts_stay_readable(lines, key, value):
    log.info("something_happened", **{key: value})

    assert lines()[0][key] == value


def test_the_mask_reaches_into_what_is_nested(lines):
    log.info("something_happened", what={"people": [{"email": "x", "id": 1}], "n": 2})

    assert lines()[0]["what"] == {"people": [{"email": "***", "id": 1}], "n": 2}


@pytest.mark.parametrize(
    "personal", ["some.body@example.org", "0612345678", "+212 6 12 34 56 78", "06-12-34-56-78"]
)
def test_what_looks_personal_is_masked_anywhere(lines, personal):
    log.info("something_happened", reason=f"could not reach {personal} today")
    logging.getLogger("some.library").error("could not reach %s today", personal)

    for line in lines():
        assert personal not in json.dumps(line)
    log.info("something_happened", reason=f"could not reach {personal} today")
    assert lines()[0]["reason"] == "could not reach *** today"


def _fail():
    hidden = " ".join(["not", "to", "be", "seen"])
    raise ValueError(f"no such address: some.body@example.org {len(hidden)}")


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_shows_where_and_why_but_neither_locals_nor_addresses(capsys, as_json):
    logs.configure_logs("review", json=as_json)

    try:
        _fail()
    except ValueError:
        log.exception("request_failed")
    written = capsys.readouterr().err

    assert "_fail" in written
    assert "ValueError" in written
    assert "not to be seen" not in written
    assert "example.org" not in written


def test_sql_parameters_of_a_database_error_are_masked(lines):
    log.error("database_failed", reason="failed [SQL: INSERT] [parameters: ('Somebody', 1)]\nsee")

    assert lines()[0]["reason"] == "failed [SQL: INSERT] ***\nsee"


def test_a_terminal_gets_keys_and_values(capsys):
    logs.configure_logs("review", json=False)

    log.info("case_opened", case_id="c-1", email="x@example.org")

    written = capsys.readouterr().err
    assert "case_opened" in written
    assert "case_id=c-1" in written
    assert "email=***" in written


def test_arabic_is_written_as_it_is(capsys):
    logs.configure_logs("review")

    log.info("something_happened", reason="سبب")

    assert "سبب" in capsys.readouterr().err


def test_configuring_twice_does_not_write_lines_twice(capsys):
    logs.configure_logs("review")
    logs.configure_logs("review")

    log.info("case_opened")

    assert len(capsys.readouterr().err.splitlines()) == 1
