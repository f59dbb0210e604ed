"""Which act the law expects next in a case, by whom and by when, and why.

No reads here: a case, its progress, the rules and the calendar in, an answer out. Where the law
sets no day the step has none; the explanation says so in three languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.review.cases.models import Case
from services.review.cases.progress import Progress
from services.review.cases.step_words import WHAT, WHY, texts
from services.review.control.models import Decision
from services.review.sessions.models import CouncilSession
from services.review.sessions.workflow import ItemState
from shared.law.clock import Due, due
from shared.law.holidays import Calendar
from shared.law.model import Text
from shared.law.pack import Pack
from shared.law.planning_steps import REPORT_RULE

DECISION_STEPS: Mapping[str, str] = {
    "adopted": "transmit",
    "transmitted": "wait",
    "opposed": "deliberate-again",
    "enforceability_suspended": "deliberate-again",
    "visa_refused": "deliberate-again",
    "redeliberated": "close",
    "enforceable": "close",
    "rejected": "close",
}
SESSION_STEPS: Mapping[str, str] = {
    "planned": "call",
    "called": "convene",
    "convened": "open",
    "opened": "deliberate",
}
WHO: Mapping[str, str] = {
    "decide": "bureau",
    "notify-refusal": "secretariat",
    "complete": "petitioner",
    "refer": "secretariat",
    "report": "committee-chair",
    "plan-session": "secretariat",
    "schedule": "secretariat",
    "call": "president",
    "convene": "president",
    "open": "council",
    "deliberate": "council",
    "deliberate-again": "council",
    "classify": "president",
    "transmit": "president",
    "wait": "governor",
    "choose-session": "president",
    "carry-out": "president",
    "settle-objection": "governor",
    "close": "secretariat",
}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The next legal step: ``due_on`` is the legal day, ``safe_on`` the day to act by."""

    act: str
    who: str
    what: Text
    explanation: Text
    article: str | None = None
    rule: str | None = None
    due_on: date | None = None
    safe_on: date | None = None
    missed: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a case, the authority's calendar, and today's business date."""

    pack: Pack
    calendar: Calendar
    today: date


def next_step(
    case: Case, progress: Progress, rules: Rules, *, session_on: date | None
) -> NextStep | None:
    """The next legal step of a case, None when it is closed.

    ``session_on`` is the ordinary session it goes to by now (None: none is planned).
    """
    find = _BY_STATE.get(case.state)
    return find(case, progress, rules, session_on) if find else None


def _decide(case: Case, _progress: Progress, rules: Rules, _on: date | None) -> NextStep:
    return _by_rule("decide", rules, "refusal-notice", case.filed_on)


def _complete(case: Case, progress: Progress, rules: Rules, on: date | None) -> NextStep:
    """The petitioners' turn until their day; then the bureau decides on the file as it is."""
    day = case.completion_due_on
    if day is None or day < rules.today:
        return _decide(case, progress, rules, on)
    return _on_day("complete", rules, "completion", day)


def _after_refusal(case: Case, progress: Progress, rules: Rules, on: date | None) -> NextStep:
    """A refusal is notified within the term that the law gives for it, then the case closes."""
    if case.refusal_notified_on is None:
        return _by_rule("notify-refusal", rules, "refusal-notice", case.filed_on)
    return _close(case, progress, rules, on)


def _refer(case: Case, progress: Progress, rules: Rules, on: date | None) -> NextStep:
    if _clashes(case, progress):
        return _on_day("choose-session", rules, "choose-session", case.session_on)
    return _before_session("refer", rules, "agenda", on)


def _clashes(case: Case, progress: Progress) -> bool:
    """Whether the president still has to choose the session of a petition that came too late."""
    return case.is_clash and progress.item is None and not progress.is_session_chosen


def _after_referral(case: Case, progress: Progress, rules: Rules, on: date | None) -> NextStep:
    if progress.decision is not None:
        return _after_vote(progress, progress.decision, rules)
    if progress.session is not None:
        return _on_agenda(case, progress, progress.session, rules)
    if _clashes(case, progress):
        return _on_day("choose-session", rules, "choose-session", case.session_on)
    if progress.awaits_report(case):
        return _report(case, progress, rules, on)
    if on is None:
        return _on_day("plan-session", rules, "session", None)
    return _by_rule("schedule", rules, rules.pack.sessions[0].agenda_rule, on)


