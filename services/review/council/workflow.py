"""The states of mandates and committees, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from services.review.council import meeting_guards
from shared.events.council import (
    CommitteeFormed,
    CommitteeMeetingCalled,
    CommitteeMet,
    CommitteeReported,
    MandateEnded,
    MandateStarted,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

MEMBER = "member"
COMMITTEE_OFFICES = ("committee-chair", "committee-member")
OFFICES = (MEMBER, "president", "vice-president", "secretary", *COMMITTEE_OFFICES)
HELD_BY_ONE = frozenset({"president", "secretary", "committee-chair"})
END_REASONS = ("term-over", "resigned", "died", "removed", "replaced", "recorded-in-error")
RECOMMENDATIONS = ("favourable", "favourable-with-changes", "unfavourable")


class MandateState(StrEnum):
    """An office is held until it ends."""

    NEW = "new"
    ACTIVE = "active"
    ENDED = "ended"


class CommitteeState(StrEnum):
    """A permanent committee lives as long as its council."""

    NEW = "new"
    ACTIVE = "active"


@refuses(
    gettext_noop("This person holds this office already in that time."),
    article="113-14, 7",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
)
def person_does_not_hold_it(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """Nobody holds the same office twice at once."""
    return not any(
        (other.office, other.committee_id) == (mandate.office, mandate.committee_id)
        for other in facts["own"]
    )


@refuses(
    gettext_noop("Only a member of the council can hold this office."),
    article="113-14, 7",
    remedy=gettext_noop("Record the person as a member of the council first."),
    field="person",
)
def person_is_a_member(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """Every office but membership itself is held by a councillor (articles 7, 23 and 25)."""
    return mandate.office == MEMBER or any(other.office == MEMBER for other in facts["own"])


@refuses(
    gettext_noop("Somebody else holds this office in that time."),
    article="113-14, 7",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
    field="office",
)
def office_is_free(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """There is one president, one secretary, and one chair of each committee."""
    return mandate.office not in HELD_BY_ONE or not facts["holders"]


@refuses(
    gettext_noop("A member sits on one permanent committee only."),
    article="113-14, 25",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
    field="committee",
)
def person_sits_on_no_other_committee(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """Article 25 of 113-14."""
    return mandate.committee_id is None or not any(
        other.committee_id not in {None, mandate.committee_id} for other in facts["own"]
    )


@refuses(
    gettext_noop("The council has as many vice-presidents as the law lets it have."),
    article="113-14, 16",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
    field="office",
)
def there_is_room_in_the_bureau(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """The law sets the most vice-presidents a council can have (article 16)."""
    if mandate.office != "vice-president" or facts["most_vice_presidents"] is None:
        return True
    return len(facts["holders"]) < int(facts["most_vice_presidents"])


@refuses(
    gettext_noop("The council has as many permanent committees as the law lets it have."),
    article="113-14, 25",
    remedy=gettext_noop("Use one of the committees of this council."),
)
def there_is_room_for_a_committee(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """Five permanent committees at most (article 25)."""
    return facts["most_committees"] is None or bool(facts["committees"] < facts["most_committees"])


@refuses(
    gettext_noop("This case is not before this committee."),
    article="113-14, 28",
    remedy=gettext_noop("Refer the case to this committee first."),
)
def case_is_before_the_committee(committee: Any, facts: Mapping[str, Any]) -> bool:
    """A committee reports on what was referred to it (article 28)."""
    return bool(facts["state"] == "referred" and facts["committee"] == str(committee.id))


@refuses(gettext_noop("This committee has reported on this case already."), article="113-14, 28")
def report_is_the_first(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """A report once handed in stands; what changes is said in the council's debate."""
    return not facts["is_reported"]


MANDATE_TRANSITIONS = [
    {
        "trigger": "start",
        "source": "new",
        "dest": "active",
        "event": MandateStarted,
        "conditions": [
            person_does_not_hold_it,
            person_is_a_member,
            office_is_free,
            person_sits_on_no_other_committee,
            there_is_room_in_the_bureau,
        ],
    },
    {"trigger": "end", "source": "active", "dest": "ended", "event": MandateEnded},
]
COMMITTEE_TRANSITIONS = [
    {
        "trigger": "form",
        "source": "new",
        "dest": "active",
        "event": CommitteeFormed,
        "conditions": [there_is_room_for_a_committee],
    },
    {
        "trigger": "report",
        "source": "active",
        "dest": "active",
        "event": CommitteeReported,
        "conditions": [case_is_before_the_committee, report_is_the_first],
    },
    {
        "trigger": "call_meeting",
        "source": "active",
        "dest": "active",
        "event": CommitteeMeetingCalled,
        "conditions": [
            meeting_guards.a_third_asked_for_it,
            meeting_guards.meeting_follows_its_call,
            meeting_guards.cases_are_before_the_committee,
        ],
    },
    {
        "trigger": "meet",
        "source": "active",
        "dest": "active",
        "event": CommitteeMet,
        "conditions": [
            meeting_guards.meeting_is_not_held_yet,
            meeting_guards.somebody_was_there,
        ],
    },
]
