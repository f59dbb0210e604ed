"""The words and the colour of each recorded act in a timeline, by the event it made.

A test holds the table complete for the events that exist.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.portal.words import Words, word
from shared.web.i18n import lazy_gettext

EVENTS: Words = {
    "petition.opened": lazy_gettext("Collection of signatures began"),
    "petition.signatures_counted": lazy_gettext("Signatures counted"),
    "petition.filed": lazy_gettext("Petition filed against receipt"),
    "petition.documents_added": lazy_gettext("Documents handed in"),
    "petition.withdrawal_requested": lazy_gettext("Withdrawal requested"),
    "case.opened": lazy_gettext("Petition filed against receipt, case opened"),
    "case.completion_requested": lazy_gettext("Missing documents requested"),
    "case.completed": lazy_gettext("File completed"),
    "case.rectified": lazy_gettext("Bureau's decision corrected by a new act"),
    "case.checked": lazy_gettext("Condition checked"),
    "case.refusal_notified": lazy_gettext("Refusal notified to the petitioners"),
    "case.consent_recorded": lazy_gettext("Petitioners' word on a complaint recorded"),
    "case.admitted": lazy_gettext("Petition accepted by the bureau"),
    "case.refused": lazy_gettext("Petition refused by the bureau, with reasons"),
    "case.session_chosen": lazy_gettext("The president chose the petition's session"),
    "case.referred": lazy_gettext("Referred to the competent committee"),
    "case.withdrawn": lazy_gettext("Petition withdrawn"),
    "case.withdrawal_refused": lazy_gettext("Withdrawal came too late"),
    "case.reclassified": lazy_gettext("Handled as a complaint, with the petitioners' consent"),
    "case.closed": lazy_gettext("Case closed"),
    "case.reopened": lazy_gettext("Case opened again"),
    "case.deadline_approaching": lazy_gettext("A term ends soon"),
    "case.deadline_missed": lazy_gettext("A term was missed"),
    "case.deadline_moved": lazy_gettext("A term was computed anew"),
    "consultation.requested": lazy_gettext("Opinion asked of a consultative body"),
    "consultation.lapsed": lazy_gettext("No opinion came in time"),
    "consultation.reopened": lazy_gettext("Request for an opinion opened again"),
    "consultation.answered": lazy_gettext("Opinion received"),
    "consultation.cancelled": lazy_gettext("Request for an opinion cancelled"),
    "mandate.started": lazy_gettext("Term of office began"),
    "mandate.ended": lazy_gettext("Term of office ended"),
    "committee.formed": lazy_gettext("Committee formed"),
    "committee.reported": lazy_gettext("Committee report deposited"),
    "session.called": lazy_gettext("Session called, agenda sent to the governor"),
    "session.convened": lazy_gettext("Members convened"),
    "session.opened": lazy_gettext("Session opened with its quorum"),
    "session.agenda_received": lazy_gettext("The governor received the agenda"),
    "session.supplemented": lazy_gettext("Supplementary notice sent to the members"),
    "session.refused": lazy_gettext("Session that was asked for refused"),
    "session.extended": lazy_gettext("Session extended"),
    "session.closed": lazy_gettext("Session closed"),
    "session.postponed": lazy_gettext("Session postponed"),
    "sitting.quorum_met": lazy_gettext("Quorum met at the opening"),
    "sitting.quorum_failed": lazy_gettext("Quorum not met"),
    "sitting.opened": lazy_gettext("Further sitting opened"),
    "sitting.suspended": lazy_gettext("Sitting suspended"),
    "sitting.resumed": lazy_gettext("Sitting resumed"),
    "sitting.ended": lazy_gettext("Sitting ended"),
    "sitting.attendance_changed": lazy_gettext("A member came, left or was excused"),
    "sitting.doors_closed": lazy_gettext("Sitting continued behind closed doors"),
    "sitting.doors_opened": lazy_gettext("Sitting open to the public again"),
    "item.scheduled": lazy_gettext("Put on the agenda"),
    "item.objected": lazy_gettext("The governor objects to the item"),
    "item.objection_settled": lazy_gettext("The governor's objection ended"),
    "item.deliberated": lazy_gettext("Debated and voted"),
    "item.rectified": lazy_gettext("Recorded vote corrected by a new act"),
    "item.postponed": lazy_gettext("Agenda item postponed"),
    "decision.adopted": lazy_gettext("Decision adopted by the council"),
    "decision.rejected": lazy_gettext("Not adopted by the council"),
    "decision.dates_rectified": lazy_gettext("Dates of the transmission corrected"),
    "session.rectified": lazy_gettext("Recorded day corrected by a new act"),
    "sitting.rectified": lazy_gettext("Count at the opening corrected by a new act"),
    "decision.rectified": lazy_gettext("Decision follows the corrected vote"),
    "decision.followed_up": lazy_gettext("Carrying out: an action moved on"),
    "decision.classified": lazy_gettext("Said whether the decision needs the visa"),
    "decision.visa_granted": lazy_gettext("Visa given"),
    "decision.visa_refused": lazy_gettext("Visa refused"),
    "decision.redeliberated": lazy_gettext("Council deliberated again"),
    "decision.transmitted": lazy_gettext("Decision sent to the governor against receipt"),
    "decision.opposed": lazy_gettext("Decision opposed by the governor"),
    "decision.enforceable": lazy_gettext("Decision enforceable"),
    "decision.enforceability_suspended": lazy_gettext("Decision suspended after an opposition"),
    "document.issued": lazy_gettext("Document issued"),
    "body.formed": lazy_gettext("Consultative body set up"),
    "body.changed": lazy_gettext("Consultative body changed"),
    "opinion.started": lazy_gettext("Drafting of an opinion began"),
    "opinion.declined": lazy_gettext("Opinion declined by the body"),
    "opinion.adopted": lazy_gettext("Opinion adopted by the body"),
    "opinion.submitted": lazy_gettext("Opinion submitted to the council"),
    "notice.sent": lazy_gettext("Notice sent"),
    "notice.delivered": lazy_gettext("Notice delivered"),
    "notice.failed": lazy_gettext("Notice not delivered"),
    "notice.acknowledged": lazy_gettext("Notice opened by its reader"),
    "authority.registered": lazy_gettext("Authority joined"),
    "authority.changed": lazy_gettext("Authority's settings changed"),
    "membership.granted": lazy_gettext("Role given"),
    "membership.ended": lazy_gettext("Role ended"),
    "letter.discarded": lazy_gettext("An operator passed over an event"),
}
EVENT_TONES: Mapping[str, str] = {
    "case.refused": "bad",
    "case.completion_requested": "warning",
    "case.deadline_missed": "bad",
    "case.deadline_approaching": "warning",
    "case.deadline_moved": "waiting",
    "case.withdrawn": "draft",
    "case.withdrawal_refused": "warning",
    "case.closed": "draft",
    "consultation.lapsed": "warning",
    "consultation.answered": "good",
    "sitting.quorum_failed": "bad",
    "item.postponed": "warning",
    "session.postponed": "warning",
    "decision.adopted": "good",
    "decision.rejected": "bad",
    "decision.opposed": "bad",
    "decision.visa_refused": "bad",
    "decision.visa_granted": "good",
    "decision.enforceable": "good",
    "decision.enforceability_suspended": "warning",
    "opinion.submitted": "good",
    "opinion.declined": "draft",
    "notice.failed": "bad",
    "letter.discarded": "warning",
}


def event_kind(type_: str) -> str:
    """``case.opened`` of ``case.opened.v1``."""
    name, _, version = type_.rpartition(".")
    return name if version[:1] == "v" and version[1:].isdigit() else type_


def event_title(type_: str) -> str:
    """What an event says in a timeline."""
    return word(EVENTS, event_kind(type_))
