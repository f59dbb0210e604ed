"""The law as an authority's sessions meet it: which pack holds, and the days it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.sessions.models import CouncilSession, Sitting
from shared.db.authorities import AuthorityProfile
from shared.law.clock import Due, due
from shared.law.decreed_feasts import calendar_with
from shared.law.holidays import Calendar
from shared.law.local_rules import fill, in_force
from shared.law.majority import rule_for, rule_of
from shared.law.model import Majority
from shared.law.pack import Pack
from shared.law.packs import load_pack
from shared.law.quorum import Quorum, calls, quorum
from shared.law.sessions import opening_days

GOVERNOR_NOTICE = "governor-session-notice"
GOVERNOR_SECOND = "governor-second-meeting"
EXTRAORDINARY_END = "extraordinary-session-end"
REFUSAL = "request-refusal-notice"
REQUESTED = {
    "absolute-majority": "requested-session-latest",
    "governor": "governor-session-latest",
}
"""Until when a session is held, by who asked for it (articles 36 and 37)."""
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
    pack = load_pack(f"ma-{profile.kind}", on)
    return fill(pack, in_force(pack, chosen, on))


def calendar_for(profile: AuthorityProfile) -> Calendar:
    """The public holidays and the authority's own."""
    return calendar_with(profile.holidays)


def steps_before(profile: AuthorityProfile, session: CouncilSession) -> SessionSteps:
    """The last days for agenda and notice (113-14, articles 38 and 35).

    The governor's session has a notice of its own (article 37). It is held within fewer days than
    the agenda's twenty, as is one that the majority forces (article 36), so these do not bind it;
    a region has thirty days for the latter (111-14, article 39), and can keep both.
    """
    pack = pack_for(profile, session.opens_on)
    rule = pack.sessions[0]
    by_governor = session.called_by == "governor"
    notice = GOVERNOR_NOTICE if by_governor else rule.notice_rule
    has_time = _has_time_for(pack, rule.agenda_rule, session.called_by)
    return SessionSteps(
        agenda=due(pack, rule.agenda_rule, session.opens_on) if has_time else None,
        notice=due(pack, notice, session.opens_on) if notice in pack.term_by_id else None,
    )


def opening_window(profile: AuthorityProfile, opens_on: date) -> tuple[date, date] | None:
    """First and last day on which the ordinary session of a month opens (article 33).

    None in a month without one.
    """
    pack = pack_for(profile, opens_on)
    return opening_days(pack, opens_on.year, opens_on.month, holidays=calendar_for(profile))


def _has_time_for(pack: Pack, rule: str, called_by: str) -> bool:
    """Whether a session that was asked for is held late enough for a term before it."""
    latest = pack.term_by_id.get(REQUESTED.get(called_by, ""))
    return latest is None or latest.value > pack.term_by_id[rule].value


def second_call_window(profile: AuthorityProfile, first: Sitting) -> tuple[Due, Due]:
    """First and last day to send the second call (article 42)."""
    pack = pack_for(profile, first.held_on)
    earliest = due(pack, "second-call-earliest", first.held_on)
    return earliest, due(pack, "second-call-latest", first.held_on)


def governor_second_meeting(
    profile: AuthorityProfile, session: CouncilSession, first: Sitting
) -> Due | None:
    """The day after a first meeting without quorum, with any number present (article 37).

    None for a session that the governor did not ask for, or where the law sets no such day.
    """
    pack = pack_for(profile, first.held_on)
    if session.called_by != "governor" or GOVERNOR_SECOND not in pack.term_by_id:
        return None
    return due(pack, GOVERNOR_SECOND, first.held_on, holidays=calendar_for(profile))


def quorum_of(
    profile: AuthorityProfile,
    session: CouncilSession,
    on: date,
    *,
    in_office: int,
    present: int,
    call: int,
) -> Quorum:
    """The quorum of a session's call by the rules of the day; raises ``LawError``."""
    pack = pack_for(profile, on)
    return quorum(pack, in_office, present, call, called_by=session.called_by)


