"""The words and the colour a person sees for each state of each kind of subject.

One table per kind: state -> (label, tone). The tone picks the badge's colour in arida.css:
draft, waiting, active, good, bad, warning, over. Labels carry their kind as gettext context,
because Arabic and French agree an adjective with its noun.
"""

from collections.abc import Mapping

from shared.web.i18n import LazyText
from shared.web.i18n import lazy_pgettext as _p

StateTable = Mapping[str, tuple[LazyText, str]]

PETITION: StateTable = {
    "draft": (_p("petition", "Draft"), "draft"),
    "collecting": (_p("petition", "Collecting signatures"), "active"),
    "filed": (_p("petition", "Filed"), "good"),
    "withdrawal_requested": (_p("petition", "Withdrawal requested"), "warning"),
    "withdrawn": (_p("petition", "Withdrawn"), "over"),
    "abandoned": (_p("petition", "Abandoned"), "over"),
}
CASE: StateTable = {
    "new": (_p("case", "New"), "draft"),
    "open": (_p("case", "Opened"), "waiting"),
    "opened": (_p("case", "Opened"), "waiting"),
    "registered": (_p("case", "Registered"), "waiting"),
    "with_bureau": (_p("case", "Before the bureau"), "waiting"),
    "completion_requested": (_p("case", "Completion requested"), "warning"),
    "awaiting_completion": (_p("case", "Awaiting completion"), "warning"),
    "incomplete": (_p("case", "Awaiting completion"), "warning"),
    "completed": (_p("case", "Completed"), "waiting"),
    "admitted": (_p("case", "Admitted"), "active"),
    "accepted": (_p("case", "Accepted"), "active"),
    "refusal_decided": (_p("case", "Refusal decided, notice to be sent"), "bad"),
    "refused": (_p("case", "Refused, with reasons"), "bad"),
    "refusal_notified": (_p("case", "Refused and notified"), "bad"),
    "referred": (_p("case", "Referred to the committee"), "active"),
    "in_committee": (_p("case", "In committee"), "active"),
    "reported": (_p("case", "Committee report deposited"), "active"),
    "scheduled": (_p("case", "On the agenda"), "active"),
    "before_council": (_p("case", "Before the council"), "active"),
    "deliberated": (_p("case", "Deliberated"), "active"),
    "postponed": (_p("case", "Postponed"), "warning"),
    "approved": (_p("case", "Approved by the council"), "good"),
    "adopted": (_p("case", "Approved by the council"), "good"),
    "rejected": (_p("case", "Rejected by the council"), "bad"),
    "transmitted": (_p("case", "Decision with the governor"), "active"),
    "opposed": (_p("case", "Decision opposed by the governor"), "warning"),
    "awaiting_visa": (_p("case", "Awaiting the visa"), "waiting"),
    "enforceable": (_p("case", "Decision enforceable"), "good"),
    "enforceability_suspended": (_p("case", "Decision suspended"), "warning"),
    "follow_up": (_p("case", "Being carried out"), "good"),
    "withdrawn": (_p("case", "Withdrawn"), "over"),
    "reclassified": (_p("case", "Treated as a complaint"), "over"),
    "closed": (_p("case", "Closed"), "over"),
    "reopened": (_p("case", "Reopened"), "waiting"),
}
SESSION: StateTable = {
    "planned": (_p("session", "Planned"), "draft"),
    "called": (_p("session", "Called"), "waiting"),
    "convened": (_p("session", "Members convened"), "waiting"),
    "open": (_p("session", "Open"), "active"),
    "opened": (_p("session", "Open"), "active"),
    "postponed": (_p("session", "Postponed"), "warning"),
    "cancelled": (_p("session", "Cancelled"), "over"),
    "closed": (_p("session", "Closed"), "over"),
}
SITTING: StateTable = {
    "planned": (_p("sitting", "Planned"), "draft"),
    "called": (_p("sitting", "Called"), "waiting"),
    "quorum_met": (_p("sitting", "Quorum met"), "good"),
    "quorum_failed": (_p("sitting", "Quorum not met"), "bad"),
    "open": (_p("sitting", "Open"), "active"),
    "opened": (_p("sitting", "Open"), "active"),
    "suspended": (_p("sitting", "Suspended"), "warning"),
    "ended": (_p("sitting", "Ended"), "over"),
    "closed": (_p("sitting", "Closed"), "over"),
}
ITEM: StateTable = {
    "proposed": (_p("item", "Proposed"), "draft"),
    "accepted": (_p("item", "Accepted"), "waiting"),
    "scheduled": (_p("item", "On the agenda"), "waiting"),
    "referred": (_p("item", "In committee"), "active"),
    "reported": (_p("item", "Committee report deposited"), "active"),
    "blocked": (_p("item", "Waiting for an opinion"), "warning"),
    "under_objection": (_p("item", "Under the governor's objection"), "warning"),
    "deliberated": (_p("item", "Deliberated"), "active"),
    "adopted": (_p("item", "Adopted"), "good"),
    "rejected": (_p("item", "Rejected"), "bad"),
    "postponed": (_p("item", "Postponed"), "warning"),
    "withdrawn": (_p("item", "Withdrawn"), "over"),
}
DECISION: StateTable = {
    "drafted": (_p("decision", "Draft"), "draft"),
    "adopted": (_p("decision", "Adopted"), "good"),
    "rejected": (_p("decision", "Rejected"), "bad"),
    "transmitted": (_p("decision", "Transmitted to the governor"), "active"),
    "opposed": (_p("decision", "Opposed by the governor"), "warning"),
    "redeliberated": (_p("decision", "Deliberated again"), "active"),
    "awaiting_visa": (_p("decision", "Awaiting the visa"), "waiting"),
    "visa_refused": (_p("decision", "Visa refused"), "bad"),
    "enforceable": (_p("decision", "Enforceable"), "good"),
    "enforceability_suspended": (_p("decision", "Suspended"), "warning"),
    "suspended": (_p("decision", "Suspended"), "warning"),
    "executed": (_p("decision", "Carried out"), "good"),
    "closed": (_p("decision", "Closed"), "over"),
}
DOCUMENT: StateTable = {
    "prepared": (_p("document", "Prepared"), "draft"),
    "issued": (_p("document", "Issued"), "good"),
}
CONSULTATION: StateTable = {
    "requested": (_p("consultation", "Opinion requested"), "waiting"),
    "lapsed": (_p("consultation", "Time is over, no opinion received"), "warning"),
    "reopened": (_p("consultation", "Reopened"), "waiting"),
    "answered": (_p("consultation", "Opinion received"), "good"),
    "cancelled": (_p("consultation", "Cancelled"), "over"),
}
OPINION: StateTable = {
    "requested": (_p("opinion", "Requested"), "waiting"),
    "started": (_p("opinion", "Being drafted"), "active"),
    "drafting": (_p("opinion", "Being drafted"), "active"),
    "declined": (_p("opinion", "Declined by the body"), "over"),
    "adopted": (_p("opinion", "Adopted by the body"), "good"),
    "submitted": (_p("opinion", "Submitted to the council"), "good"),
    "answered": (_p("opinion", "Answered by the council"), "good"),
    "followed": (_p("opinion", "Followed"), "good"),
    "partly_followed": (_p("opinion", "Followed in part"), "warning"),
    "not_followed": (_p("opinion", "Not followed, with reasons"), "bad"),
    "cancelled": (_p("opinion", "Cancelled"), "over"),
}
NOTICE: StateTable = {
    "intended": (_p("notice", "To be sent"), "waiting"),
    "pending": (_p("notice", "To be sent"), "waiting"),
    "queued": (_p("notice", "To be sent"), "waiting"),
    "sent": (_p("notice", "Sent"), "active"),
    "delivered": (_p("notice", "Delivered"), "good"),
    "acknowledged": (_p("notice", "Acknowledged"), "good"),
    "failed": (_p("notice", "Not delivered"), "bad"),
    "cancelled": (_p("notice", "Cancelled"), "over"),
}
TERM: StateTable = {
    "granted": (_p("term of office", "In office"), "good"),
    "active": (_p("term of office", "In office"), "good"),
    "ended": (_p("term of office", "Ended"), "over"),
}
CLOCK: StateTable = {
    "running": (_p("deadline", "Running"), "active"),
    "paused": (_p("deadline", "Paused"), "waiting"),
    "approaching": (_p("deadline", "Approaching"), "warning"),
    "met": (_p("deadline", "Met"), "good"),
    "missed": (_p("deadline", "Missed"), "bad"),
    "cancelled": (_p("deadline", "Cancelled"), "over"),
    "moved": (_p("deadline", "Moved"), "waiting"),
}
DIVERGENCE: StateTable = {
    "open": (_p("divergence", "To be looked at"), "warning"),
}

STATES: Mapping[str, StateTable] = {
    "divergence": DIVERGENCE,
    "petition": PETITION,
    "case": CASE,
    "session": SESSION,
    "sitting": SITTING,
    "item": ITEM,
    "decision": DECISION,
    "document": DOCUMENT,
    "consultation": CONSULTATION,
    "opinion": OPINION,
    "notice": NOTICE,
    "clock": CLOCK,
    "authority": {"registered": (_p("authority", "Registered"), "good")},
    "letter": {"discarded": (_p("letter", "Passed over"), "warning")},
    "mandate": TERM,
    "membership": TERM,
    "committee": TERM,
    "body": TERM,
}
