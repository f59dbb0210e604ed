"""The rows of the table of notices about decisions and the governor's control of them."""

from __future__ import annotations

from services.notifications.notice_rule import PEOPLE_OF_CASE, Rule, tell
from shared.events import corrections, decisions

DECISION_RULES: tuple[Rule, ...] = (
    tell(
        "when_decision_adopted_tell_petitioners",
        decisions.DecisionAdopted,
        "decision_adopted",
        PEOPLE_OF_CASE,
    ),
    tell(
        "when_decision_rejected_tell_petitioners",
        decisions.DecisionRejected,
        "decision_rejected",
        PEOPLE_OF_CASE,
    ),
    tell(
        "when_decision_transmitted_tell_petitioners",
        decisions.DecisionTransmitted,
        "decision_transmitted",
        PEOPLE_OF_CASE,
        facts=("governor_receipt_on", "enforceable_if_unopposed_from"),
    ),
    tell(
        "when_transmission_rectified_tell_petitioners",
        corrections.DecisionDatesRectified,
        "decision_dates_rectified",
        PEOPLE_OF_CASE,
        facts=("governor_receipt_on", "enforceable_if_unopposed_from"),
    ),
    tell(
        "when_answer_rectified_tell_petitioners",
        corrections.DecisionAnswerRectified,
        "decision_answer_rectified",
        PEOPLE_OF_CASE,
        facts=("stops", "enforceable_if_unopposed_from"),
    ),
    tell(
        "when_decision_opposed_tell_petitioners",
        decisions.DecisionOpposed,
        "decision_opposed",
        PEOPLE_OF_CASE,
    ),
    tell(
        "when_visa_refused_tell_petitioners",
        decisions.VisaRefused,
        "decision_visa_refused",
        PEOPLE_OF_CASE,
        facts=("received_on",),
    ),
    tell(
        "when_decision_redeliberated_tell_petitioners",
        decisions.DecisionRedeliberated,
        "decision_redeliberated",
        PEOPLE_OF_CASE,
    ),
    tell(
        "when_decision_enforceable_tell_petitioners",
        decisions.DecisionEnforceable,
        "decision_enforceable",
        PEOPLE_OF_CASE,
        facts=("enforceable_from",),
    ),
    tell(
        "when_enforceability_suspended_tell_petitioners",
        decisions.EnforceabilitySuspended,
        "decision_suspended",
        PEOPLE_OF_CASE,
    ),
)