def calls_of(profile: AuthorityProfile, session: CouncilSession, on: date) -> int:
    """How many calls the law knows for a session: three, or the governor's two."""
    return calls(pack_for(profile, on), session.called_by)


def third_meeting(profile: AuthorityProfile, second: Sitting) -> Due:
    """The day on which the council meets whatever the number present (article 42)."""
    pack = pack_for(profile, second.held_on)
    return due(pack, "third-meeting", second.held_on, holidays=calendar_for(profile))


def last_day(profile: AuthorityProfile, session: CouncilSession) -> date | None:
    """The last day of a session that has opened; None where the law sets none.

    An ordinary session has its fifteen days, or the extension that was given (article 34); an
    extraordinary one seven working days (article 36).
    """
    if session.extended_until is not None:
        return session.extended_until
    end = session_end(profile, session)
    return end.due_on if end else None


def session_end(profile: AuthorityProfile, session: CouncilSession) -> Due | None:
    """The last day of a session before any extension; None before it has opened."""
    if session.opened_on is None:
        return None
    return end_of_kind(profile, session.session_kind, session.opened_on)


def end_of_kind(profile: AuthorityProfile, session_kind: str, opens_on: date) -> Due | None:
    """The last day of a session of a kind that opens on a day; None where the pack has no rule."""
    pack = pack_for(profile, opens_on)
    rule = "session-end" if session_kind == "ordinary" else EXTRAORDINARY_END
    if rule not in pack.term_by_id:
        return None
    return due(pack, rule, opens_on, holidays=calendar_for(profile))


def extension_latest(profile: AuthorityProfile, session: CouncilSession) -> Due:
    """The last day to which an ordinary session that has opened can be extended (article 34)."""
    pack = pack_for(profile, session.opened_on or session.opens_on)
    end = due(pack, "session-end", session.opened_on or session.opens_on).due_on
    return due(pack, "session-extension-end", end, holidays=calendar_for(profile))


def governor_latest(profile: AuthorityProfile, session: CouncilSession) -> date | None:
    """The last of the governor's eight days (article 39); None before his receipt is recorded."""
    if session.governor_received_on is None:
        return None
    pack = pack_for(profile, session.opens_on)
    return due(pack, "governor-additions", session.governor_received_on).due_on


def requested_latest(profile: AuthorityProfile, called_by: str, requested_on: date) -> Due | None:
    """The last day to hold a session that was asked for; None where the law sets none."""
    rule = REQUESTED.get(called_by, "")
    pack = pack_for(profile, requested_on)
    return due(pack, rule, requested_on) if rule in pack.term_by_id else None


def refusal_latest(profile: AuthorityProfile, session: CouncilSession) -> Due | None:
    """The last day to refuse what a third of the members asked for (article 36)."""
    pack = pack_for(profile, session.opens_on)
    if session.requested_on is None or REFUSAL not in pack.term_by_id:
        return None
    return due(pack, REFUSAL, session.requested_on)


def majority_of(profile: AuthorityProfile, matter: str | None, on: date) -> Majority:
    """The majority that a matter needs by the rules of the day; raises ``LawError`` on it."""
    return rule_for(pack_for(profile, on), matter)


def majority_by(profile: AuthorityProfile, basis: str, on: date) -> Majority:
    """The rule of a majority by its code, as it stands on a day; raises ``LawError``."""
    return rule_of(pack_for(profile, on), basis)


def majority_matters(profile: AuthorityProfile, on: date) -> list[dict[str, Any]]:
    """The matters that need another majority than that of votes cast, by the rules of a day."""
    return [
        {"id": matter.id, "name": dict(matter.name), "basis": rule.basis}
        for rule in pack_for(profile, on).majorities
        for matter in rule.matters
    ]
