"""Why two things differ, as codes; the sentences are for people."""

from __future__ import annotations

from shared.web.i18n import gettext_noop

SECOND_EVENT = "second-event"
OTHER_CONTENTS = "other-contents"
CAUSE_MISSING = "cause-missing"
INDEX_GAP = "index-gap"
WRONG_LEAF = "wrong-leaf"
WRONG_CHAIN = "wrong-chain"
WRONG_HEAD = "wrong-head"
UNREADABLE = "unreadable"
WRONG_COLUMNS = "wrong-columns"
SEQUENCE_GAP = "sequence-gap"
STATE_JUMP = "state-jump"
UNKNOWN_STEP = "unknown-step"
LIVE_MISSING = "live-missing"
LIVE_OLDER = "live-older"
LIVE_DIFFERS = "live-differs"

RECORDED_ON_ENTRY = (SECOND_EVENT, OTHER_CONTENTS, CAUSE_MISSING)
"""Found when an event came in; a replay cannot see them in the ledger and reads the record."""

EXPLANATIONS = {
    SECOND_EVENT: gettext_noop("A second event came with a number that was taken."),
    OTHER_CONTENTS: gettext_noop("An event came again under its id with other contents."),
    CAUSE_MISSING: gettext_noop("The entry stands before the event that caused it."),
    INDEX_GAP: gettext_noop("Entries before this one are missing."),
    WRONG_LEAF: gettext_noop("The bytes of the entry are not those that were entered."),
    WRONG_CHAIN: gettext_noop("The entry is not chained to the one before it."),
    WRONG_HEAD: gettext_noop("The ledger does not end where it should."),
    UNREADABLE: gettext_noop("The bytes of the entry are no event."),
    WRONG_COLUMNS: gettext_noop("The entry is listed as something other than its bytes say."),
    SEQUENCE_GAP: gettext_noop("The numbers of the subject's events have a gap."),
    STATE_JUMP: gettext_noop("The step does not begin in the state where the one before it ended."),
    UNKNOWN_STEP: gettext_noop("The workflow has no such step."),
    LIVE_MISSING: gettext_noop("The service does not know the subject."),
    LIVE_OLDER: gettext_noop("The service knows fewer events than the ledger."),
    LIVE_DIFFERS: gettext_noop("The service shows another state than the ledger."),
}
