"""The authorities that identity knows, kept for a few seconds: every page shows one of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.clients import Caller
from shared.clock import civil_date, monotonic, now
from shared.errors import NotFound
from shared.web.dates import DEFAULT_ZONE

KEPT_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One authority as pages show it; ``today`` is its business date."""

    code: str
    kind: str
    name: dict[str, Any]
    today: date
    zone: str

    @property
    def is_on_another_day(self) -> bool:
        """Whether its business date is not the date on its walls."""
        return self.today != civil_date(now(), self.zone)


class AuthorityList:
    """Reads the list at most every few seconds; threads may share it."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._known: dict[str, Authority] = {}
        self._read_at: float | None = None
        self._lock = threading.Lock()

    def all(self) -> list[Authority]:
        """Every authority, in the order identity gives."""
        with self._lock:
            if self._read_at is None or monotonic() - self._read_at > KEPT_SECONDS:
                self._known = {row["code"]: _authority(row) for row in self._rows()}
                self._read_at = monotonic()
            return list(self._known.values())

    def _rows(self) -> Iterator[dict[str, Any]]:
        cursor = None
        while True:
            page = self._caller.read("identity", "/authorities", cursor=cursor)
            yield from page["authorities"]
            cursor = page.get("next_cursor")
            if not cursor:
                return

    def one(self, code: str) -> Authority:
        """One authority; raises ``NotFound`` for a code that is none."""
        found = self.find(code)
        if found is None:
            raise NotFound("Nothing was found under this id.", kind="authority")
        return found

    def find(self, code: str) -> Authority | None:
        """One authority, or None."""
        return next((one for one in self.all() if one.code == code), None)

    def forget(self) -> None:
        """Read the list again next time, for example after its date was moved."""
        with self._lock:
            self._read_at = None


def _authority(row: dict[str, Any]) -> Authority:
    zone = row.get("zone") or DEFAULT_ZONE
    today = row.get("today")
    return Authority(
        code=row["code"],
        kind=row.get("kind", "commune"),
        name=row["name"],
        today=date.fromisoformat(today) if today else civil_date(now(), zone),
        zone=zone,
    )
