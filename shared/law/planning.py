"""Backward planning: which session a petition still reaches, by when each step, what delay costs.

An accepted petition goes to the ordinary session after the bureau's decision (113-14, article 38).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.law.clock import due
from shared.law.holidays import Calendar
from shared.law.model import Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say
from shared.law.planning_sessions import Ahead, sessions_ahead
from shared.law.planning_steps import Facts, Step, steps_to


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """A session that is out of reach: its agenda had to be with the governor before today."""

    session_on: date
    agenda_latest: date
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class Postponement:
    """What missing a step costs: the session after, and how many days later it opens."""

    session_on: date
    is_planned: bool
    days_lost: int
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The way of a petition to the session it can still reach.

    ``is_planned`` is false where no such session is set yet and its day is an assumption.
    """

    session_on: date
    is_planned: bool
    is_on_agenda: bool
    article: str
    explanation: Text
    steps: tuple[Step, ...]
    passed_over: tuple[PassedOver, ...]
    postponement: Postponement


def plan(pack: Pack, facts: Facts, days: Calendar) -> Plan:
    """Return the way to the earliest session that the petition can still reach.

    ``pack`` holds the authority's own rules too. The day of the agenda decides what is in reach: it
    is the law's last day before the session; a local rule only says how long the committee has.
    """
    ahead = sessions_ahead(pack, facts, days)
    place = next(n for n, one in enumerate(ahead) if _is_in_reach(pack, facts, one))
    target, after = ahead[place], ahead[place + 1]
    agenda = pack.term_by_id[pack.sessions[0].agenda_rule]
    return Plan(
        session_on=target.opens_on,
        is_planned=target.is_planned,
        is_on_agenda=facts.booked_on is not None,
        article=pack.article_of(agenda),
        explanation=_explain(facts, target),
        steps=steps_to(pack, facts, target.opens_on, days=days),
        passed_over=tuple(
            _passed_over(pack, facts, one, is_first=one is ahead[0])
            for one in ahead[:place]
            if one.is_planned
        ),
        postponement=_postponement(target, after),
    )


def _is_in_reach(pack: Pack, facts: Facts, one: Ahead) -> bool:
    if facts.booked_on is not None:
        return one.opens_on == facts.booked_on
    return facts.today <= _agenda_latest(pack, one.opens_on)


def _agenda_latest(pack: Pack, opens_on: date) -> date:
    return due(pack, pack.sessions[0].agenda_rule, opens_on).due_on


def _explain(facts: Facts, target: Ahead) -> Text:
    if facts.booked_on is not None:
        return say("plan-booked", session=target.opens_on)
    return say("plan-session" if target.is_planned else "plan-expected", session=target.opens_on)


def _passed_over(pack: Pack, facts: Facts, one: Ahead, *, is_first: bool) -> PassedOver:
    """Say why; of the session that the law itself names, what its loss means."""
    agenda = _agenda_latest(pack, one.opens_on)
    parts = [say("plan-passed", session=one.opens_on, agenda=agenda)]
    if is_first and facts.decided_on is not None:
        clash = facts.decided_on > agenda
        parts.append(say("session-clash" if clash else "plan-passed-duty"))
    return PassedOver(session_on=one.opens_on, agenda_latest=agenda, explanation=joined(parts))


def _postponement(target: Ahead, after: Ahead) -> Postponement:
    lost = (after.opens_on - target.opens_on).days
    key = "plan-postponed" if after.is_planned else "plan-postponed-expected"
    return Postponement(
        session_on=after.opens_on,
        is_planned=after.is_planned,
        days_lost=lost,
        explanation=say(key, session=after.opens_on, length=Counted(lost, "days")),
    )
