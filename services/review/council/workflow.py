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
    CommitteeRemitRecorded,
    CommitteeReportCorrected,
    CommitteeReported,
    MandateEnded,
    MandateStarted,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

MEMBER = "member"
COMMITTEE_OFFICES = ("committee-chair", "committee-member")
BUREAU = ("president", "vice-president")
SECRETARIES = ("secretary", "deputy-secretary")
OFFICES = (MEMBER, *BUREAU, *SECRETARIES, *COMMITTEE_OFFICES)
HELD_BY_ONE = frozenset({"president", *SECRETARIES, "committee-chair"})
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
    """There is one president, one secretary with one deputy, and one chair of each committee."""
    return mandate.office not in HELD_BY_ONE or not facts["holders"]


@refuses(
    gettext_noop("A member sits on one permanent committee only."),
    article="113-14, 25",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
    field="committee",
)
def person_sits_on_no_other_committee(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """Article 25 of 113-14; a law that sets no such bound lets a member sit on several."""
    most = facts["most_committees_of_a_member"]
    if mandate.committee_id is None or most is None:
        return True
    seats = {one.committee_id for one in facts["own"] if one.committee_id is not None}
    return len(seats | {mandate.committee_id}) <= int(most)


@refuses(
    gettext_noop("The secretary of the council and the deputy are not of its bureau."),
    article="113-14, 23",
    remedy=gettext_noop("Choose a member who holds neither office, or end the other one first."),
    field="office",
)
def secretary_is_outside_the_bureau(_mandate: Any, facts: Mapping[str, Any]) -> bool:
    """The council elects its secretary from outside the bureau (article 23)."""
    return bool(facts["kept_apart"] != "secretary-outside-bureau")


@refuses(
    gettext_noop("The president of the council chairs no permanent committee."),
    article="113-14, 26",
    remedy=gettext_noop("Choose a member who holds neither office, or end the other one first."),
    field="office",
)
def president_chairs_no_committee(_mandate: Any, facts: Mapping[str, Any]) -> bool:
    """Where nobody else stands, one of the bureau may chair, but never the president (26)."""
    return bool(facts["kept_apart"] != "chair-not-president")


@refuses(
    gettext_noop("The council has as many vice-presidents as the law lets it have."),
    article="113-14, 16",
    remedy=gettext_noop("Leave it as it is, or end the earlier one first."),
    field="office",
)
def there_is_room_in_the_bureau(mandate: Any, facts: Mapping[str, Any]) -> bool:
    """The law sets how many vice-presidents a council of each size has (article 16)."""
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
    return bool(facts["state"] == "referred" and str(committee.id) in facts["asked"])


@refuses(
    gettext_noop("A committee reports on the day of the referral or after it."),
    article="113-14, 28",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def report_follows_referral(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """Dates of acts follow one another."""
    return facts["referred_on"] is None or bool(facts["referred_on"] <= facts["acted_on"])


@refuses(
    gettext_noop("This committee has reported on this case already."),
    article="113-14, 28",
    remedy=gettext_noop("Correct the report instead, until the council has voted."),
)
def report_is_the_first(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """A report once handed in stands; another one corrects it and names it."""
    return not facts["is_reported"]


@refuses(
    gettext_noop("The council has voted on this petition: the committee's report stands."),
    article="113-14, 28",
    remedy=gettext_noop("Say in the council what has changed."),
)
def council_has_not_used_it(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """The council deliberated on the report as it was (article 28)."""
    return not facts["is_voted"]


@refuses(
    gettext_noop("A report is corrected on its own day or after it."),
    article="113-14, 28",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def correction_follows_report(_committee: Any, facts: Mapping[str, Any]) -> bool:
    """Dates of acts follow one another."""
    return bool(facts["reported_on"] <= facts["acted_on"])


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
            secretary_is_outside_the_bureau,
            president_chairs_no_committee,
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
        "conditions": [case_is_before_the_committee, report_follows_referral, report_is_the_first],
    },
    {
        "trigger": "correct_report",
        "source": "active",
        "dest": "active",
        "event": CommitteeReportCorrected,
        "conditions": [council_has_not_used_it, correction_follows_report],
    },
    {
        "trigger": "record_remit",
        "source": "active",
        "dest": "active",
        "event": CommitteeRemitRecorded,
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
