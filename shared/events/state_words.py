"""The word a person reads for each state of each kind of subject.

One table per kind: the states of its workflow and no others (a test holds that), but "new", which
nobody is told of. Words carry their kind as gettext context, because Arabic and French agree an
adjective with its noun.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.web.i18n import LazyText
from shared.web.i18n import lazy_pgettext as _p

StateWords = Mapping[str, LazyText]

PETITION: StateWords = {
    "draft": _p("petition", "Draft"),
    "collecting": _p("petition", "Collecting signatures"),
    "filed": _p("petition", "Filed"),
    "given_up": _p("petition", "Collection ended, not filed"),
}
CASE: StateWords = {
    "open": _p("case", "Opened"),
    "incomplete": _p("case", "Awaiting completion"),
    "admitted": _p("case", "Admitted"),
    "refused": _p("case", "Refused, with reasons"),
    "referred": _p("case", "Referred to the committee"),
    "scheduled": _p("case", "On the agenda"),
    "withdrawn": _p("case", "Withdrawn"),
    "reclassified": _p("case", "Treated as a complaint"),
    "closed": _p("case", "Closed"),
}
SESSION: StateWords = {
    "planned": _p("session", "Planned"),
    "called": _p("session", "Called"),
    "convened": _p("session", "Members convened"),
    "opened": _p("session", "Open"),
    "postponed": _p("session", "Postponed"),
    "refused": _p("session", "Request refused"),
    "dropped": _p("session", "Taken back"),
    "closed": _p("session", "Closed"),
}
SITTING: StateWords = {
    "planned": _p("sitting", "Planned"),
    "quorum_met": _p("sitting", "Quorum met"),
    "quorum_failed": _p("sitting", "Quorum not met"),
    "open": _p("sitting", "Open"),
    "suspended": _p("sitting", "Suspended"),
    "ended": _p("sitting", "Ended"),
}
ITEM: StateWords = {
    "proposed": _p("item", "Proposed"),
    "scheduled": _p("item", "On the agenda"),
    "under_objection": _p("item", "Under the governor's objection"),
    "deliberated": _p("item", "Deliberated"),
    "postponed": _p("item", "Postponed"),
}
DECISION: StateWords = {
    "drafted": _p("decision", "Draft"),
    "adopted": _p("decision", "Adopted"),
    "rejected": _p("decision", "Rejected"),
    "transmitted": _p("decision", "Transmitted to the governor"),
    "opposed": _p("decision", "Opposed by the governor"),
    "enforceable": _p("decision", "Enforceable"),
    "enforceability_suspended": _p("decision", "Suspended"),
    "visa_refused": _p("decision", "Visa refused"),
    "redeliberated": _p("decision", "Deliberated again"),
}
DOCUMENT: StateWords = {
    "prepared": _p("document", "Prepared"),
    "issued": _p("document", "Issued"),
}
CONSULTATION: StateWords = {
    "requested": _p("consultation", "Opinion requested"),
    "lapsed": _p("consultation", "Time is over, no opinion received"),
    "reopened": _p("consultation", "Reopened"),
    "answered": _p("consultation", "Opinion received"),
    "cancelled": _p("consultation", "Cancelled"),
}
OPINION: StateWords = {
    "drafting": _p("opinion", "Being drafted"),
    "declined": _p("opinion", "Declined by the body"),
    "adopted": _p("opinion", "Adopted by the body"),
    "submitted": _p("opinion", "Submitted to the council"),
}
NOTICE: StateWords = {
    "intended": _p("notice", "To be sent"),
    "sent": _p("notice", "Sent"),
    "delivered": _p("notice", "Delivered"),
    "acknowledged": _p("notice", "Acknowledged"),
    "failed": _p("notice", "Not delivered"),
    "cancelled": _p("notice", "Taken back before it left"),
}
_IN_OFFICE = _p("term of office", "In office")
_ENDED = _p("term of office", "Ended")
ERASURE: StateWords = {
    "requested": _p("erasure", "Asked for"),
    "waiting": _p("erasure", "Waiting"),
    "done": _p("erasure", "Erased"),
    "refused": _p("erasure", "Refused"),
}
DIVERGENCE: StateWords = {
    "open": _p("divergence", "To be looked at"),
}

STATE_WORDS: Mapping[str, StateWords] = {
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
    "bounce": {"noted": _p("bounce", "Noted")},
    "authority": {"registered": _p("authority", "Registered")},
    "letter": {"discarded": _p("letter", "Passed over")},
    "mandate": {"active": _IN_OFFICE, "ended": _ENDED},
    "membership": {"granted": _IN_OFFICE, "ended": _ENDED},
    "committee": {"active": _IN_OFFICE},
    "body": {"active": _IN_OFFICE},
}
