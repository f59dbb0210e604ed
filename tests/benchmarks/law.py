"""How fast the law answers: one question in a warm process, and 2,000 of them by the command.

Every kind of question and every rule of every pack is asked in turn. The command's time holds its
start too; the bare side of it is an interpreter that starts and copies the same lines.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from shared.law.answers import answer
from shared.law.majority import matters
from shared.law.packs import PACKS, load_pack
from tests.benchmarks.figures import Figure, median_figure, percentile
from tests.benchmarks.ground import ROOT

QUESTIONS = 2000
MOST_SECONDS = 5.0
MOST_MILLISECONDS = 1.0
RUNS = 5
START = date(2023, 10, 16)
COMMAND = [sys.executable, "-m", "services.cli", "law", "answer"]
COPY = [sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read())"]


def law_figures() -> list[Figure]:
    """Milliseconds for one answer, and seconds for 2,000 by the command, in turns with a copy."""
    questions = list(itertools.islice(_questions(), QUESTIONS))
    single = _single(questions)
    pairs = [_pair("\n".join(questions) + "\n") for _ in range(RUNS + 1)][1:]
    command, copied = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        median_figure("law: one answer", "ms", single, most=MOST_MILLISECONDS),
        Figure(name="law: one answer, p99", unit="ms", value=percentile(single, 99)),
        median_figure("law: 2,000 answers by the command", "s", command, most=MOST_SECONDS),
        median_figure("law: a bare copy of the same lines", "s", copied),
    ]


def _single(questions: list[str]) -> list[float]:
    """Milliseconds of each question, all asked once before."""
    for question in questions:
        if "error" in json.loads(answer(question)):
            raise AssertionError(f"a question of the benchmark was not understood: {question}")
    taken = []
    for question in questions:
        began = time.perf_counter()
        answer(question)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _pair(lines: str) -> tuple[float, float]:
    return _seconds(COMMAND, lines), _seconds(COPY, lines)


def _seconds(command: list[str], lines: str) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
    )
    taken = time.perf_counter() - began
    if len(done.stdout.splitlines()) != QUESTIONS:
        raise AssertionError("not every question got its line")
    return taken


def _questions() -> Iterator[str]:
    """Questions without end: each kind in turn, with other numbers each time."""
    for number in itertools.count():
        for name in PACKS:
            yield from (json.dumps({"pack": name, **asked}) for asked in _of_pack(name, number))


def _of_pack(name: str, number: int) -> list[dict[str, Any]]:
    day = START + timedelta(days=number % 700)
    rules = sorted(load_pack(name, START).term_by_id)
    sessions = [(day + timedelta(days=days)).isoformat() for days in (15, 120, 240)]
    return [
        *({"ask": "due", "rule": rule, "from": day.isoformat()} for rule in rules),
        {"ask": "threshold", "population": 1000 * (number + 1), "arrondissements": False},
        {"ask": "quorum", "in_office": 35, "present": number % 36, "call": 1 + number % 3},
        {
            "ask": "majority",
            "basis": ("votes-cast", "members-in-office")[number % 2],
            "for": number % 18,
            "against": 8,
            "abstain": 1,
            "in_office": 35,
            "president": None,
        },
        *_of_council(name, number),
        {"ask": "session", "bureau_decided_on": day.isoformat(), "ordinary_sessions": sessions},
    ]


def _of_council(name: str, number: int) -> list[dict[str, Any]]:
    """Questions of composition, of each matter's majority, and of the governor's session."""
    votes = {"for": number % 18, "against": 8, "abstain": 1, "in_office": 35, "president": None}
    return [
        {
            "ask": "composition",
            "members": number % 80,
            "vice_presidents": number % 11,
            "committees": [5, number % 9, 7],
        },
        *({"ask": "majority", "matter": one, **votes} for one in matters(load_pack(name, START))),
        {
            "ask": "quorum",
            "called_by": "governor",
            "in_office": 35,
            "present": number % 36,
            "call": 1 + number % 2,
        },
    ]
