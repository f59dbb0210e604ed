"""What the law asks of an agenda's items: who may put them there, when, and what stops them.

Facts are gathered by the actions from rows and from shared/law; a guard only compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]

BY_RIGHT = frozenset({"governor", "half-of-members", "petition"})
"""Origins that the law puts on an agenda whatever the president says (articles 38 to 40)."""


@refuses(
    gettext_noop("The notice has frozen the agenda: nothing else is put on it."),
    article="113-14, 41",
    remedy=gettext_noop("Put it on the agenda of a later session."),
)
def agenda_is_open(_item: Any, facts: Facts) -> bool:
    """The council does not deliberate on what is not on its agenda (article 41).

    After the notice only what the law puts there by right is added, by a supplementary notice.
    """
    if facts["session_state"] == "convened":
        return facts["origin"] in BY_RIGHT
    return bool(facts["session_state"] in {"planned", "called"})


@refuses(
    gettext_noop("The governor's item came after the eight days: it is not included by right."),
    article="113-14, 39",
    remedy=gettext_noop("Leave it to the president to put it on an agenda."),
)
def governor_was_in_time(_item: Any, facts: Facts) -> bool:
    """Items notified within eight days of his receipt are included by right (article 39)."""
    if facts["origin"] != "governor":
        return True
    return bool(facts["origin_on"] <= facts["governor_latest"])


@refuses(
    gettext_noop("Fewer than half of the members asked for this item: it is not on by right."),
    article="113-14, 40",
    remedy=gettext_noop("Record it as a request that the president answers."),
)
def half_asked_for_it(_item: Any, facts: Facts) -> bool:
    """What half of the members ask for in writing is included (article 40)."""
    if facts["origin"] != "half-of-members":
        return True
    return bool(facts["origin_members"] * 2 >= facts["in_office"])


@refuses(
    gettext_noop(
        "The petition was accepted after the last day for the agenda: the president first chooses"
        " its session and says why."
    ),
    article="113-14, 38",
    remedy=gettext_noop("Record the president's choice on the petition first."),
)
def clash_is_settled(_item: Any, facts: Facts) -> bool:
    """The law leaves the clash of articles 38 and 125 open; the president's choice is recorded."""
    return facts["clash"] in {None, "this-session"}


@refuses(
    gettext_noop("The members were not told of this item by a supplementary notice."),
    article="113-14, 35",
    remedy=gettext_noop("Put the item off to a later session."),
)
def members_were_told(item: Any, _facts: Facts) -> bool:
    """Members know what they are convened for (article 35)."""
    return not item.needs_supplement


@refuses(
    gettext_noop("The members were sent this document with their notice: it stays with it."),
    article="113-14, 35",
    remedy=gettext_noop("Tell the members of what replaces it by a supplementary notice."),
)
def document_is_untold(session: Any, facts: Facts) -> bool:
    """What went out with the notice is not changed behind the members' backs (article 35)."""
    return bool(session.state == "called" or facts["item_is_new"])


@refuses(
    gettext_noop("The governor's objection came after the eight days that the law gives it."),
    article="113-14, 41",
    remedy=gettext_noop("Give the day on which the objection came."),
)
def objection_was_in_time(item: Any, facts: Facts) -> bool:
    """Eight days from his receipt of the agenda (articles 39 and 41)."""
    return bool(item.objection_received_on <= facts["governor_latest"])


@refuses(
    gettext_noop("The governor objects to an agenda after he received it."),
    article="113-14, 41",
    remedy=gettext_noop("Give the day on which the objection came."),
    field="received_on",
)
def objection_follows_receipt(item: Any, facts: Facts) -> bool:
    """His eight days run from his receipt of the agenda (articles 39 and 41)."""
    received_on = facts["governor_received_on"]
    return received_on is None or bool(received_on <= item.objection_received_on)


