"""Questions from outside: every kind of question, every reading, every refusal."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time

import pytest

from shared.law.answers import answer, answer_lines

pytestmark = pytest.mark.unit

DUE = {"ask": "due", "pack": "ma-commune", "rule": "refusal-notice", "from": "2025-12-15"}
THRESHOLD = {"ask": "threshold", "pack": "ma-commune", "population": 28000}
QUORUM = {"ask": "quorum", "pack": "ma-commune", "in_office": 35, "present": 27, "call": 1}
MAJORITY = {
    "ask": "majority",
    "pack": "ma-commune",
    "basis": "votes-cast",
    "for": 24,
    "against": 1,
    "abstain": 2,
    "in_office": 35,
    "president": "for",
}
SESSION = {
    "ask": "session",
    "pack": "ma-commune",
    "bureau_decided_on": "2026-01-16",
    "ordinary_sessions": ["2026-05-07", "2026-02-05"],
}
BASES: dict[str, dict] = {
    "due": DUE,
    "threshold": THRESHOLD,
    "quorum": QUORUM,
    "majority": MAJORITY,
    "session": SESSION,
}


def ask(base: dict, **changes) -> dict:
    return json.loads(answer(json.dumps(base | changes)))


def without_words(reply: dict) -> dict:
    words = reply.pop("explanation")
    assert set(words) == {"ar", "fr", "en"}
    assert all(words.values())
    return reply


def test_a_due_answer_has_exactly_its_fields():
    assert without_words(ask(DUE)) == {
        "due_on": "2026-03-15",
        "safe_on": "2026-03-13",
        "article": "113-14 art 125",
        "skipped": [],
    }


def test_each_day_not_counted_is_given_with_its_reason():
    found = ask(DUE, rule="opposition-end", **{"from": "2026-02-12", "holidays": ["2026-02-13"]})

    assert found["due_on"] == found["safe_on"] == "2026-02-18"
    assert [skip["day"] for skip in found["skipped"]] == ["2026-02-13", "2026-02-14", "2026-02-15"]
    assert all(set(skip["why"]) == {"ar", "fr", "en"} for skip in found["skipped"])


def test_the_other_answers_have_exactly_their_fields():
    assert without_words(ask(THRESHOLD)) == {"signatures": 100, "article": "113-14 art 123"}
    assert without_words(ask(QUORUM)) == {"met": True, "needed": 18, "article": "113-14 art 42"}
    assert without_words(ask(MAJORITY)) == {
        "adopted": True,
        "needed": 13,
        "tie_broken": False,
        "article": "113-14 art 43",
    }
    assert without_words(ask(SESSION)) == {
        "session": "2026-02-05",
        "agenda_to_governor_latest": "2026-01-16",
        "notice_to_members_latest": "2026-01-26",
        "clash": False,
    }


NOT_THAT_KIND: list[object] = [None, 1.0, 1.5, -1, "x", [1], {}, "2026-02-30", 10**30, ["20260101"]]
WRONG = [
    (base, field, value)
    for base, fields in {
        "due": ("pack", "rule", "from", "holidays"),
        "threshold": ("pack", "population", "arrondissements"),
        "quorum": ("pack", "in_office", "present", "call"),
        "majority": (*("pack", "basis", "for", "against", "abstain", "in_office", "president"),),
        "session": ("pack", "bureau_decided_on", "ordinary_sessions"),
    }.items()
    for field in fields
    for value in NOT_THAT_KIND
    if not (field == "president" and value is None)
]


@pytest.mark.parametrize(("base", "field", "value"), WRONG)
def test_a_value_of_the_wrong_kind_is_refused_by_its_field(base, field, value):
    error = ask(BASES[base], **{field: value})["error"]

    assert error["field"] == field
    assert set(error["message"]) == {"ar", "fr", "en"}


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize(
    ("base", "field"),
    [
        ("threshold", "population"),
        ("quorum", "in_office"),
        ("quorum", "present"),
        ("quorum", "call"),
        ("majority", "for"),
        ("majority", "in_office"),
        ("majority", "president"),
        ("due", "from"),
        ("due", "holidays"),
    ],
)
def test_true_and_false_are_neither_numbers_nor_dates(base, field, value):
    assert ask(BASES[base], **{field: value})["error"]["field"] == field


@pytest.mark.parametrize(
    ("base", "field"),
    [(base, field) for base, question in BASES.items() for field in question],
)
def test_a_missing_field_is_named(base, field):
    question = {key: value for key, value in BASES[base].items() if key != field}

    assert json.loads(answer(json.dumps(question)))["error"]["field"] == field


@pytest.mark.parametrize(
    ("base", "changes", "field"),
    [
        ("due", {"ask": "horoscope"}, "ask"),
        ("due", {"pack": "ma-douar"}, "pack"),
        ("due", {"pack": "../ma-commune"}, "pack"),
        ("due", {"rule": "signatures"}, "rule"),
        ("due", {"rule": "bureau-meets-within"}, "rule"),
        ("due", {"from": "2015-07-01"}, "from"),
        ("due", {"from": "9999-12-30"}, "from"),
        ("due", {"from": "20260101"}, "from"),
        ("due", {"from": "2026-W01-1"}, "from"),
        ("due", {"from": "2026-1-1"}, "from"),
        ("due", {"from": "2026-01-01T00:00:00"}, "from"),
        ("due", {"from": "٢٠٢٦-٠١-٠١"}, "from"),
        ("due", {"from": "2025-02-29"}, "from"),
        ("due", {"holidays": ["2026-01-01", "soon"]}, "holidays"),
        ("due", {"holidays": "2026-01-01"}, "holidays"),
        ("quorum", {"call": 0}, "call"),
        ("quorum", {"call": 4}, "call"),
        ("quorum", {"present": 36}, "present"),
        ("majority", {"basis": "everyone"}, "basis"),
        ("majority", {"for": 33}, "in_office"),
        ("majority", {"president": "absent"}, "president"),
        ("majority", {"against": 0, "president": "against"}, "president"),
        ("majority", {"abstain": 0, "president": "abstain"}, "president"),
        ("session", {"ordinary_sessions": []}, "ordinary_sessions"),
        ("session", {"ordinary_sessions": ["2026-01-16"]}, "ordinary_sessions"),
        ("session", {"bureau_decided_on": "2015-07-01"}, "bureau_decided_on"),
        ("threshold", {"arrondissements": 1}, "arrondissements"),
    ],
)
def test_a_question_the_rules_refuse_names_the_field(base, changes, field):
    assert ask(BASES[base], **changes)["error"]["field"] == field


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "{",
        "[]",
        "3",
        "null",
        '"due"',
        '{"ask":"threshold","pack":"ma-commune","population":NaN}',
        '{"a":1}{"a":1}',
        b"\xff\xfe{}",
        "[" * 100_000,
        "{'ask': 'due'}",
    ],
)
def test_a_line_that_is_not_one_json_object_has_no_field(line):
    error = json.loads(answer(line))["error"]

    assert error["field"] is None
    assert set(error["message"]) == {"ar", "fr", "en"}


def test_a_number_of_five_thousand_digits_is_refused_by_its_field():
    line = '{"ask":"threshold","pack":"ma-commune","population":' + "9" * 5000 + "}"

    assert json.loads(answer(line))["error"]["field"] == "population"


def test_a_broken_character_in_a_value_never_breaks_the_answer():
    line = '{"ask":"due","pack":"\\ud800"}'

    assert json.loads(answer(line).encode())["error"]["field"] == "pack"


def test_a_date_whose_list_of_sessions_reaches_the_calendars_end_is_answered():
    assert ask(SESSION, ordinary_sessions=["9999-12-31"])["session"] == "9999-12-31"


class Pipe(io.BytesIO):
    """An output that remembers how much had been written at each flush."""

    def __init__(self):
        super().__init__()
        self.flushed = []

    def flush(self):
        self.flushed.append(self.getvalue().count(b"\n"))


def test_lines_are_answered_in_order_each_flushed_and_a_bad_one_stops_nothing():
    good = json.dumps(THRESHOLD).encode()
    out = Pipe()

    answer_lines([good + b"\n", b"\n", b"  \r\n", b"\xff\n", b"oops\r\n", good], out)

    replies = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [reply.get("signatures") for reply in replies] == [100, None, None, 100]
    assert out.flushed == [1, 2, 3, 4]


PROCESS = [sys.executable, "-c", "from shared.law.answers import main; raise SystemExit(main())"]


def test_a_process_answers_each_line_before_the_next_is_written():
    line = json.dumps(QUORUM).encode() + b"\n"
    with subprocess.Popen(PROCESS, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["needed"] == 18
        process.stdin.close()

        assert process.stdout.read() == b""
        assert process.wait(10) == 0


def test_a_reader_that_leaves_early_is_no_failure():
    lines = (json.dumps(QUORUM) + "\n").encode() * 2000
    with subprocess.Popen(
        PROCESS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, complaint = process.communicate(lines)

        assert (process.returncode, complaint) == (0, b"")


def test_two_thousand_answers_take_a_process_less_than_five_seconds():
    questions = [*BASES.values(), DUE | {"rule": "transmit-to-governor"}, DUE | {"pack": "x"}]
    lines = "".join(json.dumps(questions[n % len(questions)]) + "\n" for n in range(2000))
    begun = time.perf_counter()

    done = subprocess.run(PROCESS, input=lines.encode(), capture_output=True, check=True)

    assert time.perf_counter() - begun < 5
    assert done.stdout.count(b"\n") == 2000
    assert done.stderr == b""


def test_one_answer_takes_less_than_a_millisecond():
    line = json.dumps(DUE | {"rule": "transmit-to-governor"})
    answer(line)
    begun = time.process_time()

    for _ in range(200):
        answer(line)

    assert (time.process_time() - begun) / 200 < 0.001
