"""How a transaction begins: it names its authority, with which row-level security compares rows.

Nothing may be asked before that. On PostgreSQL the first question takes the name along, so that
neither the name nor the database's time costs a round trip of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ColumnElement,
    Connection,
    DateTime,
    Row,
    Select,
    Text,
    TextualSelect,
    column,
    select,
    text,
    true,
)

from shared.clock import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ENTER = "SELECT set_config('arida.authority', %(authority)s, true), now()"
# What is known of the authority is looked up by the outcome of naming it, so never before that.
ENTER_TO_ACT = (
    "SELECT set_config, now() AS moment, (SELECT row_to_json(known_authority)::text"
    " FROM known_authority WHERE known_authority.authority = set_config) AS known{alone}"
    " FROM (SELECT set_config('arida.authority', {authority}, true)) AS entered"
)
_ALONE = ", pg_try_advisory_xact_lock(hashtextextended(%(name)s, 0))"
_ENTER_SHARED = ENTER_TO_ACT.format(authority="%(authority)s", alone="")
_ENTER_ALONE = ENTER_TO_ACT.format(authority="%(authority)s", alone=_ALONE)
_COLUMNS = (column("set_config", Text), column("moment", DateTime), column("known", Text))


_Question = Select[Any] | TextualSelect


class NameTaken(Exception):
    """Another transaction holds the name that this one asked for."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A transaction that has begun, and the database's time (UTC).

    ``known`` is the JSON of what the service knows of the authority, where it came along.
    """

    session: Session
    moment: datetime
    known: str | None = None


class Entrance:
    """The beginning of one transaction, which waits for the first question.

    ``moment`` is the database's time of one that has begun already. Raises ``NameTaken`` at once
    while another transaction holds the name ``alone_with``.
    """

    def __init__(
        self,
        session: Session,
        authority: str,
        *,
        alone_with: str | None = None,
        moment: datetime | None = None,
    ) -> None:
        self._session = session
        self._authority = authority
        self._entered: Entered | None = None
        self.is_sqlite = session.get_bind().dialect.name == "sqlite"
        if self.is_sqlite or moment is not None:
            # SQLite has no names to give, one writer at a time, and one process, whose time it is.
            self._entered = Entered(session=session, moment=moment or now())
        elif alone_with is not None:
            self._enter_alone(alone_with)

    @property
    def is_open(self) -> bool:
        """Whether the authority was named already."""
        return self._entered is not None

    def open(self) -> Entered:
        """The transaction as it has begun; it begins now if nothing was asked before."""
        return self._entered or self._enter(_ENTER_SHARED, {"authority": self._authority})

    def open_with(self, statement: _Question, values: Mapping[str, object]) -> Sequence[Row[Any]]:
        """Begin with a question made by ``entering``; returns the rows that it asked for.

        Where it found nothing there is one row, of no values.
        """
        rows = self._session.connection().execute(statement, values).all()
        *_, moment, known = rows[0]
        self._entered = Entered(session=self._session, moment=moment, known=known)
        return rows

    def _enter_alone(self, name: str) -> None:
        self._enter(_ENTER_ALONE, {"authority": self._authority, "name": name})

    def _enter(self, statement: str, values: Mapping[str, str]) -> Entered:
        row = self._session.connection().exec_driver_sql(statement, dict(values)).one()
        if "name" in values and not row[3]:
            raise NameTaken
        self._entered = Entered(session=self._session, moment=row[1], known=row[2])
        return self._entered


def enter(connection: Connection, authority: str) -> datetime:
    """Name the authority of a transaction (PostgreSQL); returns the database's time (UTC)."""
    moment: datetime = connection.exec_driver_sql(ENTER, {"authority": authority}).one()[1]
    return moment


def entering(asked: Select[Any], authority: ColumnElement[str]) -> Select[Any]:
    """The question as the first of a transaction on PostgreSQL, for ``Entrance.open_with``.

    Only rows whose column ``authority`` is the name just given are asked for: thus the database
    cannot look at a row before it knows who asks.
    """
    entered = naming().subquery("entered")
    labelled = asked.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    found = labelled.where(authority == entered.c.set_config).lateral("found")
    return select(*found.c, entered.c.moment, entered.c.known).select_from(
        entered.outerjoin(found, true())
    )


def naming() -> TextualSelect:
    """Name the authority given as ``authority``; with it come the moment and what is known."""
    return text(ENTER_TO_ACT.format(authority=":authority", alone="")).columns(*_COLUMNS)
