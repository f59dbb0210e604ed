"""The steps of a petition before a session, each with its last day and the rule that sets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from shared.law.clock import Due, due
from shared.law.holidays import Calendar
from shared.law.model import Term, Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say

ORDER = ("decide", "refer", "agenda", "report", "notice")
REPORT_RULE = "committee-report-due"
ANSWER_RULE = "refusal-notice"
WHO = {
    "decide": "bureau",
    "refer": "president",
    "report": "committee-chair",
    "agenda": "president",
    "notice": "president",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a petition before the council; all are civil dates of the authority.

    ``ordinary`` are the openings of its ordinary sessions, ``booked_on`` that of the session on
    whose agenda the petition is, ``answer_by`` the safe last day for a reasoned refusal.
    """

    today: date
    ordinary: Sequence[date] = ()
    decided_on: date | None = None
    answer_by: date | None = None
    referred_on: date | None = None
    reported_on: date | None = None
    booked_on: date | None = None
    agenda_sent_on: date | None = None
    notice_sent_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its last day in law, the working day to act by, and whether it was done."""

    id: str
    who: str
    name: Text
    latest_on: date
    safe_on: date
    article: str
    rule: str
    is_local: bool
    explanation: Text
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class _Basis:
    """What sets the last day of a step."""

    latest_on: date
    term: Term
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class _Way:
    """The rules, the facts and the two days of law before one session."""

    pack: Pack
    facts: Facts
    days: Calendar
    session_on: date
    agenda: Due = field(repr=False)
    notice: Due = field(repr=False)

    @property
    def report_rule(self) -> Term | None:
        """The authority's own rule on the committee's report, if it has one."""
        return self.pack.term_by_id.get(REPORT_RULE)


def steps_to(pack: Pack, facts: Facts, session_on: date, *, days: Calendar) -> tuple[Step, ...]:
    """Return every step before a session that opens on a day, in the order they fall due."""
    rule = pack.sessions[0]
    way = _Way(
        pack=pack,
        facts=facts,
        days=days,
        session_on=session_on,
        agenda=due(pack, rule.agenda_rule, session_on, holidays=days),
        notice=due(pack, rule.notice_rule, session_on, holidays=days),
    )
    refer = _refer(way)
    found = [
        _step(way, "decide", _decide(way, refer), done_on=facts.decided_on),
        _step(way, "refer", refer, done_on=facts.referred_on),
        _step(way, "agenda", _by_law(way, way.agenda), done_on=facts.agenda_sent_on),
        _step(way, "notice", _by_law(way, way.notice), done_on=facts.notice_sent_on),
    ]
    report = _report(way)
    if report is not None:
        found.append(_step(way, "report", report, done_on=facts.reported_on))
    return tuple(sorted(found, key=lambda one: (one.latest_on, ORDER.index(one.id))))


def _by_law(way: _Way, found: Due) -> _Basis:
    term = way.pack.term_by_id[found.rule]
    return _Basis(latest_on=found.due_on, term=term, explanation=found.explanation)


def _decide(way: _Way, refer: _Basis) -> _Basis:
    """In time for the referral, and before the day by which the petitioners are owed an answer."""
    answer = way.pack.term_by_id[ANSWER_RULE]
    answer_by = way.facts.answer_by
    if answer_by is not None and way.facts.today <= answer_by < refer.latest_on:
        told = say("plan-decide-answer", day=answer_by, session=way.session_on)
        return _Basis(latest_on=answer_by, term=answer, explanation=told)
    told = say("plan-decide", session=way.session_on, agenda=way.agenda.due_on)
    agenda = way.pack.term_by_id[way.agenda.rule]
    return _Basis(latest_on=refer.latest_on, term=agenda, explanation=told)


def _refer(way: _Way) -> _Basis:
    """By the agenda; earlier where the authority's own rule gives the committee a period."""
    rule, agenda = way.report_rule, way.agenda.due_on
    answer = way.pack.term_by_id[ANSWER_RULE]
    told = say("plan-refer", agenda=agenda)
    if rule is None:
        return _Basis(latest_on=agenda, term=answer, explanation=told)
    length = Counted(rule.value, rule.unit)
    full = last_start(way.pack, rule, way.notice.due_on, days=way.days)
    if full >= agenda:
        return _Basis(latest_on=agenda, term=answer, explanation=told)
    if full < way.facts.today:
        short = say("plan-refer-short", length=length, source=rule.source)
        return _Basis(latest_on=agenda, term=answer, explanation=joined([told, short]))
    notice = way.notice.due_on
    told = say("plan-refer-full", length=length, source=rule.source, notice=notice)
    return _Basis(latest_on=full, term=rule, explanation=told)


def _report(way: _Way) -> _Basis | None:
    """By the authority's own rule, and before the documents go out; None without such a rule."""
    rule, notice = way.report_rule, way.notice.due_on
    if rule is None:
        return None
    if way.facts.referred_on is None:
        told = say("plan-report", notice=notice)
        return _Basis(latest_on=notice, term=rule, explanation=told)
    own = due(way.pack, rule.id, way.facts.referred_on, holidays=way.days)
    if own.due_on <= notice:
        return _Basis(latest_on=own.due_on, term=rule, explanation=own.explanation)
    told = say("plan-report-early", own=own.due_on, notice=notice)
    return _Basis(latest_on=notice, term=rule, explanation=told)


def last_start(pack: Pack, term: Term, end: date, *, days: Calendar) -> date:
    """Return the last day from which a forward term still ends by ``end``.

    A later start never ends earlier, so the day is found by halving.
    """
    low, high = end - timedelta(days=2 * 31 * term.value + 31), end
    while low < high:
        middle = low + timedelta(days=((high - low).days + 1) // 2)
        if due(pack, term.id, middle, holidays=days).due_on <= end:
            low = middle
        else:
            high = middle - timedelta(days=1)
    return low


def _step(way: _Way, id_: str, basis: _Basis, *, done_on: date | None) -> Step:
    names = {
        "decide": say("plan-step-decide"),
        "refer": say("plan-step-refer"),
        "report": say("plan-step-report"),
    }
    return Step(
        id=id_,
        who=WHO[id_],
        name=names.get(id_, basis.term.name),
        latest_on=basis.latest_on,
        safe_on=way.days.last_working_day(basis.latest_on),
        article=way.pack.article_of(basis.term),
        rule=basis.term.id,
        is_local=basis.term.kind == "local",
        explanation=basis.explanation,
        done_on=done_on,
        is_late=done_on is None and basis.latest_on < way.facts.today,
    )
