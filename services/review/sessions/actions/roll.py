"""The roll of a sitting: begun as a draft, marked member by member, then declared.

Each mark is saved at once; the same mark again adds nothing. After the opening a mark is an
arrival, a departure or an excuse, and the quorum stands (113-14, article 42).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from services.review.council.office import check_office
from services.review.council.queries import holds_office, members_in_office, seats_on
from services.review.council.workflow import OFFICES
from services.review.sessions import attendance, queries, rules
from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import CouncilSession, Sitting
from services.review.sessions.sitting_workflow import RUNNING, SittingState
from services.review.sessions.state import SITTING_WORKFLOW
from shared.errors import GuardRefused, InvalidInput
from shared.events.sittings import AttendanceChanged
from shared.unit_of_work import UnitOfWork
from shared.web.i18n import gettext_noop
from shared.workflow import Act, move, not_possible

ARTICLE = "113-14, 42"
LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one member is entered: present, excused, unexcused, represented; later also left."""

    person: UUID
    mark: str


def begin_roll(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    held_on: date | None = None,
    called_on: date | None = None,
) -> Sitting:
    """Begin the roll of the next sitting (session locked by the caller): a private draft.

    Before the opening it is the next call (article 42), afterwards a further sitting.
    """
    on = held_on or uow.today
    check_office(uow, on)
    check_held_on(uow, on)
    before = queries.sittings_of(uow.session, session.id)
    if attendance.draft_of(before) or attendance.running_of(before):
        raise GuardRefused(
            "A sitting of this session is under way: end it first.", article="113-14, 33"
        )
    call = 0 if session.state == "opened" else len(before) + 1
    if call > rules.calls_of(uow.profile, session, on):
        article = "113-14, 37" if session.called_by == "governor" else ARTICLE
        raise GuardRefused("The law knows no further call of this session.", article=article)
    check_call_sent(session, call, called_on)
    return uow.add(drafted(uow, session, call=call, held_on=on, called_on=called_on, before=before))


def drafted(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    call: int,
    held_on: date,
    called_on: date | None,
    before: Sequence[Sitting],
) -> Sitting:
    """A sitting that has not been counted yet."""
    in_office = members_in_office(uow.session, uow.authority, held_on)
    return Sitting(
        state=SittingState.PLANNED.value,
        session_id=session.id,
        number=len(before) + 1,
        call=call,
        called_on=called_on,
        held_on=held_on,
        in_office=in_office,
        present=0,
        needed=needed_of(uow, session, call, held_on=held_on, in_office=in_office),
        is_named=True,
    )


def needed_of(
    uow: UnitOfWork, session: CouncilSession, call: int, *, held_on: date, in_office: int
) -> int:
    """How many must be there; a sitting after the opening needs no quorum of its own."""
    if call == 0:
        return 0
    counted = {"in_office": in_office, "present": 0, "call": call}
    return rules.quorum_of(uow.profile, session, held_on, **counted).needed


def mark(uow: UnitOfWork, sitting: Sitting, one: Mark, **act: Any) -> Sitting:
    """Enter how a member is (sitting locked by the caller); saved at once.

    Raises ``GuardRefused`` for who is not in office on the day, or cannot be represented.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    check_member(uow, one.person, on=sitting.held_on)
    row = attendance.roll_of(uow.session, sitting.id).get(one.person)
    if sitting.state == SittingState.PLANNED:
        _enter(uow, sitting, one, row=row)
    elif sitting.state in RUNNING:
        _change(uow, sitting, one, row=row, act=act)
    else:
        raise not_possible(
            SITTING_WORKFLOW,
            sitting.state,
            gettext_noop("The sitting is not going on: nobody comes or leaves."),
        )
    return sitting


def mark_rest(uow: UnitOfWork, sitting: Sitting, mark_: str) -> Sitting:
    """Enter everybody who was not marked yet, while the roll is called."""
    check_office(uow, uow.today)
    if sitting.state != SittingState.PLANNED:
        raise not_possible(
            SITTING_WORKFLOW, sitting.state, gettext_noop("The roll of this sitting is closed.")
        )
    known = attendance.roll_of(uow.session, sitting.id)
    for person in seats_on(uow.session, uow.authority, sitting.held_on):
        if person not in known:
            _enter(uow, sitting, Mark(person=person, mark=mark_), row=None)
    return sitting


def drop_draft(uow: UnitOfWork, session: CouncilSession) -> None:
    """Forget a roll that was begun and not declared."""
    draft = attendance.draft_of(queries.sittings_of(uow.session, session.id))
    if draft is not None:
        uow.session.execute(delete(Attendance).where(Attendance.sitting_id == draft.id))
        uow.session.delete(draft)


def check_held_on(uow: UnitOfWork, held_on: date) -> None:
    """A sitting is recorded once it is held."""
    if held_on > uow.today:
        raise InvalidInput(
            "A sitting is recorded once it was held; today is %(today)s.",
            field="held_on",
            remedy="Give the day on which it was held.",
            today=uow.today,
        )


def check_call_sent(session: CouncilSession, call: int, called_on: date | None) -> None:
    """A second call has the day on which it was sent; the governor's session needs none."""
    if call == 2 and called_on is None and session.called_by != "governor":
        raise InvalidInput(
            "A second call has the day on which it was sent.",
            field="called_on",
            remedy="Give the day on which the second call was sent.",
        )


