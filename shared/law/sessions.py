"""Which ordinary session an accepted petition goes to (113-14 art 38), and the steps before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.clock import due
from shared.law.clock_words import basis
from shared.law.errors import LawError
from shared.law.holidays import Calendar, calendar_of
from shared.law.model import Text
from shared.law.pack import Pack
from shared.law.phrases import joined, say


@dataclass(frozen=True, kw_only=True)
class SessionSteps:
    """The last days of the steps before a session that opens on ``opens_on``."""

    opens_on: date
    agenda_to_governor_latest: date
    notice_to_members_latest: date


@dataclass(frozen=True, kw_only=True)
class NextSession:
    """The session after a bureau's decision; ``clash`` when the agenda can no longer go in time."""

    session: date
    agenda_to_governor_latest: date
    notice_to_members_latest: date
    clash: bool
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class OrdinaryMonth:
    """Whether ordinary sessions are held in a month."""

    is_ordinary: bool
    months: tuple[int, ...]
    article: str
    explanation: Text


def next_session(
    pack: Pack, bureau_decided_on: date, ordinary_sessions: Sequence[date]
) -> NextSession:
    """Return the earliest listed session strictly after the decision, and whether time is short.

    The dates are taken as given: neither month nor weekday is checked. Raises LawError on
    ``ordinary_sessions`` when none is later.
    """
    later = [day for day in ordinary_sessions if day > bureau_decided_on]
    if not later:
        message = say("error-no-later-session", decided=bureau_decided_on)
        raise LawError("ordinary_sessions", message)
    steps = steps_before(pack, min(later))
    clash = bureau_decided_on > steps.agenda_to_governor_latest
    return NextSession(
        session=steps.opens_on,
        agenda_to_governor_latest=steps.agenda_to_governor_latest,
        notice_to_members_latest=steps.notice_to_members_latest,
        clash=clash,
        explanation=_explain(pack, bureau_decided_on, steps, clash=clash),
    )


def steps_before(pack: Pack, opens_on: date) -> SessionSteps:
    """Return the last days of the steps before a session; LawError on ``from`` near year 1."""
    rule = pack.sessions[0]
    return SessionSteps(
        opens_on=opens_on,
        agenda_to_governor_latest=due(pack, rule.agenda_rule, opens_on).due_on,
        notice_to_members_latest=due(pack, rule.notice_rule, opens_on).due_on,
    )


def is_ordinary_month(pack: Pack, month: int) -> OrdinaryMonth:
    """Return whether ordinary sessions are held in that month (1 to 12); LawError on ``month``."""
    if isinstance(month, bool) or not 1 <= month <= 12:
        raise LawError("month", say("error-month"))
    rule = pack.sessions[0]
    return OrdinaryMonth(
        is_ordinary=month in rule.months,
        months=rule.months,
        article=pack.article_of(rule),
        explanation=joined([basis(pack, rule), say("titled", name=rule.name)]),
    )


def usual_opening(
    pack: Pack, year: int, month: int, *, holidays: Collection[date] | Calendar | None = None
) -> date | None:
    """Return the day the law sets for the opening, the next working day when it is a holiday.

    None for a commune: "first week" is not defined, so a person sets the day. Raises LawError on
    ``month``.
    """
    ordinary = is_ordinary_month(pack, month).is_ordinary
    monday = pack.sessions[0].opening_monday
    if not ordinary or monday is None:
        return None
    days = calendar_of(holidays)
    first = date(year, month, 1)
    day = first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (monday - 1))
    while not days.is_working(day):
        day += timedelta(days=1)
    return day


def opening_days(
    pack: Pack, year: int, month: int, *, holidays: Collection[date] | Calendar | None = None
) -> tuple[date, date] | None:
    """Return the first and the last day on which the ordinary session of a month may open.

    Where the law names a Monday both are that day. "First week" is not defined: its widest reading
    is taken, from the first of the month to the Sunday of its first whole week. None in a month
    without an ordinary session; raises LawError on ``month``.
    """
    if not is_ordinary_month(pack, month).is_ordinary:
        return None
    usual = usual_opening(pack, year, month, holidays=holidays)
    if usual is not None:
        return usual, usual
    first = date(year, month, 1)
    return first, first + timedelta(days=(7 - first.weekday()) % 7 + 6)


def _explain(pack: Pack, decided: date, steps: SessionSteps, *, clash: bool) -> Text:
    rule = pack.sessions[0]
    agenda, notice = pack.term_by_id[rule.agenda_rule], pack.term_by_id[rule.notice_rule]
    return joined(
        [
            basis(pack, agenda),
            say("session", decided=decided, session=steps.opens_on),
            say(
                "session-steps",
                agenda=steps.agenda_to_governor_latest,
                agenda_article=say("article", article=agenda.article),
                notice=steps.notice_to_members_latest,
                notice_article=say("article", article=notice.article),
            ),
            say("session-clash" if clash else "session-no-clash"),
        ]
    )
