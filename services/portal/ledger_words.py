"""What the ledger's checks find, in words."""

from __future__ import annotations

from services.portal.words import Words
from shared.web.i18n import lazy_gettext

DIFFERENCES: Words = {
    "second-event": lazy_gettext("A second event came with a number that was taken."),
    "other-contents": lazy_gettext("An event came again under its id with other contents."),
    "cause-missing": lazy_gettext("The entry stands before the event that caused it."),
    "index-gap": lazy_gettext("Entries before this one are missing."),
    "wrong-leaf": lazy_gettext("The bytes of the entry are not those that were entered."),
    "wrong-chain": lazy_gettext("The entry is not chained to the one before it."),
    "wrong-head": lazy_gettext("The ledger does not end where it should."),
    "unreadable": lazy_gettext("The bytes of the entry are no event."),
    "wrong-columns": lazy_gettext("The entry is listed as something other than its bytes say."),
    "sequence-gap": lazy_gettext("The numbers of the subject's events have a gap."),
    "state-jump": lazy_gettext(
        "The step does not begin in the state where the one before it ended."
    ),
    "unknown-step": lazy_gettext("The workflow has no such step."),
    "live-missing": lazy_gettext("The service does not know the subject."),
    "live-older": lazy_gettext("The service knows fewer events than the ledger."),
    "live-differs": lazy_gettext("The service shows another state than the ledger."),
}
