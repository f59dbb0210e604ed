"""Events of cases; review owns them. The case of petition X is ``case/X``."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import PersonInRole, Texts


@snapshot("case.state.v1")
class CaseSnapshot(Snapshot):
    """A petition before the council, from filing to closing.

    ``also_before`` are the committees it is before beside the first one.
    """

    state: str
    reference: str
    subject: Texts
    petitioner: str
    people: list[PersonInRole]
    filed_on: date
    law_version: str
    refusal_due_on: date
    refusal_safe_on: date
    decided_on: date | None
    reasons: list[str]
    committee: str | None
    also_before: list[str] = field(default_factory=list)


@event("case.opened.v1", after=CaseSnapshot)
class CaseOpened(Event):
    """A filed petition became a case of the council.

    ``local_rules``: the authority's own rules in force on the filing day, by rule id; the case
    keeps them, like the pack version in its snapshot, to its end.
    """

    signatures_needed: int
    signatures: int
    local_rules: dict[str, Any] = field(default_factory=dict)


@event("case.completion_requested.v1", after=CaseSnapshot)
class CompletionRequested(Event):
    """The secretariat asked the petitioners for what is missing, by codes."""

    missing: list[str]
    due_on: date


@event("case.completed.v1", after=CaseSnapshot)
class CaseCompleted(Event):
    """What was missing came in."""

    received_on: date


@event("case.admitted.v1", after=CaseSnapshot)
class CaseAdmitted(Event):
    """The bureau accepted the petition; ``session_on`` is the ordinary session it goes to.

    ``present``: the members of the bureau who decided; ``unmet`` and ``unchecked``: conditions
    that it went on without, for a reason that stays inside.
    """

    session_on: date | None
    is_clash: bool
    present: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


@event("case.session_chosen.v1", after=CaseSnapshot)
class CaseSessionChosen(Event):
    """The president chose the session of a petition accepted too late for an agenda (article 38).

    ``choice`` is this-session or next-session; the reason stays with the council. This session
    needs the governor's agreement, of ``governor_agreed_on``.
    """

    session: str
    choice: str
    reason_sha256: str
    governor_agreed_on: date | None = None


@event("case.refused.v1", after=CaseSnapshot)
class CaseRefused(Event):
    """The bureau refused the petition, with coded reasons (113-14, article 125).

    ``present``: the members of the bureau who decided.
    """

    reasons: list[str]
    present: list[str] = field(default_factory=list)


@event("case.checked.v1", after=CaseSnapshot)
class CaseChecked(Event):
    """A person judged one condition of the law: ``met``, ``not-met`` or ``not-applicable``.

    A later check of the same condition stands instead, and corrects this one. What was noted with
    it stays with the council.
    """

    condition: str
    outcome: str
    evidence_sha256: list[str]
    note_sha256: str | None = None


@event("case.refusal_notified.v1", after=CaseSnapshot)
class RefusalNotified(Event):
    """The refusal was notified to the petitioners with proof; the terms of appeal begin."""

    channel: str
    proof_sha256: str | None


@event("case.consent_recorded.v1", after=CaseSnapshot)
class ConsentRecorded(Event):
    """The petitioners agreed, or not, to have their petition handled as a complaint."""

    agrees: bool
    given_by: str
    proof_sha256: str | None


@event("case.referred.v1", after=CaseSnapshot)
class CaseReferred(Event):
    """The petition went to the competent permanent committee (113-14, article 28)."""

    committee: str


@event("case.referred_on.v1", after=CaseSnapshot)
class CaseReferredOn(Event):
    """The petition went to another committee beside those it is before (113-14, article 125).

    ``due_on`` is the last day of its report by the authority's own rule, None without one.
    """

    committee: str
    due_on: date | None


@event("case.hearing_set.v1", after=CaseSnapshot)
class HearingSet(Event):
    """The committee will hear those who filed the petition at one of its meetings.

    ``who`` is mandatary or legal-representative.
    """

    committee: str
    meeting: str
    meets_on: date
    who: str


@event("case.heard.v1", after=CaseSnapshot)
class PetitionersHeard(Event):
    """The hearing was held; ``came`` says whether the one who was invited was there.

    What was said stays with the committee.
    """

    meeting: str
    came: bool


@event("case.withdrawn.v1", after=CaseSnapshot)
class CaseWithdrawn(Event):
    """The petition was withdrawn at the petitioners' request."""


@event("case.withdrawal_refused.v1", after=CaseSnapshot)
class WithdrawalRefused(Event):
    """The withdrawal came too late; ``reason`` is a code."""

    reason: str


@event("case.reclassified.v1", after=CaseSnapshot)
class CaseReclassified(Event):
    """With the petitioners' consent the petition is handled as a complaint."""

    consented_on: date | None = None


@event("case.closed.v1", after=CaseSnapshot)
class CaseClosed(Event):
    """The case came to its end; ``outcome`` is a code."""

    outcome: str


@event("case.rectified.v1", after=CaseSnapshot)
class CaseRectified(Event):
    """The bureau's decision was corrected by a new act; ``was`` is what it said before.

    The event of the old act stands in ``corrects``; nothing is edited. ``session_on`` is the
    ordinary session that a petition accepted after all goes to.
    """

    was: str
    now: str
    decided_on: date
    reasons: list[str]
    present: list[str]
    session_on: date | None = None
    is_clash: bool = False
    reason_sha256: str | None = None


@event("case.reopened.v1", after=CaseSnapshot)
class CaseReopened(Event):
    """A closed case was opened again by a named act; ``reason`` is a code."""

    reason: str


@event("case.deadline_approaching.v1", after=CaseSnapshot)
class DeadlineApproaching(Event):
    """A term of the case ends soon; ``level`` 1 is a reminder, told above as well."""

    rule: str
    due_on: date
    level: int = 0


@event("case.deadline_missed.v1", after=CaseSnapshot)
class DeadlineMissed(Event):
    """A term of the case ended without the act it was for; ``level`` 1 when told above as well."""

    rule: str
    due_on: date
    level: int = 0


@event("case.deadline_moved.v1", after=CaseSnapshot)
class DeadlineMoved(Event):
    """A term of the case was computed anew."""

    rule: str
    due_on: date
    was_due_on: date