def check_member(uow: UnitOfWork, person: UUID, *, on: date) -> None:
    """Only members in office on the day of a sitting are on its roll."""
    if not holds_office(uow.session, uow.authority, person, offices=OFFICES, on=on):
        raise InvalidInput(
            "This person is not a member in office on that day.",
            field="person",
            remedy="Choose a member in office.",
            article=ARTICLE,
        )


def check_mark(uow: UnitOfWork, mark_: str, *, on: date) -> None:
    """Nobody is represented where the law lets nobody be."""
    if mark_ == "represented" and not rules.pack_for(uow.profile, on).represented:
        raise GuardRefused(
            "The law counts members who are there: nobody is represented by another.",
            article=ARTICLE,
        )


def _enter(uow: UnitOfWork, sitting: Sitting, one: Mark, *, row: Attendance | None) -> None:
    if one.mark == LEFT:
        raise not_possible(
            SITTING_WORKFLOW,
            sitting.state,
            gettext_noop("Nobody leaves before the sitting has opened."),
        )
    check_mark(uow, one.mark, on=sitting.held_on)
    if row is None:
        uow.session.add(_row(uow, sitting, one))
    elif row.mark != one.mark:
        row.mark, row.is_there = one.mark, one.mark == attendance.PRESENT
        row.recorded_by, row.recorded_at = uow.actor.id, uow.recorded_at


def _row(uow: UnitOfWork, sitting: Sitting, one: Mark) -> Attendance:
    return Attendance(
        authority=uow.authority,
        sitting_id=sitting.id,
        person_id=one.person,
        mark=one.mark,
        is_there=one.mark == attendance.PRESENT,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )


def _change(
    uow: UnitOfWork, sitting: Sitting, one: Mark, *, row: Attendance | None, act: dict[str, Any]
) -> None:
    """Enter an arrival, a departure or an excuse in a sitting that runs."""
    if not sitting.is_named:
        raise GuardRefused("This sitting was counted by number, not by name.", article=ARTICLE)
    row = row or _row(uow, sitting, Mark(person=one.person, mark="unexcused"))
    change = _change_to(uow, sitting, one, row)
    if change is None:
        return
    uow.session.add(row)
    if change in {"arrived", LEFT}:
        row.is_there = change == "arrived"
    else:
        row.mark = change
    uow.session.flush()
    there = attendance.there_now(uow.session, sitting)
    what = AttendanceChanged(person=str(one.person), change=change, there=there)
    move(SITTING_WORKFLOW, sitting, "change_attendance", uow, Act(what=what, **act))


def _change_to(uow: UnitOfWork, sitting: Sitting, one: Mark, row: Attendance) -> str | None:
    """The change that a mark makes, None where it says what is entered already."""
    if one.mark == attendance.PRESENT:
        return None if row.is_there else "arrived"
    if one.mark == LEFT:
        return LEFT if row.is_there else None
    check_mark(uow, one.mark, on=sitting.held_on)
    if row.mark == attendance.PRESENT:
        raise GuardRefused(
            "Who was there at the opening stays entered so; record that they left.",
            article=ARTICLE,
        )
    return None if row.mark == one.mark else one.mark
