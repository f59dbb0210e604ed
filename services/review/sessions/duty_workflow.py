"""The duties after a session as steps that leave it where it is; workflow.py joins them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.events.duties import (
    FollowUpsReported,
    MinutesAdopted,
    MinutesGiven,
    RegisterSent,
    SessionDutyMissed,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]
HELD_OR_TO_BE_HELD = ("planned", "called", "convened", "opened", "closed")
"""Before the opening or the close it is a guard that says, with its article, what is missing."""


def _was_closed(facts: Facts) -> bool:
    closed_on = facts["closed_on"]
    return closed_on is not None and bool(closed_on <= facts["acted_on"])


@refuses(
    gettext_noop("Decisions are posted and minutes given once the session is closed."),
    article="113-14, 273",
    remedy=gettext_noop("Close the session first."),
)
def session_was_closed_before(_row: Any, facts: Facts) -> bool:
    """Both terms count from the close (article 273)."""
    return _was_closed(facts)


@refuses(
    gettext_noop("The attendance register goes to the governor once the session is closed."),
    article="113-14, 67",
    remedy=gettext_noop("Close the session first."),
)
def register_is_complete(_session: Any, facts: Facts) -> bool:
    """Its term counts from the close (article 67)."""
    return _was_closed(facts)


@refuses(
    gettext_noop("The minutes of a closed session are adopted at a sitting of a later one."),
    article="113-14, 47",
    remedy=gettext_noop("Record it for the day of a sitting of the next session."),
)
def a_later_session_sat(_session: Any, facts: Facts) -> bool:
    """The council adopts them when it meets again."""
    return facts["closed_on"] is not None and bool(facts["sat"])


@refuses(
    gettext_noop("The president reports at an ordinary session that has opened."),
    article="113-14, 106",
    remedy=gettext_noop("Record it once the session is open."),
)
def ordinary_session_has_opened(session: Any, facts: Facts) -> bool:
    """The report opens each ordinary session (article 106)."""
    return facts["session_kind"] == "ordinary" and session.opened_on is not None


DUTY_TRANSITIONS: list[dict[str, Any]] = [
    {
        **{"trigger": trigger, "source": state, "dest": state, "event": event},
        "conditions": [condition],
        "is_aside": state not in possible,
    }
    for trigger, event, condition, possible in (
        ("give_minutes", MinutesGiven, session_was_closed_before, ("closed",)),
        ("adopt_minutes", MinutesAdopted, a_later_session_sat, ("closed",)),
        (
            "report_follow_ups",
            FollowUpsReported,
            ordinary_session_has_opened,
            ("opened", "closed"),
        ),
        ("send_register", RegisterSent, register_is_complete, ("closed",)),
    )
    for state in HELD_OR_TO_BE_HELD
]
DUTY_TRANSITIONS.append(
    {
        **{"trigger": "miss_duty", "source": "closed", "dest": "closed"},
        "event": SessionDutyMissed,
        "is_aside": True,
    }
)
