"""The table of notices: after which event who is told what (texts.py, audiences.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notifications.versions import Version, by_event, by_term
from shared.events import cases, consultations, corrections, opinions, petitions, sessions
from shared.events.authorities import MembershipGranted
from shared.events.catalogue import Event
from shared.events.notice_failures import SessionNoticeFailed

PEOPLE_OF_FILE = "people-of-file"
PEOPLE_OF_CASE = "people-of-case"
SECRETARIAT = "secretariat"
PRESIDENT = "president"
ABOVE = "president-and-bureau-of-a-second-alarm"
PETITIONERS_TERM = "people-of-file-for-a-term-of-theirs"
BODY_MEMBERS = "body-members"
COUNCIL_MEMBERS = "council-members"
PERSON_CONCERNED = "person-concerned"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: an event, who is told of it, the text's key, and which facts the text shows.

    ``facts`` names fields of the event or, where it lacks them, of the state after it. A courtesy
    is not sent again when nobody knows whether the first sending arrived; a legal notice is.
    """

    handler: str
    event: type[Event]
    notice_kind: str
    tells: tuple[str, ...]
    facts: tuple[str, ...] = ()
    version: Version = by_event
    is_courtesy: bool = False


def _rule(handler: str, event: type[Event], kind: str, *tells: str, **more: Any) -> Rule:
    return Rule(handler=handler, event=event, notice_kind=kind, tells=tells, **more)


