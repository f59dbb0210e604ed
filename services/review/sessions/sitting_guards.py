"""What the law asks of a sitting: when it is held, who decides behind closed doors, who is there.

Facts are gathered by the actions from rows and from shared/law; a guard only compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


@refuses(
    gettext_noop("The members were not convened to this session."),
    article="113-14, 35",
    remedy=gettext_noop("Send the members their notice first."),
)
def members_were_convened(_sitting: Any, facts: Facts) -> bool:
    """No sitting without a notice; a session that is open needs no further call."""
    return bool(facts["session_state"] == "convened")


@refuses(
    gettext_noop("The calls follow one another: first, second, third, each after a failed one."),
    article="113-14, 42",
    remedy=gettext_noop("Record the calls in their turn."),
    field="call",
)
def call_follows(sitting: Any, facts: Facts) -> bool:
    """A call is made once, after the one before it failed (article 42)."""
    return bool(sitting.call == facts["calls_before"] + 1)


@refuses(
    gettext_noop("The second call was not sent between the days that the law sets."),
    article="113-14, 42",
    remedy=gettext_noop("Check the day and send it again."),
)
def was_called_in_its_window(sitting: Any, facts: Facts) -> bool:
    """The second call goes out three to five days after the first date (article 42)."""
    earliest, latest = facts["called_between"]
    return sitting.called_on is None or bool(earliest <= sitting.called_on <= latest)


@refuses(
    gettext_noop("The sitting was not held on the day that was set for it."),
    article="113-14, 42",
    remedy=gettext_noop("Check the day and send it again."),
)
def was_held_on_its_day(sitting: Any, facts: Facts) -> bool:
    """First on the opening day, second after its call, third when the law says."""
    return facts["is_governors"] or _is_on_its_day(sitting, facts)


@refuses(
    gettext_noop("The governor's session meets on its day, else on the next working day."),
    article="113-14, 37",
    remedy=gettext_noop("Check the day and send it again."),
)
def governors_session_is_on_its_day(sitting: Any, facts: Facts) -> bool:
    """Without its quorum it meets again on the next working day, with any number (article 37)."""
    return not facts["is_governors"] or _is_on_its_day(sitting, facts)


def _is_on_its_day(sitting: Any, facts: Facts) -> bool:
    first, last = facts["held_between"]
    return bool(first <= sitting.held_on <= last)


@refuses(
    gettext_noop("A further sitting needs a session that has opened with its quorum."),
    article="113-14, 42",
    remedy=gettext_noop("Open the session with its quorum first."),
)
def session_has_opened(sitting: Any, facts: Facts) -> bool:
    """The quorum at the opening carries the whole session (article 42)."""
    opened_on = facts["opened_on"]
    is_open = facts["session_state"] == "opened"
    return is_open and opened_on is not None and bool(opened_on <= sitting.held_on)


@refuses(
    gettext_noop("The sitting before this one has not ended, or ended on a later day."),
    article="113-14, 33",
)
def sitting_before_is_over(sitting: Any, facts: Facts) -> bool:
    """The sittings of a session follow one another (article 33)."""
    ends = facts["ends_before"]
    return None not in ends and all(end <= sitting.held_on for end in ends)


@refuses(
    gettext_noop("A sitting cannot end before it was held."),
    article="113-14, 33",
    remedy=gettext_noop("Check the day and send it again."),
)
def sitting_had_begun(sitting: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(sitting.held_on <= facts["on"])


@refuses(gettext_noop("The sitting is held behind closed doors already."), article="113-14, 48")
def doors_are_open(_sitting: Any, facts: Facts) -> bool:
    """The public is sent out once."""
    return not facts["is_private"]


@refuses(gettext_noop("The sitting is open to the public already."), article="113-14, 48")
def doors_are_closed(_sitting: Any, facts: Facts) -> bool:
    """The public is let in again after a closed door only."""
    return bool(facts["is_private"])


@refuses(
    gettext_noop("The council did not decide on the closed door, without debate, by its majority."),
    article="113-14, 48",
)
def council_wants_closed_doors(_sitting: Any, facts: Facts) -> bool:
    """The council decides without debate what the president or a third asks (article 48)."""
    return facts["asked_by"] == "governor" or bool(facts["is_decided"])


@refuses(
    gettext_noop("A closed door is asked for by the president, or by a third of the members."),
    article="113-14, 48",
)
def request_is_large_enough(_sitting: Any, facts: Facts) -> bool:
    """One member alone cannot ask for it (article 48)."""
    return facts["asked_by"] != "third" or bool(facts["members"] * 3 >= facts["in_office"])


@refuses(
    gettext_noop("More votes were counted than members were present."),
    article="113-14, 43",
    remedy=gettext_noop("Count the votes again."),
)
def votes_on_the_door_fit(_sitting: Any, facts: Facts) -> bool:
    """Only members who are there vote."""
    return bool(facts["votes"] <= facts["there"])
