"""The states of an authority: from its registration on, each change tells all of it again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.authorities import AuthorityChanged, AuthorityRegistered
from shared.web.i18n import gettext_noop
from shared.workflow import refuses


class AuthorityState(StrEnum):
    """An authority that joined does not leave: its petitions and decisions remain."""

    NEW = "new"
    REGISTERED = "registered"


@refuses(
    gettext_noop("The business date cannot be later than the real date."),
    remedy=gettext_noop("Check the day and send it again."),
    field="date",
)
def date_is_not_in_the_future(authority: Any, facts: Mapping[str, Any]) -> bool:
    """Nobody acts on a day that has not come (design, "Time")."""
    return authority.business_date is None or authority.business_date <= facts["real_date"]


@refuses(
    gettext_noop("The business date only moves forward."),
    remedy=gettext_noop("Check the day and send it again."),
    field="date",
)
def date_moves_forward(authority: Any, facts: Mapping[str, Any]) -> bool:
    """What was done on a day must not come to lie in the future."""
    return facts["was"] is None or authority.business_date >= facts["was"]


TRANSITIONS = [
    {
        "trigger": "register",
        "source": "new",
        "dest": "registered",
        "event": AuthorityRegistered,
        "conditions": [date_is_not_in_the_future],
    },
    {
        "trigger": "change",
        "source": "registered",
        "dest": "registered",
        "event": AuthorityChanged,
    },
    {
        "trigger": "set_business_date",
        "source": "registered",
        "dest": "registered",
        "event": AuthorityChanged,
        "conditions": [date_is_not_in_the_future, date_moves_forward],
    },
]
