"""What the law asks of a committee's meeting and of a hearing there; actions gather the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


@refuses(
    gettext_noop("A committee meets when the president, its chair or a third of it asks for it."),
    article="113-14, 28",
    remedy=gettext_noop("Give how many of its members asked for the meeting."),
    field="members",
)
def a_third_asked_for_it(_committee: Any, facts: Facts) -> bool:
    """The council's president, the committee's chair, or a third of its members (article 28)."""
    return facts["called_by"] != "third" or bool(0 < facts["seats"] <= facts["members"] * 3)


@refuses(
    gettext_noop("A meeting is called before its day."),
    article="113-14, 28",
    remedy=gettext_noop("Check the day and send it again."),
    field="meets_on",
)
def meeting_follows_its_call(_committee: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(facts["on"] <= facts["meets_on"])


@refuses(
    gettext_noop("A petition of this meeting is not before this committee."),
    article="113-14, 28",
    remedy=gettext_noop("Refer the case to this committee first."),
    field="cases",
)
def cases_are_before_the_committee(_committee: Any, facts: Facts) -> bool:
    """A committee deals with what was referred to it, and with nothing off its agenda."""
    return not facts["strangers"]


@refuses(gettext_noop("The roll of this meeting is recorded already."), article="113-14, 28")
def meeting_is_not_held_yet(_committee: Any, facts: Facts) -> bool:
    """A meeting is held once."""
    return not facts["is_held"]


@refuses(
    gettext_noop("Nobody was there, so the committee did not meet."),
    article="113-14, 28",
    remedy=gettext_noop("Call another meeting."),
)
def somebody_was_there(_committee: Any, facts: Facts) -> bool:
    """The law sets no quorum for committees; a meeting of nobody is none."""
    return bool(facts["present"])


@refuses(
    gettext_noop("This petition is not on the agenda of that meeting."),
    article="113-14, 28",
    remedy=gettext_noop("Choose a meeting that is called about this petition."),
    field="meeting",
)
def meeting_is_about_the_case(_case: Any, facts: Facts) -> bool:
    """Who is heard is heard where their petition is examined."""
    return bool(facts["is_about_it"])


@refuses(
    gettext_noop("A hearing is set before the meeting is held, and once for each meeting."),
    article="113-14, 28",
    remedy=gettext_noop("Choose a meeting that is still to come."),
    field="meeting",
)
def hearing_is_to_come(_case: Any, facts: Facts) -> bool:
    """The petitioners are told before the day."""
    return not facts["is_held"] and not facts["is_set"]


@refuses(
    gettext_noop("A hearing is recorded after the roll of its meeting, and once."),
    article="113-14, 28",
    remedy=gettext_noop("Record who was at the meeting first."),
    field="meeting",
)
def hearing_can_be_recorded(_case: Any, facts: Facts) -> bool:
    """It was set, the committee met, and nothing is recorded of it yet."""
    return bool(facts["is_set"] and facts["is_held"] and not facts["is_recorded"])
