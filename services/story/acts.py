"""What an act of the story is, and what the acts share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.story.people import People

LATE = "played after its day"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act: its civil date, a line for the timeline, and how it is done.

    ``run`` returns False when it found the act done already.
    """

    on: date
    line: str
    run: Callable[[Story], bool]


@dataclass(kw_only=True)
class Story:
    """The story's facts, the people who play it, the ids found or made, the days moved to."""

    facts: dict[str, Any]
    people: People
    today: date
    ids: dict[str, str] = field(default_factory=dict)
    moved: set[date] = field(default_factory=set)

    @property
    def authority(self) -> str:
        """The code of the authority it is played in."""
        return str(self.facts["authority"])

    def dated(self, on: str | date, **body: Any) -> dict[str, Any]:
        """A body with the act's date, and a reason where the business date is past it."""
        day = on if isinstance(on, date) else date.fromisoformat(on)
        late = {"late_reason": LATE} if self.today > day else {}
        return {**body, "acted_on": day.isoformat(), **late}

    def case(self, index: int, who: str = "secretariat") -> dict[str, Any]:
        """The case of a petition as the council sees it."""
        found: dict[str, Any] = self.people.get(
            f"/review/v1/cases/{self.ids[f'petition-{index}']}", who=who
        )
        return found

    def session(self, name: str) -> dict[str, Any]:
        """A session with its items and dates as the secretariat sees it."""
        found: dict[str, Any] = self.people.get(
            f"/review/v1/sessions/{self.ids[name]}", who="secretariat"
        )
        return found
