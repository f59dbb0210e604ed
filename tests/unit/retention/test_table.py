"""The retention table speaks for every purpose of personal data, and refuses to be half."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.identity.accounts.queries import PURPOSE as ACCOUNT
from services.intake.actions import PEOPLE_PURPOSE
from services.review.council.names import PURPOSE as MEMBER
from shared.db.migrations import metadata_of
from shared.parts import WITH_DATABASE
from shared.retention.table import FOLDER, RetentionError, load_table, newest_table, read_table

pytestmark = pytest.mark.unit

GROUND = 'kind = "law"\narticle = "09-08, 3"\n'
WORDS = 'what = { ar = "أ", fr = "a", en = "a" }\nwhy = { ar = "أ", fr = "a", en = "a" }\n'
ROW = f'[[rows]]\nservice = "s"\npurpose = "p"\nsealed_by = "person"\n{WORDS}'
KEPT = 'kept_while = ["case-open"]\n'


def written(folder: Path, rows: str, *, day: str = "2026-01-01") -> Path:
    """A table of one day."""
    path = folder / f"{day}.toml"
    path.write_text(f"valid_from = 2026-01-01\n{rows}", encoding="utf-8")
    return path


def test_every_purpose_that_is_sealed_has_a_row() -> None:
    sealed = {("identity", ACCOUNT), ("intake", PEOPLE_PURPOSE), ("review", MEMBER)}
    rows = {(row.service, row.purpose) for row in newest_table().rows if row.sealed_by == "person"}

    assert rows == sealed


def test_every_service_with_a_personal_column_has_a_row() -> None:
    holding = {
        name
        for name in WITH_DATABASE
        for table in metadata_of(name).sorted_tables
        for column in table.columns
        if column.info.get("class") == "personal"
    }

    assert holding == {row.service for row in newest_table().rows if row.sealed_by == "person"}


def test_names_in_public_acts_have_a_ground_to_stay() -> None:
    row = newest_table().row("review", MEMBER)

    assert (row.stays, row.kind) == (True, "local")
    assert all(row.why.values())


def test_a_name_is_kept_until_the_days_after_are_over() -> None:
    row = newest_table().row("intake", PEOPLE_PURPOSE)

    assert row.last_day(date(2024, 2, 6)) == date(2024, 4, 6)


def test_every_day_has_a_table_in_force() -> None:
    first = min(date.fromisoformat(file.stem) for file in FOLDER.glob("*.toml"))

    assert load_table(date(2023, 10, 16)).valid_from == first
    assert load_table(date(2099, 1, 1)) == newest_table()


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (ROW + GROUND, "names what must be over"),
        (ROW + GROUND + KEPT + "days_after = -1\n", "no days below none"),
        (ROW + GROUND + KEPT + "stays = true\n", "what stays"),
        (ROW + KEPT + 'kind = "law"\n', "names its article"),
        (ROW + KEPT + 'kind = "local"\narticle = "09-08, 3"\n', "names its article"),
        (ROW + GROUND + 'kept_while = ["never-heard-of"]\n', "kept_while"),
        (2 * (ROW + GROUND + KEPT), "stands twice"),
        ((ROW + GROUND + KEPT).replace('"person"', '"authority"'), "authority's key"),
        ((ROW + GROUND + KEPT).replace("ar =", "de ="), "what"),
        (ROW + GROUND + KEPT + "stay = true\n", "stay"),
        ("rows = 1", "rows"),
        ("rows", "Expected"),
    ],
)
def test_a_table_that_nobody_could_hold_to_is_refused(
    tmp_path: Path, rows: str, fault: str
) -> None:
    with pytest.raises(RetentionError, match="2026") as refused:
        read_table(written(tmp_path, rows))

    assert fault in str(refused.value)


def test_a_table_of_another_day_than_its_name_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ROW + GROUND + KEPT, day="2027-01-01")

    with pytest.raises(RetentionError, match="names the file"):
        read_table(path)


def test_an_unknown_purpose_is_in_no_table() -> None:
    with pytest.raises(KeyError, match="review/unheard-of"):
        newest_table().row("review", "unheard-of")