@refuses(
    gettext_noop("A petition goes on an agenda on the day of the bureau's decision or after it."),
    article="113-14, 38",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def item_follows_decision(_item: Any, facts: Facts) -> bool:
    """It is an item of the session that follows the decision (article 38)."""
    return facts["decided_on"] is None or bool(facts["decided_on"] <= facts["acted_on"])


@refuses(
    gettext_noop("The session has opened: what is decided is controlled after the vote."),
    article="113-14, 115",
    remedy=gettext_noop("Record an opposition to the decision after the vote."),
)
def session_has_not_opened(_item: Any, facts: Facts) -> bool:
    """An objection to an item comes before the session."""
    return bool(facts["session_state"] in {"called", "convened"})


@refuses(
    gettext_noop("An item that half of the members asked for is not on the agenda."),
    article="113-14, 40",
    remedy=gettext_noop("Answer the request by putting it on the agenda."),
)
def binding_requests_are_on_it(_session: Any, facts: Facts) -> bool:
    """A request of half of the members is answered by its item (article 40)."""
    return not facts["requested"]


@refuses(
    gettext_noop(
        "A petition was accepted after the agenda's last day: the president first chooses its"
        " session and says why."
    ),
    article="113-14, 38",
    remedy=gettext_noop("Record the choice and its reason on each of them."),
)
def clashes_are_settled(_session: Any, facts: Facts) -> bool:
    """Nobody is convened while it is open whether a petition comes before this session."""
    return not facts["clashes"]


@refuses(
    gettext_noop("There is nothing to tell the members anew."),
    article="113-14, 35",
    remedy=gettext_noop("Put the new item on the agenda first."),
)
def something_is_new(_session: Any, facts: Facts) -> bool:
    """A supplementary notice tells of items added after the notice."""
    return bool(facts["added"])


@refuses(
    gettext_noop("A supplementary notice goes out before the session opens."),
    article="113-14, 35",
    remedy=gettext_noop("Put the item off to a later session."),
)
def supplement_is_before_opening(session: Any, facts: Facts) -> bool:
    """Who comes to a session knows its agenda (article 35)."""
    return bool(facts["on"] < session.opens_on)


@refuses(
    gettext_noop("The governor has the agenda only once it was sent."),
    article="113-14, 38",
    remedy=gettext_noop("Give the day on which he received it."),
)
def agenda_was_sent_first(session: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(session.agenda_to_governor_on <= facts["received_on"] <= facts["on"])


@refuses(
    gettext_noop("Only a session that a third of the members asks for can be refused."),
    article="113-14, 36",
    remedy=gettext_noop("Hold the session that was asked for."),
)
def request_can_be_refused(session: Any, _facts: Facts) -> bool:
    """What the absolute majority or the governor asks for is held (articles 36 and 37)."""
    return bool(session.called_by == "third")


@refuses(
    gettext_noop("The last day to refuse the session that was asked for has passed."),
    article="113-14, 36",
    remedy=gettext_noop("Hold the session that was asked for."),
)
def refusal_is_in_time(_session: Any, facts: Facts) -> bool:
    """A reasoned refusal within ten days (article 36)."""
    return facts["refusal_latest"] is None or bool(facts["on"] <= facts["refusal_latest"])


@refuses(
    gettext_noop("What half of the members or the governor asked for waits on this session."),
    article="113-14, 40",
    remedy=gettext_noop("Put it on the agenda of another session, and take it off this one."),
)
def nothing_by_right_is_lost(_session: Any, facts: Facts) -> bool:
    """A draft is taken back freely, but not what the law puts on an agenda (articles 39, 40)."""
    return not facts["by_right"]


@refuses(
    gettext_noop("The law asks for another majority for this matter."),
    article="113-14, 43",
    remedy=gettext_noop("Name the matter only: the majority follows from it."),
    field="basis",
)
def majority_is_the_matters(item: Any, facts: Facts) -> bool:
    """By another majority than its own a vote on the matter would be void (article 43)."""
    return facts["basis_of_matter"] is None or bool(item.basis == facts["basis_of_matter"])


@refuses(
    gettext_noop("The council was not told of a withdrawal that came after the notice."),
    article="113-14, 41",
    remedy=gettext_noop("Record that it was reported, or say why it was not."),
    field="unreported_because",
)
def withdrawals_were_reported(_session: Any, facts: Facts) -> bool:
    """What was withdrawn after the notice is told at the opening, without debate (local rule)."""
    return not facts["unreported"] or bool(facts["unreported_because"])
