"""Members of the council as facts name them: by opaque id; their names are put in at the press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A member in office on the day of a sitting."""

    person: str
    is_president: bool


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A member on a roll: ``present``, ``excused``, ``unexcused``, ``represented`` or ``left``."""

    person: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class OldMark:
    """A member whose mark was corrected: ``was`` is None for one who was not entered at all."""

    person: str
    was: str | None
    now: str


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who recorded a correction, in the role ``secretariat`` or ``president``."""

    person: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A member's vote by name: ``for``, ``against`` or ``abstain``."""

    person: str
    side: str


def people_in(facts: Any) -> Iterator[UUID]:
    """Everybody whom some facts name, by id."""
    if isinstance(facts, tuple):
        for one in facts:
            yield from people_in(one)
    elif is_dataclass(facts):
        if hasattr(facts, "person"):
            yield UUID(facts.person)
        for field in fields(facts):
            yield from people_in(getattr(facts, field.name))