RULES: tuple[Rule, ...] = (
    _rule(
        "when_petition_filed_tell_petitioners",
        petitions.PetitionFiled,
        "petition_receipt",
        PEOPLE_OF_FILE,
        facts=("receipt", "filed_on"),
    ),
    _rule(
        "when_documents_added_tell_secretariat",
        petitions.DocumentsAdded,
        "petition_documents_added",
        SECRETARIAT,
        facts=("receipt",),
    ),
    _rule(
        "when_withdrawal_requested_tell_secretariat",
        petitions.WithdrawalRequested,
        "petition_withdrawal_requested",
        SECRETARIAT,
        PRESIDENT,
        facts=("receipt",),
    ),
    _rule(
        "when_case_opened_tell_petitioners_and_council",
        cases.CaseOpened,
        "case_opened",
        PEOPLE_OF_FILE,
        SECRETARIAT,
        PRESIDENT,
        facts=("refusal_due_on",),
    ),
    _rule(
        "when_completion_requested_tell_petitioners",
        cases.CompletionRequested,
        "case_completion_requested",
        PEOPLE_OF_FILE,
        facts=("due_on",),
    ),
    _rule(
        "when_case_completed_tell_petitioners_and_secretariat",
        cases.CaseCompleted,
        "case_completed",
        PEOPLE_OF_FILE,
        SECRETARIAT,
        facts=("received_on",),
    ),
    _rule(
        "when_case_admitted_tell_petitioners",
        cases.CaseAdmitted,
        "case_admitted",
        PEOPLE_OF_FILE,
        facts=("session_on",),
    ),
    _rule("when_case_refused_tell_petitioners", cases.CaseRefused, "case_refused", PEOPLE_OF_FILE),
    _rule(
        "when_case_referred_tell_petitioners", cases.CaseReferred, "case_referred", PEOPLE_OF_FILE
    ),
    _rule(
        "when_hearing_set_tell_petitioners",
        cases.HearingSet,
        "case_hearing_set",
        PEOPLE_OF_FILE,
        facts=("meets_on",),
    ),
    _rule(
        "when_case_withdrawn_tell_petitioners",
        cases.CaseWithdrawn,
        "case_withdrawn",
        PEOPLE_OF_FILE,
    ),
    _rule(
        "when_withdrawal_refused_tell_petitioners",
        cases.WithdrawalRefused,
        "case_withdrawal_refused",
        PEOPLE_OF_FILE,
    ),
    _rule(
        "when_deadline_approaching_tell_secretariat",
        cases.DeadlineApproaching,
        "case_deadline_approaching",
        SECRETARIAT,
        ABOVE,
        PETITIONERS_TERM,
        facts=("due_on",),
        version=by_term,
        is_courtesy=True,
    ),
    _rule(
        "when_deadline_missed_tell_secretariat",
        cases.DeadlineMissed,
        "case_deadline_missed",
        SECRETARIAT,
        ABOVE,
        facts=("due_on",),
        version=by_term,
    ),
    _rule(
        "when_consultation_requested_tell_body",
        consultations.ConsultationRequested,
        "consultation_requested",
        BODY_MEMBERS,
        facts=("due_on",),
    ),
    _rule(
        "when_consultation_lapsed_tell_body",
        consultations.ConsultationLapsed,
        "consultation_lapsed",
        BODY_MEMBERS,
        facts=("due_on",),
    ),
    _rule(
        "when_consultation_cancelled_tell_body",
        consultations.ConsultationCancelled,
        "consultation_cancelled",
        BODY_MEMBERS,
    ),
    _rule(
        "when_opinion_submitted_tell_petitioners_and_secretariat",
        opinions.OpinionSubmitted,
        "opinion_submitted",
        PEOPLE_OF_CASE,
        SECRETARIAT,
        facts=("receipt", "submitted_on"),
    ),
    _rule(
        "when_session_convened_tell_council_members",
        sessions.SessionConvened,
        "session_convened",
        COUNCIL_MEMBERS,
        facts=("opens_on",),
    ),
    _rule(
        "when_notice_failed_tell_secretariat_and_president",
        SessionNoticeFailed,
        "session_notice_failed",
        SECRETARIAT,
        PRESIDENT,
        facts=("opens_on", "latest_on"),
    ),
    _rule(
        "when_session_postponed_tell_council_members",
        sessions.SessionPostponed,
        "session_postponed",
        COUNCIL_MEMBERS,
        facts=("opens_on",),
    ),
    _rule(
        "when_item_scheduled_tell_petitioners",
        sessions.ItemScheduled,
        "item_scheduled",
        PEOPLE_OF_CASE,
        facts=("session",),
    ),
    _rule(
        "when_item_deliberated_tell_petitioners",
        sessions.ItemDeliberated,
        "item_deliberated",
        PEOPLE_OF_CASE,
        facts=("votes_for", "votes_against", "abstentions"),
    ),
    _rule(
        "when_vote_rectified_tell_petitioners",
        corrections.ItemRectified,
        "item_rectified",
        PEOPLE_OF_CASE,
        facts=("votes_for", "votes_against", "abstentions", "adopted"),
    ),
    _rule(
        "when_decision_adopted_tell_petitioners",
        sessions.DecisionAdopted,
        "decision_adopted",
        PEOPLE_OF_CASE,
    ),
    _rule(
        "when_decision_rejected_tell_petitioners",
        sessions.DecisionRejected,
        "decision_rejected",
        PEOPLE_OF_CASE,
    ),
    _rule(
        "when_decision_transmitted_tell_petitioners",
        sessions.DecisionTransmitted,
        "decision_transmitted",
        PEOPLE_OF_CASE,
        facts=("governor_receipt_on", "enforceable_if_unopposed_from"),
    ),
    _rule(
        "when_transmission_rectified_tell_petitioners",
        corrections.DecisionDatesRectified,
        "decision_dates_rectified",
        PEOPLE_OF_CASE,
        facts=("governor_receipt_on", "enforceable_if_unopposed_from"),
    ),
    _rule(
        "when_answer_rectified_tell_petitioners",
        corrections.DecisionAnswerRectified,
        "decision_answer_rectified",
        PEOPLE_OF_CASE,
        facts=("stops", "enforceable_if_unopposed_from"),
    ),
    _rule(
        "when_decision_opposed_tell_petitioners",
        sessions.DecisionOpposed,
        "decision_opposed",
        PEOPLE_OF_CASE,
    ),
    _rule(
        "when_visa_refused_tell_petitioners",
        sessions.VisaRefused,
        "decision_visa_refused",
        PEOPLE_OF_CASE,
        facts=("received_on",),
    ),
    _rule(
        "when_decision_redeliberated_tell_petitioners",
        sessions.DecisionRedeliberated,
        "decision_redeliberated",
        PEOPLE_OF_CASE,
    ),
    _rule(
        "when_case_reclassified_tell_petitioners",
        cases.CaseReclassified,
        "case_reclassified",
        PEOPLE_OF_FILE,
    ),
    _rule(
        "when_case_rectified_tell_petitioners",
        cases.CaseRectified,
        "case_rectified",
        PEOPLE_OF_FILE,
    ),
    _rule("when_case_closed_tell_petitioners", cases.CaseClosed, "case_closed", PEOPLE_OF_FILE),
    _rule(
        "when_case_reopened_tell_petitioners", cases.CaseReopened, "case_reopened", PEOPLE_OF_FILE
    ),
    _rule(
        "when_decision_enforceable_tell_petitioners",
        sessions.DecisionEnforceable,
        "decision_enforceable",
        PEOPLE_OF_CASE,
        facts=("enforceable_from",),
    ),
    _rule(
        "when_enforceability_suspended_tell_petitioners",
        sessions.EnforceabilitySuspended,
        "decision_suspended",
        PEOPLE_OF_CASE,
    ),
    _rule(
        "when_membership_granted_tell_person",
        MembershipGranted,
        "membership_granted",
        PERSON_CONCERNED,
        facts=("role", "from_on"),
        is_courtesy=True,
    ),
)

BY_KIND = {rule.notice_kind: rule for rule in RULES}
