"""Recorded acts and next steps of the law as the timeline and the legal step of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.portal import event_words, session_words, words
from services.portal.formats import role_label
from services.portal.names import name_in_own_letters
from shared.events.event_words import EVENT_WORDS
from shared.web.dates import civil_date, days_between
from shared.web.i18n import gettext as _
from shared.web.i18n import ngettext

Names = Mapping[str, Any]


def timeline_acts(
    acts: Iterable[Mapping[str, Any]], names: Names | None = None
) -> list[dict[str, Any]]:
    """The acts of a subject, oldest first, as the timeline macro takes them.

    ``names`` gives words for the ids of committees and bodies that the acts mention.
    """
    return [_act(act, names or {}) for act in acts]


def legal_step(step: Mapping[str, Any] | None, today: date | None) -> dict[str, Any] | None:
    """A case's next step as the legal-step macro takes it; None when nothing is due."""
    if not step or not step.get("act"):
        return None
    legal_on, safe_on = step.get("due_on"), step.get("safe_on")
    due_on = safe_on or legal_on
    left = days_between(today, due_on) if due_on and today else None
    return {
        "what": step.get("what") or step["act"],
        "who": words.word(words.WHO, step.get("who")),
        "due_on": due_on,
        "days_left": left,
        "article": step.get("article"),
        "explanation": step.get("explanation"),
        "consequence": step.get("missed"),
        "legal_on": legal_on if safe_on and safe_on != legal_on else None,
    }


def _act(act: Mapping[str, Any], names: Names) -> dict[str, Any]:
    kind = event_words.event_kind(str(act["type"]))
    what = act.get("what") or {}
    return {
        "title": words.word(EVENT_WORDS, kind),
        "tone": event_words.EVENT_TONES.get(kind, "active"),
        "acted_on": act["acted_on"],
        "recorded_at": act.get("recorded_at"),
        "text": _days_corrected(what) or _details(what, names),
        "by": author(act["author"]) if act.get("author") else _by(kind, act),
        "reason": act.get("because") or _reasons(what) or act.get("late_reason"),
        "is_corrected": bool(act.get("is_corrected")),
        "article": act.get("article"),
        "late_days": act.get("late_days"),
    }


def author(who: Mapping[str, Any]) -> str:
    """Who recorded a correction: the role with the name, else with the beginning of the id."""
    return f"{role_label(who['role'])} · {name_in_own_letters(who) or who['person'][:8]}"


def _by(kind: str, act: Mapping[str, Any]) -> str | None:
    """The role that acted. A case is opened by the program, but what it tells is the filing."""
    role = act.get("actor_role")
    return role_label(role) if role and kind != "case.opened" else None


def standing(found: Mapping[str, Any]) -> tuple[str, str]:
    """What a reader should see first of a petition: its decision, its item, its case."""
    if found.get("decisions"):
        return "decision", str(found["decisions"][-1]["state"])
    if any(item["state"] == "scheduled" for item in found.get("items") or []):
        return "case", "scheduled"
    return "case", str(found["state"])


def row_standing(row: Mapping[str, Any]) -> tuple[str, str]:
    """The same of a petition's row in a list: how the council decided, else where its case is."""
    decided = row.get("decision_state")
    return ("decision", str(decided)) if decided else ("case", str(row["state"]))


def _details(what: Mapping[str, Any], names: Names) -> Any:
    """The one fact that says most about an act, in words."""
    for key in ("committee", "body", "condition"):
        if what.get(key) in names:
            return names[what[key]]
    if what.get("missing"):
        return _listed(words.word(words.MISSING, code) for code in what["missing"])
    for key, table in (("recommendation", words.RECOMMENDATIONS), ("outcome", words.OUTCOMES)):
        if what.get(key):
            return words.word(table, what[key])
    if "votes_for" in what:
        return votes_text(what)
    return _counted(what.get("signatures"))


def _days_corrected(what: Mapping[str, Any]) -> str | None:
    """The old and the right day of an act whose recorded day was corrected."""
    if "was_receipt_on" in what:
        return _corrected(what["was_receipt_on"], what["governor_receipt_on"])
    if "answer" in what and "was" in what:
        answer = words.word(words.GOVERNORS_ANSWERS, what["answer"])
        return f"{answer} – {_corrected(what['was'], what['now'])}"
    if what.get("act") in session_words.DATED_ACTS:
        act = words.word(session_words.DATED_ACTS, what["act"])
        return f"{act} – {_corrected(what['was'], what['now'])}"
    return None


def _corrected(was: str, now: str) -> str:
    return _("%(was)s, corrected to %(now)s", was=civil_date(was), now=civil_date(now))


def _counted(signatures: int | None) -> str | None:
    return ngettext("%(num)s signature", "%(num)s signatures", signatures) if signatures else None


def votes_text(what: Mapping[str, Any]) -> str:
    """The count of a vote in words."""
    return _(
        "For: %(votes_for)s, against: %(votes_against)s, abstentions: %(abstentions)s",
        votes_for=what["votes_for"],
        votes_against=what["votes_against"],
        abstentions=what.get("abstentions") or 0,
    )


def _reasons(what: Mapping[str, Any]) -> str | None:
    reasons = what.get("reasons") or ([what["reason"]] if what.get("reason") else [])
    tables = {
        **session_words.ENDINGS,
        **words.REOPENINGS,
        **words.DECLINING,
        **words.REFUSAL_REASONS,
    }
    return _listed(words.word(tables, code) for code in reasons) if reasons else None


def _listed(texts: Iterable[str]) -> str:
    return " · ".join(texts)
