"""Takes a service's own subjects back from the log: each row as its event's ``after`` says it is.

What never travels (texts, names, documents) is not in the log: only a backup has it. Which column
holds which part of a snapshot says the table RECALLS in each service's recall.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, Text, Uuid, insert, inspect

from shared.db.authorities import load_authority
from shared.db.base import Subject
from shared.db.types import UtcInstant
from shared.errors import DomainError, TryLater
from shared.events.canonical import to_plain
from shared.events.envelope import Envelope
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Workflow

OWN_COLUMNS = frozenset({"id", "authority", "state", "sequence", "version"})

Find = Callable[[UnitOfWork, Envelope], "Subject | None"]
Complete = Callable[[UnitOfWork, Any, Envelope], "bool | None"]
"""Adds what else an event says to its row; False where a part of it is kept nowhere."""


class EarlierMissing(TryLater):
    """The log's event is not the next one of the row: one before it has not been taken back."""

    code = "earlier-event-first"


class NotTakenBack(DomainError):
    """The row does not come out as the event says, so nothing was changed."""

    code = "not-taken-back"


@dataclass(frozen=True, kw_only=True)
class Recall:
    """How a kind's rows follow from its events.

    ``columns`` maps fields of the snapshot to columns of another name (a field that is an id goes
    to ``<field>_id`` by itself); ``unknown`` are fields that the log cannot give back; ``complete``
    adds what other parts of the event say, once the row is there. ``acts_today``: its acts are
    always of the day on which they are recorded.
    """

    model: type[Subject]
    workflow: Workflow
    columns: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    find: Find | None = None
    complete: Complete | None = None
    acts_today: bool = False


def take_back(uow: UnitOfWork, recall: Recall, told: Envelope) -> bool:
    """Bring a row to where its next event left it; False when parts of it are not in the log.

    Raises ``EarlierMissing`` when another event comes first, ``NotTakenBack`` when the row would
    differ from the event.
    """
    found = _find(uow, recall, told)
    if (found.sequence if found else 0) + 1 != told.sequence:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=told.subject)
    row = found or _new(recall, told)
    _set(row, told, recall)
    row.state, row.sequence = told.data.to, told.sequence
    if found is None:
        _fill_blanks(row, told)
        uow.session.add(row)
    uow.session.flush()
    is_complete = recall.complete is None or recall.complete(uow, row, told) is not False
    uow.session.flush()
    is_whole = _check(row, recall, told) and is_complete
    remember(uow, told, acts_today=recall.acts_today)
    return is_whole


def _find(uow: UnitOfWork, recall: Recall, told: Envelope) -> Subject | None:
    if recall.find is not None:
        return recall.find(uow, told)
    return uow.find(recall.model, told.key)


def _new(recall: Recall, told: Envelope) -> Subject:
    row = recall.model()
    try:
        row.id = UUID(told.key)
    except ValueError:
        # A subject that is known by a code; its row's own id is nobody else's business.
        row.id = new_id()
    row.authority, row.sequence = told.authority, 0
    return row


def _set(row: Subject, told: Envelope, recall: Recall) -> None:
    columns = inspect(type(row)).columns
    said = {name: value for name, value in told.data.what.items() if name in columns}
    for name, value in told.data.after.items():
        column = recall.columns.get(name) or _column_for(name, columns)
        if column is not None:
            said[column] = value
    for column, value in said.items():
        # A snapshot may leave out what a row must have (a sitting's number): it stays as it is.
        is_left_out = value is None and not columns[column].nullable
        if column not in OWN_COLUMNS and not is_left_out:
            setattr(row, column, _converted(columns[column], value))


def _column_for(name: str, columns: Any) -> str | None:
    names = (name, f"{name}_id", "subject_line" if name == "subject" else name)
    return next((one for one in names if one in columns), None)


def _converted(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Uuid):
        return UUID(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, UtcInstant):
        return datetime.fromisoformat(value)
    return value


def _fill_blanks(row: Subject, told: Envelope) -> None:
    """What a new row must have and its event does not say: the day, the instant, or nothing."""
    for name, column in inspect(type(row)).columns.items():
        is_given = column.nullable or column.default is not None or name in OWN_COLUMNS
        if not is_given and getattr(row, name) is None:
            setattr(row, name, _blank(column, told))


def _blank(column: Column[Any], told: Envelope) -> Any:
    blanks: tuple[tuple[type[Any], Any], ...] = (
        (UtcInstant, told.time),
        (Date, told.data.acted_on),
        (Boolean, False),
        (Integer, 0),
        (Text, ""),
        (Uuid, UUID(int=0)),
    )
    return next((blank for type_, blank in blanks if isinstance(column.type, type_)), {})


def _check(row: Subject, recall: Recall, told: Envelope) -> bool:
    """Whether the row says what the event said, the parts that nobody can know left out."""
    now_says, said = to_plain(recall.workflow.state_of(row)), told.data.after
    different = {name for name in said if now_says.get(name) != said[name]}
    if different - recall.unknown:
        raise NotTakenBack(
            "%(subject)s would differ from its event in: %(fields)s.",
            subject=told.subject,
            fields=", ".join(sorted(different - recall.unknown)),
        )
    return not different


def remember(uow: UnitOfWork, told: Envelope, *, acts_today: bool = False) -> bool:
    """Enter an event of the service's own into its history; all there is to do without a row."""
    data = told.data
    uow.session.execute(
        insert(uow.base.plumbing.history).values(
            event_id=UUID(told.id),
            authority=told.authority,
            subject=told.subject,
            sequence=told.sequence,
            type=told.type,
            trigger=data.trigger,
            from_state=data.from_,
            to_state=data.to,
            acted_on=data.acted_on,
            recorded_at=told.time,
            late_days=0 if acts_today else _late_days(uow, told),
            corrects=UUID(data.corrects) if data.corrects else None,
            actor_id=told.actorid,
            actor_role=told.actorrole,
            what=data.what,
        )
    )
    return True


def _late_days(uow: UnitOfWork, told: Envelope) -> int:
    try:
        profile = load_authority(uow.session, uow.base.plumbing, told.authority)
    except TryLater:
        return 0
    return max(0, (profile.today(told.time) - told.data.acted_on).days)
