"""What the law asks before a recorded vote, count or day is corrected by a new act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]
STILL_HERE = frozenset({"adopted", "rejected"})
"""States of a decision that has not gone to the governor."""


@refuses(
    gettext_noop("The decision has gone to the governor: its vote is not corrected any more."),
    article="113-14, 117",
    remedy=gettext_noop("Put the matter on an agenda: the council deliberates on it again."),
)
def decision_has_not_left(_item: Any, facts: Facts) -> bool:
    """What the governor controls is what he received (articles 116 and 117)."""
    return bool(facts["decision_state"] in STILL_HERE)


@refuses(
    gettext_noop("The case of this petition is closed."),
    article="113-14, 125",
    remedy=gettext_noop("Open the case again first."),
)
def case_is_not_closed(_item: Any, facts: Facts) -> bool:
    """The outcome that a closed case tells is what happened."""
    return bool(facts["case_state"] != "closed")


@refuses(
    gettext_noop("By the corrected count the item needs a second vote, at a later sitting."),
    article="113-14, 43",
    remedy=gettext_noop("Put the matter on an agenda: the council votes on it again."),
)
def no_second_vote_follows(_item: Any, facts: Facts) -> bool:
    """What misses the majority of members in office is voted on again (article 43)."""
    return not facts["has_second_vote"] or bool(facts["adopted"])


@refuses(
    gettext_noop("By the corrected count the quorum would be another than the council acted on."),
    article="113-14, 42",
    remedy=gettext_noop("Put what was decided on an agenda: the council deliberates on it again."),
)
def quorum_is_as_before(_sitting: Any, facts: Facts) -> bool:
    """What was decided at an opening is not undone by a figure (article 42)."""
    return bool(facts["is_met_as_before"])


@refuses(
    gettext_noop("More votes were counted in this sitting than members would have been present."),
    article="113-14, 43",
    remedy=gettext_noop("Correct the vote first."),
)
def votes_fit_the_count(_sitting: Any, facts: Facts) -> bool:
    """Only members who are there vote (article 43)."""
    return bool(facts["most_votes"] <= facts["present"])


@refuses(
    gettext_noop("A decision taken on this attendance has gone to the governor."),
    article="113-14, 117",
    remedy=gettext_noop("Put the matter on an agenda: the council deliberates on it again."),
)
def decisions_have_not_left(_sitting: Any, facts: Facts) -> bool:
    """What the governor controls is what he received (articles 116 and 117)."""
    return not facts["has_left"]


@refuses(
    gettext_noop("A member who voted by name in this sitting cannot have been absent from it."),
    article="113-14, 43",
    remedy=gettext_noop("Correct the vote first."),
)
def voters_were_there(_sitting: Any, facts: Facts) -> bool:
    """Only members who are there vote (article 43)."""
    return not facts["absent_voters"]


@refuses(
    gettext_noop("By the members in office a vote of this sitting would have another result."),
    article="113-14, 43",
    remedy=gettext_noop("Put the matter on an agenda: the council votes on it again."),
)
def results_stand(_sitting: Any, facts: Facts) -> bool:
    """A majority of members in office follows their number (article 43)."""
    return bool(facts["results_stand"])


@refuses(
    gettext_noop("The agenda went to the governor before he received it and members had it."),
    article="113-14, 38",
    remedy=gettext_noop("Check the day and send it again."),
)
def call_comes_first(session: Any, _facts: Facts) -> bool:
    """Dates of acts follow one another (articles 35, 38 and 39)."""
    later = [session.governor_received_on, session.notice_to_members_on]
    return all(day is None or session.agenda_to_governor_on <= day for day in later)


@refuses(
    gettext_noop("The members are convened before their session opens."),
    article="113-14, 35",
    remedy=gettext_noop("Check the day and send it again."),
)
def notice_comes_before(session: Any, facts: Facts) -> bool:
    """Dates of acts follow one another (article 35)."""
    return bool(facts["on"] < session.opens_on)
