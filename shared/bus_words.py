"""What is wrong with the bus, and what to do, in the reader's language: for terminal and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext as _
from shared.web.i18n import gettext_noop

SENTENCES: Mapping[str, str] = {
    "disk-low": gettext_noop("The disk of DATA_DIR is full or nearly so: %(count)s MiB are left."),
    "broker-away": gettext_noop("The message bus does not answer."),
    "queue-missing": gettext_noop("Queues are missing (%(count)s): %(names)s."),
    "log-lost": gettext_noop("The log of the bus lacks %(count)s events of the ledger or more."),
    "no-consumer": gettext_noop("Nobody takes events from its queue; %(count)s wait there."),
    "outbox-refused": gettext_noop("The bus refuses its events (%(count)s): %(names)s."),
    "outbox-late": gettext_noop(
        "Events wait to be sent (%(count)s), the oldest for %(seconds)s seconds."
    ),
    "dead-letters": gettext_noop("Events that it could not handle: %(count)s."),
    "subject-stopped": gettext_noop("Subjects that stand still (%(count)s): %(names)s."),
    "parked-late": gettext_noop(
        "Parked events (%(count)s), the oldest for %(seconds)s seconds: %(names)s."
    ),
    "put-off-late": gettext_noop(
        "Events are tried again and again (%(count)s), the oldest for %(seconds)s seconds:"
        " %(names)s."
    ),
}
"""By the codes of `shared.bus_problems`; a test holds both together."""

REMEDIES: Mapping[str, str] = {
    "disk-low": gettext_noop(
        "Make room; until then acts may be refused, and what was accepted is not lost."
    ),
    "broker-away": gettext_noop("Start or mend the broker; what is to be sent waits, not lost."),
    "queue-missing": gettext_noop(
        "Restart a relay, which declares them; then fill each service: arida log fill SERVICE"
    ),
    "log-lost": gettext_noop("Put them into it once a relay runs: arida audit fill-log"),
    "no-consumer": gettext_noop("Start its worker: arida work %(service)s"),
    "outbox-refused": gettext_noop("Mend what the reason names; the relay tries again by itself."),
    "outbox-late": gettext_noop("See that its relay runs: arida relay %(service)s"),
    "dead-letters": gettext_noop("Look at them: arida dead-letters list %(service)s"),
    "subject-stopped": gettext_noop(
        "Retry or discard what stopped them: arida dead-letters list %(service)s"
    ),
    "parked-late": gettext_noop(
        "Find the earlier event: a dead letter, or one in the outbox of its sender."
    ),
    "put-off-late": gettext_noop(
        "Its log line event_delayed says why: a service or a database is away, or an authority"
        " is not known. Never to take effect: arida dead-letters discard %(service)s EVENT"
    ),
}


OUTAGES: Mapping[str, tuple[str, str]] = {
    "database": (
        gettext_noop("Its database does not answer."),
        gettext_noop("Start or mend the database server; nothing that was accepted is lost."),
    ),
    "migrations": (
        gettext_noop("Its database is of another version than the program."),
        gettext_noop("Bring it up to date, then restart: arida migrate %(service)s"),
    ),
    "silent": (
        gettext_noop("It does not answer."),
        gettext_noop("See in its log why it ended, and start it: arida serve %(service)s"),
    ),
}
"""By the parts that `/health` calls down: what is wrong, and what to do."""


def sentence(problem: Mapping[str, Any]) -> str:
    """What is wrong."""
    names = ", ".join(problem["names"])
    if problem["count"] > len(problem["names"]) > 0:
        names += ", …"
    facts = {"count": problem["count"], "seconds": problem["seconds"], "names": names}
    text = SENTENCES[problem["code"]]
    return _(text, **facts)


def remedy(problem: Mapping[str, Any], service: str) -> str:
    """What to do, as a rule something to type."""
    text = REMEDIES[problem["code"]]
    return _(text, service=service)
