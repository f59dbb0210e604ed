"""The table of notices: after which event who is told what (texts.py, audiences.py)."""

from __future__ import annotations

from services.notifications.decision_rules import DECISION_RULES
from services.notifications.notice_rule import (
    ABOVE,
    BODY_MEMBERS,
    COUNCIL_MEMBERS,
    PEOPLE_OF_CASE,
    PEOPLE_OF_FILE,
    PERSON_CONCERNED,
    PETITIONERS_TERM,
    PRESIDENT,
    SECRETARIAT,
    TOLD_OF_TERM,
    Rule,
    tell,
)
from services.notifications.versions import by_new_day, by_term
from shared.events import cases, consultations, corrections, erasures, opinions, petitions, sessions
from shared.events.authorities import MembershipGranted
from shared.events.duties import SessionDutyMissed
from shared.events.notice_failures import SessionNoticeFailed
from shared.events.sittings import CountQuestioned

RULES: tuple[Rule, ...] = (
    tell(
        "when_petition_filed_tell_petitioners",
        petitions.PetitionFiled,
        "petition_receipt",
        PEOPLE_OF_FILE,
        facts=("receipt", "filed_on"),
    ),
    tell(
        "when_documents_added_tell_secretariat",
        petitions.DocumentsAdded,
        "petition_documents_added",
        SECRETARIAT,
        facts=("receipt",),
    ),
    tell(
        "when_withdrawal_requested_tell_secretariat",
        petitions.WithdrawalRequested,
        "petition_withdrawal_requested",
        SECRETARIAT,
        PRESIDENT,
        facts=("receipt",),
    ),
    tell(
        "when_case_opened_tell_petitioners_and_council",
        cases.CaseOpened,
        "case_opened",
        PEOPLE_OF_FILE,
        SECRETARIAT,
        PRESIDENT,
        facts=("refusal_due_on",),
    ),
    tell(
        "when_completion_requested_tell_petitioners",
        cases.CompletionRequested,
        "case_completion_requested",
        PEOPLE_OF_FILE,
        facts=("due_on",),
    ),
    tell(
        "when_case_completed_tell_petitioners_and_secretariat",
        cases.CaseCompleted,
        "case_completed",
        PEOPLE_OF_FILE,
        SECRETARIAT,
        facts=("received_on",),
    ),
    tell(
        "when_case_admitted_tell_petitioners",
        cases.CaseAdmitted,
        "case_admitted",
        PEOPLE_OF_FILE,
        facts=("session_on",),
    ),
    tell("when_case_refused_tell_petitioners", cases.CaseRefused, "case_refused", PEOPLE_OF_FILE),
    tell(
        "when_case_referred_tell_petitioners", cases.CaseReferred, "case_referred", PEOPLE_OF_FILE
    ),
    tell(
        "when_hearing_set_tell_petitioners",
        cases.HearingSet,
        "case_hearing_set",
        PEOPLE_OF_FILE,
        facts=("meets_on",),
    ),
    tell(
        "when_case_withdrawn_tell_petitioners",
        cases.CaseWithdrawn,
        "case_withdrawn",
        PEOPLE_OF_FILE,
    ),
    tell(
        "when_withdrawal_refused_tell_petitioners",
        cases.WithdrawalRefused,
        "case_withdrawal_refused",
        PEOPLE_OF_FILE,
    ),
    tell(
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
    tell(
        "when_deadline_missed_tell_secretariat",
        cases.DeadlineMissed,
        "case_deadline_missed",
        SECRETARIAT,
        ABOVE,
        facts=("due_on",),
        version=by_term,
    ),
    tell(
        "when_deadline_moved_correct_what_was_told",
        cases.DeadlineMoved,
        "case_deadline_moved",
        TOLD_OF_TERM,
        facts=("due_on", "was_due_on"),
        version=by_new_day,
    ),
    tell(
        "when_consultation_requested_tell_body",
        consultations.ConsultationRequested,
        "consultation_requested",
        BODY_MEMBERS,
        facts=("due_on",),
    ),
    tell(
        "when_consultation_lapsed_tell_body",
        consultations.ConsultationLapsed,
        "consultation_lapsed",
        BODY_MEMBERS,
        facts=("due_on",),
    ),
    tell(
        "when_consultation_moved_correct_what_was_told",
        consultations.ConsultationDeadlineMoved,
        "consultation_deadline_moved",
        TOLD_OF_TERM,
        facts=("due_on", "was_due_on"),
        version=by_new_day,
    ),
    tell(
        "when_consultation_cancelled_tell_body",
        consultations.ConsultationCancelled,
        "consultation_cancelled",
        BODY_MEMBERS,
    ),
    tell(
        "when_opinion_submitted_tell_petitioners_and_secretariat",
        opinions.OpinionSubmitted,
        "opinion_submitted",
        PEOPLE_OF_CASE,
        SECRETARIAT,
        facts=("receipt", "submitted_on"),
    ),
    tell(
        "when_session_convened_tell_council_members",
        sessions.SessionConvened,
        "session_convened",
        COUNCIL_MEMBERS,
        facts=("opens_on",),
    ),
    tell(
        "when_notice_failed_tell_secretariat_and_president",
        SessionNoticeFailed,
        "session_notice_failed",
        SECRETARIAT,
        PRESIDENT,
        facts=("opens_on", "latest_on"),
    ),
    tell(
        "when_duty_missed_tell_secretariat_and_president",
        SessionDutyMissed,
        "session_duty_missed",
        SECRETARIAT,
        PRESIDENT,
        facts=("opens_on", "due_on"),
    ),
    tell(
        "when_count_questioned_tell_secretariat_and_president",
        CountQuestioned,
        "sitting_count_questioned",
        SECRETARIAT,
        PRESIDENT,
        facts=("session", "held_on", "in_office", "in_office_now"),
    ),
    tell(
        "when_session_postponed_tell_council_members",
        sessions.SessionPostponed,
        "session_postponed",
        COUNCIL_MEMBERS,
        facts=("opens_on",),
    ),
    tell(
        "when_item_scheduled_tell_petitioners",
        sessions.ItemScheduled,
        "item_scheduled",
        PEOPLE_OF_CASE,
        facts=("session",),
    ),
    tell(
        "when_item_deliberated_tell_petitioners",
        sessions.ItemDeliberated,
        "item_deliberated",
        PEOPLE_OF_CASE,
        facts=("votes_for", "votes_against", "abstentions"),
    ),
    tell(
        "when_vote_rectified_tell_petitioners",
        corrections.ItemRectified,
        "item_rectified",
        PEOPLE_OF_CASE,
        facts=("votes_for", "votes_against", "abstentions", "adopted"),
    ),
    tell(
        "when_case_reclassified_tell_petitioners",
        cases.CaseReclassified,
        "case_reclassified",
        PEOPLE_OF_FILE,
    ),
    tell(
        "when_case_rectified_tell_petitioners",
        cases.CaseRectified,
        "case_rectified",
        PEOPLE_OF_FILE,
    ),
    tell("when_case_closed_tell_petitioners", cases.CaseClosed, "case_closed", PEOPLE_OF_FILE),
    tell(
        "when_case_reopened_tell_petitioners", cases.CaseReopened, "case_reopened", PEOPLE_OF_FILE
    ),
    *DECISION_RULES,
    tell(
        "when_erasure_requested_tell_secretariat",
        erasures.ErasureRequested,
        "erasure_requested",
        SECRETARIAT,
        facts=("answer_due_on",),
    ),
    tell(
        "when_erasure_put_off_tell_person",
        erasures.ErasurePutOff,
        "erasure_put_off",
        PERSON_CONCERNED,
        facts=("until_on",),
    ),
    tell(
        "when_membership_granted_tell_person",
        MembershipGranted,
        "membership_granted",
        PERSON_CONCERNED,
        facts=("role", "from_on"),
        is_courtesy=True,
    ),
)

BY_KIND = {rule.notice_kind: rule for rule in RULES}
