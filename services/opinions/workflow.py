"""The states of a body and of an opinion, and the rules of a body's vote."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.opinions import (
    BodyChanged,
    BodyFormed,
    OpinionAdopted,
    OpinionDeclined,
    OpinionStarted,
    OpinionSubmitted,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

CHAIR = "chair"
MEMBER_ROLES = (CHAIR, "vice-chair", "rapporteur", "member")

Facts = Mapping[str, Any]


class BodyState(StrEnum):
    """A body exists from the act that forms it."""

    NEW = "new"
    ACTIVE = "active"


class OpinionState(StrEnum):
    """An opinion's text is private to the body until it is submitted."""

    NEW = "new"
    DRAFTING = "drafting"
    ADOPTED = "adopted"
    SUBMITTED = "submitted"
    DECLINED = "declined"


def quorum_needed(in_office: int, percent: int | None) -> int:
    """How many members must be present: more than half, or the share of the body's own rules.

    A share is rounded up; the law leaves a body's quorum to internal rules (113-14, article 120).
    """
    if percent is None:
        return in_office // 2 + 1
    return max(1, -(-in_office * percent // 100))


@refuses(
    gettext_noop("The body has fewer seats than members."),
    article="113-14, 120",
    remedy=gettext_noop("End a member's seat first, or give the body more seats."),
)
def every_member_has_a_seat(body: Any, _facts: Facts) -> bool:
    """Members in office never outnumber the seats."""
    return bool(len(body.current_members) <= body.seats)


@refuses(
    gettext_noop("The body already has a chair."),
    article="113-14, 120",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
)
def there_is_one_chair(body: Any, _facts: Facts) -> bool:
    """At most one member in office is the chair."""
    return len([one for one in body.current_members if one.role == CHAIR]) <= 1


@refuses(
    gettext_noop("This person already is a member of the body."),
    article="113-14, 120",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
)
def nobody_sits_twice(body: Any, _facts: Facts) -> bool:
    """One person holds one seat at a time."""
    people = [member.person_id for member in body.current_members]
    return len(people) == len(set(people))


@refuses(
    gettext_noop("The council no longer needs this opinion; start one on own initiative."),
    remedy=gettext_noop("Start an opinion on own initiative."),
)
def request_still_stands(_opinion: Any, facts: Facts) -> bool:
    """A cancelled request starts nothing new; what was begun before may go on."""
    request = facts.get("consultation")
    return request is None or request.state != "cancelled"


@refuses(
    gettext_noop("This request already has its answer."),
    remedy=gettext_noop("Start an opinion on own initiative."),
)
def request_is_unanswered(_opinion: Any, facts: Facts) -> bool:
    """The council answers one request with one opinion."""
    request = facts.get("consultation")
    return request is None or request.state != "answered"


@refuses(
    gettext_noop("The body already works on an opinion for this request."),
    remedy=gettext_noop("Go on with the opinion that is under way."),
)
def no_other_opinion_is_under_way(_opinion: Any, facts: Facts) -> bool:
    """One request, one opinion, unless the earlier one was declined."""
    return not facts.get("others")


@refuses(
    gettext_noop("There is no text yet that could be adopted."),
    remedy=gettext_noop("Write the text first."),
)
def there_is_a_text(_opinion: Any, facts: Facts) -> bool:
    """The body votes on a written text."""
    draft = facts.get("draft")
    return draft is not None and bool(draft.text.strip())


@refuses(
    gettext_noop("Too few members were present under the body's rules."),
    remedy=gettext_noop("Hold another meeting with more members present."),
    field="present",
)
def quorum_is_met(_opinion: Any, facts: Facts) -> bool:
    """Members present reach the quorum of the body's own rules."""
    return int(facts["present"]) >= int(facts["needed"])


@refuses(
    gettext_noop("The text did not get more votes for than against."),
    remedy=gettext_noop("Change the text and vote on it again."),
)
def majority_is_reached(_opinion: Any, facts: Facts) -> bool:
    """A majority of the votes cast; abstentions are not votes cast."""
    return int(facts["votes_for"]) > int(facts["votes_against"])


SEATING = [every_member_has_a_seat, there_is_one_chair, nobody_sits_twice]

BODY_TRANSITIONS = [
    {
        "trigger": "form",
        "source": "new",
        "dest": "active",
        "event": BodyFormed,
        "conditions": SEATING,
    },
    {
        "trigger": "change",
        "source": "active",
        "dest": "active",
        "event": BodyChanged,
        "conditions": SEATING,
    },
]

OPINION_TRANSITIONS = [
    {
        "trigger": "start",
        "source": "new",
        "dest": "drafting",
        "event": OpinionStarted,
        "conditions": [request_still_stands, request_is_unanswered, no_other_opinion_is_under_way],
    },
    {
        "trigger": "adopt",
        "source": "drafting",
        "dest": "adopted",
        "event": OpinionAdopted,
        "conditions": [there_is_a_text, quorum_is_met, majority_is_reached],
    },
    {
        "trigger": "submit",
        "source": "adopted",
        "dest": "submitted",
        "event": OpinionSubmitted,
    },
    {
        "trigger": "decline",
        "source": "drafting",
        "dest": "declined",
        "event": OpinionDeclined,
    },
]
