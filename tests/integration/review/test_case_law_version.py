"""A case is judged to its end by the version of the rules it was opened under."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.broker.delivery import ACK
from shared.events.authorities import AuthorityChanged, AuthoritySnapshot
from shared.events.texts import Texts
from shared.law import packs
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk

OLD, NEW = "ma-commune@2015-07-23", "ma-commune@2023-11-01"
CITIZENS: dict[str, Any] = {"petitioner": "citizens", "association": None, "signatures": 120}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


@pytest.fixture
def reform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A version from 1 November 2023: refusals within one month, half the signatures."""
    folder = tmp_path / "ma-commune"
    folder.mkdir()
    (law,) = (packs.PACKS_FOLDER / "ma-commune").glob("*.toml")
    text = law.read_text(encoding="utf-8")
    (folder / law.name).write_text(text, encoding="utf-8")
    for old, new in (
        ("2015-07-23", "2023-11-01"),
        ('value = 3\nunit = "months"', 'value = 1\nunit = "months"'),
        ("value = 100, below", "value = 50, below"),
        ("    { value = 200, why", "    { value = 100, why"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "2023-11-01.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(packs, "PACKS_FOLDER", tmp_path)
    packs._starts.cache_clear()
    packs._read.cache_clear()
    yield
    packs._starts.cache_clear()
    packs._read.cache_clear()


@pytest.mark.usefixtures("reform")
def test_a_case_keeps_its_version_and_a_later_one_has_the_new_rules(desk: Desk) -> None:
    before = desk.filed("before", **CITIZENS)
    desk.today("2023-11-02")
    after = desk.filed("after", on=date(2023, 11, 2), **CITIZENS)

    old, new = desk.case(before), desk.case(after)

    assert (old.law_version, new.law_version) == (OLD, NEW)
    assert (old.signatures_needed, new.signatures_needed) == (200, 100)
    assert (old.refusal_due_on, new.refusal_due_on) == (date(2024, 1, 16), date(2023, 12, 2))


@pytest.mark.usefixtures("reform")
def test_a_holiday_decreed_after_a_reform_moves_a_case_by_its_own_version(desk: Desk) -> None:
    case = desk.filed("before", **CITIZENS)
    changed = AuthoritySnapshot(
        code="taroudant",
        state="active",
        name=Texts(fr="Taroudant", original="fr"),
        kind="commune",
        zone="Africa/Casablanca",
        languages=["ar", "fr"],
        population=80149,
        has_arrondissements=False,
        business_date=date(2023, 11, 3),
        holidays=[date(2024, 1, 16)],
        local_rules={},
    )

    told = AuthorityChanged(fields=["holidays"])
    assert desk.review.deliver(told, changed, subject="authority/taroudant") == ACK

    kept = desk.case(case)
    assert (kept.law_version, kept.refusal_due_on) == (OLD, date(2024, 1, 16))
    assert kept.refusal_safe_on == date(2024, 1, 15)
    assert desk.get(f"/cases/{case}").json["law_version"] == OLD


@pytest.mark.usefixtures("reform")
def test_what_the_reform_would_change_is_told_between_the_two_versions(desk: Desk) -> None:
    shown = desk.anyone("GET", f"/law/changes?from={OLD}&to={NEW}").json["changes"]
    listed = desk.anyone("GET", "/law/packs?authority=taroudant").json["packs"]

    changed = {(one["rule"], one["field"]) for one in shown if one["field"] != "valid_from"}
    assert changed == {("refusal-notice", "value"), ("signatures", "tiers")}
    assert {one["version"]: one["is_in_force"] for one in listed} == {OLD: True, NEW: False}


@pytest.mark.usefixtures("reform")
@pytest.mark.parametrize(
    ("received", "due_on"), [("2023-10-31", "2024-01-31"), ("2023-11-01", "2023-12-01")]
)
def test_a_question_is_answered_by_the_version_in_force_on_its_day(
    desk: Desk, received: str, due_on: str
) -> None:
    asked = {"ask": "due", "pack": "ma-commune", "rule": "refusal-notice", "from": received}

    assert desk.anyone("POST", "/law/answers", asked).json["due_on"] == due_on