def _report(case: Case, progress: Progress, rules: Rules, on: date | None) -> NextStep:
    """By the authority's own rule where it has one, and before the documents go out."""
    latest = _before_session("report", rules, "notice", on)
    asked = progress.report_asked_on(case)
    if REPORT_RULE not in rules.pack.term_by_id or asked is None:
        return latest
    own = _by_rule("report", rules, REPORT_RULE, asked)
    if latest.due_on is None or own.due_on is None or own.due_on <= latest.due_on:
        return own
    return latest


def _on_agenda(case: Case, progress: Progress, held: CouncilSession, rules: Rules) -> NextStep:
    """The petition is an item: the session's own steps follow, the committee's report first."""
    act = SESSION_STEPS.get(held.state, "deliberate")
    if progress.item is not None and progress.item.state == ItemState.UNDER_OBJECTION:
        return _on_day("settle-objection", rules, "settle-objection", held.opens_on)
    rule = rules.pack.sessions[0]
    if act == "call":
        return _by_rule(act, rules, rule.agenda_rule, held.opens_on)
    if act == "convene":
        if progress.awaits_report(case):
            return _report(case, progress, rules, held.opens_on)
        return _by_rule(act, rules, rule.notice_rule, held.opens_on)
    return _on_day(act, rules, "opening", held.opens_on)


def _after_vote(progress: Progress, decision: Decision, rules: Rules) -> NextStep:
    """The decision's way through the governor's control (113-14, articles 116 to 118), and on."""
    act, held = DECISION_STEPS.get(decision.state, "close"), progress.session
    if act == "close" and progress.action_due_on is not None:
        return _on_day("carry-out", rules, "carry-out", progress.action_due_on)
    if act == "transmit" and decision.visa_needed is None:
        return _classify(held, rules)
    if act == "transmit" and held is not None and held.closed_on is not None:
        return _by_rule(act, rules, "transmit-to-governor", held.closed_on)
    if act == "wait" and decision.governor_receipt_on is not None:
        rule = "enforceable-if-visa-tacit" if decision.visa_needed else "enforceable-if-unopposed"
        return _by_rule(act, rules, rule, decision.governor_receipt_on)
    return _on_day(act, rules, act, None)


def _classify(held: CouncilSession | None, rules: Rules) -> NextStep:
    """Before it goes to the governor a person says whether the decision needs the visa."""
    closed_on = held.closed_on if held else None
    day = None
    if closed_on is not None:
        term = due(rules.pack, "transmit-to-governor", closed_on, holidays=rules.calendar)
        day = term.due_on
    return _on_day("classify", rules, "classify", day)


def _close(_case: Case, _progress: Progress, rules: Rules, _on: date | None) -> NextStep:
    return _on_day("close", rules, "close", None)


def _by_rule(act: str, rules: Rules, rule: str, start: date) -> NextStep:
    """A step with a term of law: the clock gives its days and their explanation."""
    term: Due = due(rules.pack, rule, start, holidays=rules.calendar)
    return NextStep(
        act=act,
        who=WHO[act],
        what=texts(WHAT[act]),
        explanation=term.explanation,
        article=term.article,
        rule=rule,
        due_on=term.due_on,
        safe_on=term.safe_on,
        missed=term.missed,
    )


def _before_session(act: str, rules: Rules, step: str, on: date | None) -> NextStep:
    """A step without a term of its own that must be done before a step of the session."""
    if on is None:
        return _on_day(act, rules, f"{act}-no-session", None)
    rule = rules.pack.sessions[0]
    term = rule.agenda_rule if step == "agenda" else rule.notice_rule
    latest = due(rules.pack, term, on, holidays=rules.calendar)
    return _on_day(act, rules, act, latest.due_on)


def _on_day(act: str, rules: Rules, why: str, day: date | None) -> NextStep:
    """A step whose day comes from the file itself, or that has none."""
    sentence, article = WHY[why]
    written = f"{rules.pack.law.number} art {article}" if article else None
    return NextStep(
        act=act,
        who=WHO[act],
        what=texts(WHAT[act]),
        explanation=texts(sentence),
        article=written,
        due_on=day,
        safe_on=rules.calendar.last_working_day(day) if day else None,
    )


_Find = Callable[[Case, Progress, Rules, date | None], NextStep]
_BY_STATE: Mapping[str, _Find] = {
    "open": _decide,
    "incomplete": _complete,
    "admitted": _refer,
    "referred": _after_referral,
    "refused": _after_refusal,
    "withdrawn": _close,
    "reclassified": _close,
}
