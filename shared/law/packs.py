"""Finds rule packs: which exist, which version holds on a day, what differs between two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from shared import clock
from shared.law.errors import LawError
from shared.law.pack import Pack
from shared.law.pack_files import read_pack
from shared.law.phrases import say

PACKS_FOLDER = Path(__file__).with_name("packs")
ZONE = "Africa/Casablanca"

# A folder of dated files makes a pack: another kind of authority needs no code.
PACKS: tuple[str, ...] = tuple(
    sorted(folder.name for folder in PACKS_FOLDER.iterdir() if folder.is_dir())
)


def load_pack(name: str, on: date | None, *, field: str = "on") -> Pack:
    """Return the version of a pack in force on a civil date (None: today in Morocco).

    Raises LawError on ``pack`` for an unknown name and on ``field`` for a day before the first
    version; PackError when the file is broken.
    """
    starts = _starts(name)
    day = clock.civil_date(clock.now(), ZONE) if on is None else on
    in_force = [start for start in starts if start <= day]
    if not in_force:
        message = say("error-before-pack", pack=name, day=day, first=starts[0])
        raise LawError(field, message)
    return _read(name, in_force[-1])


def load_version(version: str, *, field: str = "version") -> Pack:
    """Return the pack of a version such as ``ma-commune@2015-07-23``; LawError on ``field``."""
    if version not in versions():
        raise LawError(field, say("error-choice", field=field, choices=", ".join(versions())))
    name, _, start = version.partition("@")
    return _read(name, date.fromisoformat(start))


def versions() -> tuple[str, ...]:
    """Return every version there is, oldest first within each pack."""
    return tuple(f"{name}@{start.isoformat()}" for name in PACKS for start in _starts(name))


def load_all() -> tuple[Pack, ...]:
    """Read and check every version; for the start of a service and for ``make check``."""
    return tuple(load_version(version) for version in versions())


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of a rule that differs between two versions (None: the rule is not there)."""

    rule: str
    field: str
    before: object
    after: object


def changes(before: Pack, after: Pack) -> tuple[Change, ...]:
    """Return what would change for a case moved from one pack to another, rule by rule."""
    return tuple(_changes(before, after))


def _changes(before: Pack, after: Pack) -> Iterator[Change]:
    old = {rule.id: asdict(rule) for rule in before.rules}
    new = {rule.id: asdict(rule) for rule in after.rules}
    for rule in dict.fromkeys((*old, *new)):
        was, now = old.get(rule, {}), new.get(rule, {})
        for field in dict.fromkeys((*was, *now)):
            if was.get(field) != now.get(field):
                yield Change(rule=rule, field=field, before=was.get(field), after=now.get(field))


@lru_cache(maxsize=64)
def _starts(name: str) -> tuple[date, ...]:
    if name not in PACKS:
        raise LawError("pack", say("error-choice", field="pack", choices=", ".join(PACKS)))
    files = (PACKS_FOLDER / name).glob("*.toml")
    return tuple(sorted(date.fromisoformat(file.stem) for file in files))


@lru_cache(maxsize=64)
def _read(name: str, start: date) -> Pack:
    return read_pack(PACKS_FOLDER / name / f"{start.isoformat()}.toml")
