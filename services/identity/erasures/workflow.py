"""The states of an erasure, from the request to its end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.erasures import (
    ErasureCarriedOut,
    ErasurePutOff,
    ErasureRefused,
    ErasureRequested,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

GROUNDS = ("no-longer-needed", "inaccurate", "objection")
"""Why somebody may ask: law 09-08, articles 3, 8 and 9."""


class ErasureState(StrEnum):
    """What was erased stays so; a new wish is a new request."""

    NEW = "new"
    REQUESTED = "requested"
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@refuses(
    gettext_noop("The erasure of this person's data was asked for already."),
    article="09-08, 8",
    remedy=gettext_noop("Look at the request: it says what waits, and for what."),
)
def nothing_is_asked_already(_erasure: Any, facts: Mapping[str, Any]) -> bool:
    """Two requests at once would tell two stories of one key."""
    return not facts["is_asked"]


@refuses(gettext_noop("Something of this person's data is still needed."), article="09-08, 3")
def nothing_keeps_the_data(_erasure: Any, facts: Mapping[str, Any]) -> bool:
    """The retention table lets nothing be erased that is still needed (docs/retention.md)."""
    return not facts["waits_for"]


TRANSITIONS = [
    {
        "trigger": "ask",
        "source": "new",
        "dest": "requested",
        "event": ErasureRequested,
        "conditions": [nothing_is_asked_already],
    },
    {
        "trigger": "put_off",
        "source": ["requested", "waiting"],
        "dest": "waiting",
        "event": ErasurePutOff,
    },
    {
        "trigger": "carry_out",
        "source": ["requested", "waiting"],
        "dest": "done",
        "event": ErasureCarriedOut,
        "conditions": [nothing_keeps_the_data],
    },
    {
        "trigger": "refuse",
        "source": ["requested", "waiting"],
        "dest": "refused",
        "event": ErasureRefused,
    },
]
