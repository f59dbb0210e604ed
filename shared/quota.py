"""How much one authority's files take, counted under a lock that all processes share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.errors import DomainError

_COUNT = ".used-bytes"


class QuotaExceeded(DomainError):
    """The authority's place for files is full."""

    code = "quota-exceeded"
    status = 507


@dataclass
class Account:
    """The bytes in use, changed in place while the quota is held."""

    used: int
    limit: int

    def take(self, size: int, *, must_fit: bool = True) -> None:
        """Count ``size`` more bytes; raises QuotaExceeded when they must fit and do not."""
        if must_fit and self.used + size > self.limit:
            raise QuotaExceeded(
                "There is no room left for this file: %(used)s of %(limit)s MB are used.",
                field="file",
                remedy="Ask the operator for more room.",
                used=self.used // 1024 // 1024,
                limit=self.limit // 1024 // 1024,
            )
        self.used += size


class Quota:
    """The place that the files in one folder may take, in bytes."""

    def __init__(self, folder: Path, *, limit: int) -> None:
        self._folder, self._limit = folder, limit

    @contextmanager
    def held(self) -> Iterator[Account]:
        """Give the account to one caller at a time; what it leaves there is kept.

        The kernel gives the lock back when a process dies. A missing or broken count is made
        anew from the files, so deleting it is how an operator repairs it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / _COUNT).open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            account = Account(used=self._counted(file.read()), limit=self._limit)
            # An exception keeps the old count: nothing was written then.
            yield account
            file.seek(0)
            file.truncate()
            file.write(str(account.used))

    def _counted(self, text: str) -> int:
        return int(text) if text.isdecimal() else self._measured()

    def _measured(self) -> int:
        kept = (path for path in self._folder.rglob("*") if not path.name.startswith("."))
        return sum(path.stat().st_size for path in kept if path.is_file())
