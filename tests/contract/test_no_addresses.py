"""What is installed is pinned: a version, its hashes, and no word on where to fetch it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = sorted((ROOT / "requirements").glob("*.txt"))
_PIN = re.compile(r"[a-z0-9][a-z0-9-]*==[^\s;]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+")
_OPTION = re.compile(r"^\s*-(?!-hash=)", re.MULTILINE)


def _entries(text: str) -> list[str]:
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_every_requirement_has_a_version_and_hashes(path: Path) -> None:
    entries = _entries(path.read_text())

    assert entries
    assert [entry for entry in entries if not _PIN.fullmatch(entry)] == []


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_no_requirement_says_where_to_fetch_it(path: Path) -> None:
    text = path.read_text()

    assert "://" not in text
    assert " @ " not in text
    assert _OPTION.findall(text) == []


def test_what_running_needs_is_part_of_what_testing_needs() -> None:
    main, dev = ((ROOT / f"requirements/{part}.txt").read_text() for part in ("main", "dev"))

    assert set(_entries(main)) - set(_entries(dev)) == set()


def test_no_lock_file_with_addresses_is_committed() -> None:
    assert [
        name for name in ("uv.lock", "poetry.lock", "Pipfile.lock") if (ROOT / name).exists()
    ] == []
