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
        name, type_ = answer.fname, answer.ftype
        return [
            ((name(at) or b"").decode(), type_(at), None, None, None, None, None)
            for at in range(answer.nfields)
        ]
