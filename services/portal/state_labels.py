"""The words and the colour a person sees for each state of each kind of subject.

One table per kind: state -> (label, tone), for the states of its workflow and no others (a test
holds that), but "new", which nobody is told of. The tone picks the badge's colour in arida.css:
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
    "given_up": (_p("petition", "Collection ended, not filed"), "over"),
}
CASE: StateTable = {
    "open": (_p("case", "Opened"), "waiting"),
    "incomplete": (_p("case", "Awaiting completion"), "warning"),
    "admitted": (_p("case", "Admitted"), "active"),
    "refused": (_p("case", "Refused, with reasons"), "bad"),
    "referred": (_p("case", "Referred to the committee"), "active"),
    "scheduled": (_p("case", "On the agenda"), "active"),
    "withdrawn": (_p("case", "Withdrawn"), "over"),
    "reclassified": (_p("case", "Treated as a complaint"), "over"),
    "closed": (_p("case", "Closed"), "over"),
}
SESSION: StateTable = {
    "planned": (_p("session", "Planned"), "draft"),
    "called": (_p("session", "Called"), "waiting"),
    "convened": (_p("session", "Members convened"), "waiting"),
    "opened": (_p("session", "Open"), "active"),
    "postponed": (_p("session", "Postponed"), "warning"),
    "refused": (_p("session", "Request refused"), "over"),
    "dropped": (_p("session", "Taken back"), "over"),
    "closed": (_p("session", "Closed"), "over"),
}
SITTING: StateTable = {
    "planned": (_p("sitting", "Planned"), "draft"),
    "quorum_met": (_p("sitting", "Quorum met"), "good"),
    "quorum_failed": (_p("sitting", "Quorum not met"), "bad"),
    "open": (_p("sitting", "Open"), "active"),
    "suspended": (_p("sitting", "Suspended"), "warning"),
    "ended": (_p("sitting", "Ended"), "over"),
}
ITEM: StateTable = {
    "proposed": (_p("item", "Proposed"), "draft"),
    "scheduled": (_p("item", "On the agenda"), "waiting"),
    "under_objection": (_p("item", "Under the governor's objection"), "warning"),
    "deliberated": (_p("item", "Deliberated"), "active"),
    "postponed": (_p("item", "Postponed"), "warning"),
}
DECISION: StateTable = {
    "drafted": (_p("decision", "Draft"), "draft"),
    "adopted": (_p("decision", "Adopted"), "good"),
    "rejected": (_p("decision", "Rejected"), "bad"),
    "transmitted": (_p("decision", "Transmitted to the governor"), "active"),
    "opposed": (_p("decision", "Opposed by the governor"), "warning"),
    "enforceable": (_p("decision", "Enforceable"), "good"),
    "enforceability_suspended": (_p("decision", "Suspended"), "warning"),
    "visa_refused": (_p("decision", "Visa refused"), "warning"),
    "redeliberated": (_p("decision", "Deliberated again"), "over"),
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
    "drafting": (_p("opinion", "Being drafted"), "active"),
    "declined": (_p("opinion", "Declined by the body"), "over"),
    "adopted": (_p("opinion", "Adopted by the body"), "good"),
    "submitted": (_p("opinion", "Submitted to the council"), "good"),
}
NOTICE: StateTable = {
    "intended": (_p("notice", "To be sent"), "waiting"),
    "sent": (_p("notice", "Sent"), "active"),
    "delivered": (_p("notice", "Delivered"), "good"),
    "acknowledged": (_p("notice", "Acknowledged"), "good"),
    "failed": (_p("notice", "Not delivered"), "bad"),
    "cancelled": (_p("notice", "Taken back before it left"), "over"),
}
_IN_OFFICE = (_p("term of office", "In office"), "good")
_ENDED = (_p("term of office", "Ended"), "over")
ERASURE: StateTable = {
    "requested": (_p("erasure", "Asked for"), "waiting"),
    "waiting": (_p("erasure", "Waiting"), "waiting"),
    "done": (_p("erasure", "Erased"), "over"),
    "refused": (_p("erasure", "Refused"), "bad"),
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
    "erasure": ERASURE,
    "redaction": {state: ERASURE[state] for state in ("waiting", "done")},
    "bounce": {"noted": (_p("bounce", "Noted"), "bad")},
    "authority": {"registered": (_p("authority", "Registered"), "good")},
    "letter": {"discarded": (_p("letter", "Passed over"), "warning")},
    "mandate": {"active": _IN_OFFICE, "ended": _ENDED},
    "membership": {"granted": _IN_OFFICE, "ended": _ENDED},
    "committee": {"active": _IN_OFFICE},
    "body": {"active": _IN_OFFICE},
}
