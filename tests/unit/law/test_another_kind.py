"""Another kind of authority is a folder with one file: no code knows its name.

A made-up kind, with numbers of its own for each rule, is laid beside the three packs in a copy of
the program; the copy answers for it in a process of its own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[3]
COMMUNE = Path("shared/law/packs/ma-commune/2015-07-23.toml")
DOUAR = Path("shared/law/packs/ma-douar/2015-07-23.toml")
ASK = "from shared.law.answers import main; raise SystemExit(main())"
KINDS = "from services.identity.authorities.schemas import KINDS; print(*KINDS)"
LEAN = shutil.ignore_patterns("__pycache__", "*.po", "templates", "static", "migrations")
CHANGES = (
    (r'pack = "ma-commune"', 'pack = "ma-douar"'),
    (r'authority = "commune"', 'authority = "douar"'),
    (r'number = "113-14"', 'number = "1-99"'),
    (r"value = 3\nunit = \"months\"", 'value = 1\nunit = "months"'),
    (
        r"(id = \"vice-presidents\".*?)least = 3\nmost = 10\nby_size = \[.*?\n\]",
        r"\1least = 1\nmost = 2\nby_size = [\n"
        r"    { up_to = 9, value = 1 },\n    { at_least = 11, value = 2 },\n]",
    ),
    (r"(id = \"committees-number\".*?)least = 2\nmost = 5", r"\1least = 1\nmost = 2"),
    (r"(id = \"committee-seats\".*?)least = 5", r"\1least = 3"),
    (
        r"(id = \"majority-three-quarters\".*?)basis = \"three-quarters\"(.*?)at_least = \[3, 4\]",
        r'\1basis = "two-thirds"\2at_least = [2, 3]',
    ),
    (r'id = "president-removal"', 'id = "wells"'),
    (r'citizens = "123"', 'citizens = "7"'),
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program in which the kind exists, and nothing else is changed."""
    place = tmp_path_factory.mktemp("program")
    for part in ("shared", "services"):
        shutil.copytree(ROOT / part, place / part, ignore=LEAN)
    text = (place / COMMUNE).read_text(encoding="utf-8")
    for old, new in CHANGES:
        text, times = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert times == 1, old
    (place / DOUAR).parent.mkdir()
    (place / DOUAR).write_text(text, encoding="utf-8")
    return place


def run(program: Path, code: str, told: str = "") -> str:
    """What the copy prints for some code and input."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        cwd=program,
        timeout=60,
    )
    return done.stdout


def asked(program: Path, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of the copy, each about the made-up kind."""
    lines = "\n".join(json.dumps({"pack": "ma-douar", **one}) for one in questions)
    return [json.loads(line) for line in run(program, ASK, lines).splitlines()]


def test_its_council_is_held_against_its_own_rules_of_composition(program: Path) -> None:
    sizes = [asked(program, {"ask": "composition", "members": size})[0] for size in (9, 10, 11)]
    kept, broken = asked(
        program,
        {"ask": "composition", "members": 11, "vice_presidents": 2, "committees": [3]},
        {"ask": "composition", "members": 9, "vice_presidents": 2, "committees": [3, 2, 3]},
    )

    vices = [
        next(one for one in answer["rules"] if one["rule"] == "vice-presidents") for answer in sizes
    ]
    shown = [(one["least"], one["most"], one["uncertain"]) for one in vices]
    assert shown == [(1, 1, False), (1, 2, True), (2, 2, False)]
    assert (kept["kept"], kept["findings"]) == (True, [])
    found = [(one["rule"], one["article"], one["committee"]) for one in broken["findings"]]
    assert found == [
        ("vice-presidents", "1-99 art 16", None),
        ("committees-number", "1-99 art 25", None),
        ("committee-seats", "1-99 art 25", 2),
    ]


def test_its_days_quorum_and_majorities_are_answered(program: Path) -> None:
    votes = {"against": 0, "abstain": 0, "in_office": 10, "president": None}
    refusal, quorum, carried, lost = asked(
        program,
        {"ask": "due", "rule": "refusal-notice", "from": "2024-01-31"},
        {"ask": "quorum", "in_office": 9, "present": 5, "call": 1},
        {"ask": "majority", "matter": "wells", "for": 7, **votes},
        {"ask": "majority", "matter": "wells", "for": 6, **votes},
    )

    assert (refusal["due_on"], refusal["article"]) == ("2024-02-29", "1-99 art 125")
    assert (quorum["met"], quorum["needed"]) == (True, 5)
    assert [(one["adopted"], one["needed"]) for one in (carried, lost)] == [(True, 7), (False, 7)]


def test_an_authority_of_its_kind_can_join_and_its_refusals_name_its_articles(
    program: Path,
) -> None:
    reasons = (
        "from datetime import date; from shared.law.packs import load_pack;"
        "from services.review.cases.codes import REFUSAL_REASONS;"
        "pack = load_pack('ma-douar', date(2024, 1, 1));"
        "print(REFUSAL_REASONS['not-concerned'].article_in(pack))"
    )

    assert "douar" in run(program, KINDS).split()
    assert run(program, reasons).strip() == "1-99 art 7"
