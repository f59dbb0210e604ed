"""The word and the colour a person sees for each state of each kind of subject.

The tone picks the badge's colour in arida.css: draft, waiting, active, good, bad, warning, over.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.state_words import STATE_WORDS
from shared.web.i18n import LazyText

TONES: Mapping[str, Mapping[str, str]] = {
    "divergence": {"open": "warning"},
    "petition": {"draft": "draft", "collecting": "active", "filed": "good", "given_up": "over"},
    "case": {
        "open": "waiting",
        "incomplete": "warning",
        "admitted": "active",
        "refused": "bad",
        "referred": "active",
        "scheduled": "active",
        "withdrawn": "over",
        "reclassified": "over",
        "closed": "over",
    },
    "session": {
        "planned": "draft",
        "called": "waiting",
        "convened": "waiting",
        "opened": "active",
        "postponed": "warning",
        "refused": "over",
        "dropped": "over",
        "closed": "over",
    },
    "sitting": {
        "planned": "draft",
        "quorum_met": "good",
        "quorum_failed": "bad",
        "open": "active",
        "suspended": "warning",
        "ended": "over",
    },
    "item": {
        "proposed": "draft",
        "scheduled": "waiting",
        "under_objection": "warning",
        "deliberated": "active",
        "postponed": "warning",
    },
    "decision": {
        "drafted": "draft",
        "adopted": "good",
        "rejected": "bad",
        "transmitted": "active",
        "opposed": "warning",
        "enforceable": "good",
        "enforceability_suspended": "warning",
        "visa_refused": "warning",
        "redeliberated": "over",
    },
    "document": {"prepared": "draft", "issued": "good"},
    "consultation": {
        "requested": "waiting",
        "lapsed": "warning",
        "reopened": "waiting",
        "answered": "good",
        "cancelled": "over",
    },
    "opinion": {"drafting": "active", "declined": "over", "adopted": "good", "submitted": "good"},
    "notice": {
        "intended": "waiting",
        "sent": "active",
        "delivered": "good",
        "acknowledged": "good",
        "failed": "bad",
        "cancelled": "over",
    },
    "erasure": {"requested": "waiting", "waiting": "waiting", "done": "over", "refused": "bad"},
    "redaction": {"waiting": "waiting", "done": "over"},
    "bounce": {"noted": "bad"},
    "authority": {"registered": "good"},
    "letter": {"discarded": "warning"},
    "mandate": {"active": "good", "ended": "over"},
    "membership": {"granted": "good", "ended": "over"},
    "committee": {"active": "good"},
    "body": {"active": "good"},
}
STATES: Mapping[str, Mapping[str, tuple[LazyText, str]]] = {
    kind: {state: (word, TONES[kind][state]) for state, word in words.items()}
    for kind, words in STATE_WORDS.items()
}
