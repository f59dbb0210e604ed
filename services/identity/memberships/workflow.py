"""The states of a membership, and what a role must come with."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.authorities import MembershipEnded, MembershipGranted
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

SCOPED_ROLES = frozenset({"committee-chair", "body-member"})
"""Roles that hold for one committee or body only, which ``scope`` names by id."""


class MembershipState(StrEnum):
    """An ended membership stays ended; the same role again is a new one."""

    NEW = "new"
    GRANTED = "granted"
    ENDED = "ended"


@refuses(
    gettext_noop("The last day of a role cannot be before its first."),
    remedy=gettext_noop("Check the day and send it again."),
    field="until_on",
)
def dates_are_in_order(membership: Any, _facts: Mapping[str, Any]) -> bool:
    """A role that ends before it begins was a slip of the pen."""
    return membership.until_on is None or membership.until_on >= membership.from_on


@refuses(
    gettext_noop("This role is for one committee or body, other roles are for none."),
    remedy=gettext_noop("Name the committee or body for such a role, and none for others."),
    field="scope",
)
def scope_fits_the_role(membership: Any, _facts: Mapping[str, Any]) -> bool:
    """A chair without a committee could act on all of them."""
    return (membership.role in SCOPED_ROLES) == (membership.scope is not None)


TRANSITIONS = [
    {
        "trigger": "grant",
        "source": "new",
        "dest": "granted",
        "event": MembershipGranted,
        "conditions": [dates_are_in_order, scope_fits_the_role],
    },
    {"trigger": "end", "source": "granted", "dest": "ended", "event": MembershipEnded},
]
