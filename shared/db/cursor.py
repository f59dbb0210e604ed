"""The cursor that SQLAlchemy sends its statements through on PostgreSQL."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor
from psycopg.pq import ExecStatus


class ServiceCursor(Cursor[Any]):
    """psycopg's cursor, which describes an answer by no more than SQLAlchemy asks of it."""

    @property
    def description(self) -> Any:
        """Name and type of each column as plain tuples (PEP 249); None where none came.

        psycopg makes an object of each column that looks up its type by name and size: a sixth of
        all calls of a persisted step.
        """
        answer = self.pgresult
        if answer is None or (answer.nfields == 0 and answer.status != ExecStatus.TUPLES_OK):
            return None
        unknown = (None,) * 5
        return [
            ((answer.fname(at) or b"").decode(), answer.ftype(at), *unknown)
            for at in range(answer.nfields)
        ]
