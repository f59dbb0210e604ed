"""The law as a case meets it: the rules it was opened under, and the days they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.review.cases.models import Case
from services.review.sessions.rules import calendar_for
from shared.db.authorities import AuthorityProfile
from shared.errors import InvalidInput
from shared.law.clock import Due, due
from shared.law.local_rules import fill_known, in_force
from shared.law.pack import Pack
from shared.law.packs import load_pack, load_version
from shared.law.sessions import next_session
from shared.law.thresholds import signatures_needed

REFUSAL = "refusal-notice"
BUREAU = "bureau-meets-within"
COMPLETION = "completion-answer-due"
AGENDA = "agenda-to-governor"
REPORT = "committee-report-due"
TRANSMISSION = "transmit-to-governor"
OPINION_ANSWER = "opinion-answer-due"
OPINION = "opinion-due"


@dataclass(frozen=True, kw_only=True)
class SessionAhead:
    """The ordinary session an accepted petition goes to; None where none is planned yet."""

    session_on: date | None = None
    agenda_latest: date | None = None
    is_clash: bool = False


def pack_in_force(profile: AuthorityProfile, on: date) -> Pack:
    """The rules that hold for an authority on a civil date."""
    return load_pack(f"ma-{profile.kind}", on)


def pack_of_case(case: Case) -> Pack:
    """The rules a case was opened under, the authority's own in them: it keeps them to its end."""
    pack = load_version(case.law_version)
    return fill_known(pack, case.local_rules) if case.local_rules else pack


def local_rules_on(profile: AuthorityProfile, pack: Pack, on: date) -> dict[str, dict[str, object]]:
    """The authority's own rules that hold on a civil date, as a case keeps them."""
    return in_force(pack, profile.profile.get("local_rules") or {}, on)


def usual_day(case: Case, profile: AuthorityProfile, rule: str, start: date) -> Due | None:
    """When a period ends that the authority's own rule sets; None where it has no such rule."""
    pack = pack_of_case(case)
    if rule not in pack.term_by_id:
        return None
    return due(pack, rule, start, holidays=calendar_for(profile))


def day_or_usual(
    given: date | None, case: Case, profile: AuthorityProfile, *, rule: str, start: date
) -> date:
    """The day a person gave, else that of the authority's own rule; raises ``InvalidInput``."""
    if given is not None:
        return given
    usual = usual_day(case, profile, rule, start)
    if usual is None:
        raise InvalidInput(
            "No local rule sets this day, so it must be given.",
            field="due_on",
            remedy="Give the day.",
        )
    return usual.due_on


def refusal_term(pack: Pack, profile: AuthorityProfile, filed_on: date) -> Due:
    """When a reasoned refusal must be notified (113-14, article 125), by the own calendar."""
    return due(pack, REFUSAL, filed_on, holidays=calendar_for(profile))


def session_ahead(pack: Pack, decided_on: date, ordinary: Sequence[date]) -> SessionAhead:
    """The ordinary session after the bureau's decision among those known (113-14, article 38)."""
    if not any(day > decided_on for day in ordinary):
        return SessionAhead()
    found = next_session(pack, decided_on, ordinary)
    return SessionAhead(
        session_on=found.session,
        agenda_latest=found.agenda_to_governor_latest,
        is_clash=found.clash,
    )


def signatures_of(pack: Pack, profile: AuthorityProfile, petitioner: str) -> int:
    """How many signatures a petition needs: none for associations (113-14, article 124)."""
    if petitioner == "association":
        return 0
    facts = profile.profile
    needed = signatures_needed(
        pack, facts["population"], arrondissements=facts["has_arrondissements"]
    )
    return needed.signatures
