"""The law as an authority's sessions meet it: which pack holds, and the days it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.review.sessions.models import CouncilSession, Sitting
from shared.db.authorities import AuthorityProfile
from shared.law.clock import Due, due
from shared.law.holidays import Calendar, Holiday
from shared.law.local_rules import fill
from shared.law.model import Pack
from shared.law.packs import load_pack

READINGS = ("third-meeting",)
"""Rules that can be read two ways; the authority's own rules choose (law.md, 1.6)."""


@dataclass(frozen=True, kw_only=True)
class SessionSteps:
    """The last days before a session; None where the law sets none for who called it."""

    agenda: Due | None
    notice: Due | None


def pack_for(profile: AuthorityProfile, on: date) -> Pack:
    """The rules in force for an authority on a civil date, in its own reading."""
    own = profile.profile.get("local_rules") or {}
    chosen = {rule: own[rule] for rule in READINGS if rule in own}
    return fill(load_pack(f"ma-{profile.kind}", on), chosen)


def calendar_for(profile: AuthorityProfile) -> Calendar:
    """The public holidays and the authority's own."""
    return Calendar(own={day: Holiday() for day in profile.holidays})


def steps_before(profile: AuthorityProfile, session: CouncilSession) -> SessionSteps:
    """The last days for agenda and notice (113-14, articles 38 and 35).

    A session that a third, a majority or the governor asked for has shorter terms (articles 36
    and 37), so the twenty days do not bind it; the governor's has a notice of its own.
    """
    pack = pack_for(profile, session.opens_on)
    rule = pack.sessions[0]
    by_president = session.called_by == "president"
    by_governor = session.called_by == "governor"
    return SessionSteps(
        agenda=due(pack, rule.agenda_rule, session.opens_on) if by_president else None,
        notice=None if by_governor else due(pack, rule.notice_rule, session.opens_on),
    )


def second_call_window(profile: AuthorityProfile, first: Sitting) -> tuple[Due, Due]:
    """First and last day to send the second call (article 42)."""
    pack = pack_for(profile, first.held_on)
    earliest = due(pack, "second-call-earliest", first.held_on)
    return earliest, due(pack, "second-call-latest", first.held_on)


def third_meeting(profile: AuthorityProfile, second: Sitting) -> Due:
    """The day on which the council meets whatever the number present (article 42)."""
    pack = pack_for(profile, second.held_on)
    return due(pack, "third-meeting", second.held_on, holidays=calendar_for(profile))


def last_day(profile: AuthorityProfile, session: CouncilSession) -> date | None:
    """The last day of an ordinary session with its one extension (article 34); else None."""
    if session.session_kind != "ordinary" or session.opened_on is None:
        return None
    pack = pack_for(profile, session.opened_on)
    end = due(pack, "session-end", session.opened_on).due_on
    return due(pack, "session-extension-end", end, holidays=calendar_for(profile)).due_on
