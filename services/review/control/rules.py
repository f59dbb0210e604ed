"""The terms of the governor's control (113-14, articles 116 to 118) for one authority."""

from __future__ import annotations

from datetime import date

from services.review.sessions.rules import calendar_for, pack_for
from shared.db.authorities import AuthorityProfile
from shared.law.clock import Due, due
from shared.law.model import Matter


def transmission(profile: AuthorityProfile, closed_on: date) -> Due:
    """When minutes and decisions must have gone to the governor (article 116)."""
    return _due(profile, "transmit-to-governor", closed_on)


def enforceability(profile: AuthorityProfile, receipt_on: date, *, visa_needed: bool) -> Due:
    """The first day on which the decision can be carried out, if the governor is silent."""
    rule = "enforceable-if-visa-tacit" if visa_needed else "enforceable-if-unopposed"
    return _due(profile, rule, receipt_on)


def control_end(profile: AuthorityProfile, receipt_on: date, *, visa_needed: bool) -> Due:
    """The governor's last day: to oppose (article 117), or to refuse the visa (article 118)."""
    rule = "visa-tacit" if visa_needed else "opposition-end"
    return _due(profile, rule, receipt_on)


def visa_article(profile: AuthorityProfile, on: date, *, visa_needed: bool) -> str:
    """The article under which a decision is classified: the visa's, or the opposition's."""
    pack = pack_for(profile, on)
    rule = pack.visas[0] if visa_needed else pack.term_by_id["opposition-end"]
    return pack.article_of(rule)


def visa_matters(profile: AuthorityProfile, on: date) -> tuple[Matter, ...]:
    """The matters whose decisions need the visa (113-14, article 118)."""
    return pack_for(profile, on).visas[0].matters


def formality(profile: AuthorityProfile, rule: str, closed_on: date) -> Due:
    """The last day of a duty after the session: posting, minutes, register (articles 273, 67)."""
    return _due(profile, rule, closed_on)


def register(profile: AuthorityProfile, closed_on: date) -> date:
    """The last day for the governor's copy of the attendance register (article 67)."""
    return _due(profile, "attendance-register", closed_on).due_on


def _due(profile: AuthorityProfile, rule: str, start: date) -> Due:
    return due(pack_for(profile, start), rule, start, holidays=calendar_for(profile))
