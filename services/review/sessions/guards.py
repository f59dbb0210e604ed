"""What the law asks before a session or an item of the agenda takes a step.

Facts are gathered by the actions from rows and from shared/law; a guard only compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


def _by(on: date, latest: date | None) -> bool:
    return latest is None or on <= latest


@refuses(
    gettext_noop("The agenda of this session is empty."),
    article="113-14, 38",
    remedy=gettext_noop("Put an item on the agenda first."),
)
def agenda_has_items(_session: Any, facts: Facts) -> bool:
    """A session is called with its agenda."""
    return bool(facts["agenda"])


@refuses(
    gettext_noop("The last day to send the agenda to the governor has passed."),
    article="113-14, 38",
    remedy=gettext_noop("Postpone the session, or plan it for a later day."),
)
def agenda_is_in_time(_session: Any, facts: Facts) -> bool:
    """The governor has the agenda twenty days before the opening (article 38)."""
    return _by(facts["on"], facts["latest"])


@refuses(
    gettext_noop("An accepted petition that belongs to this session is not on its agenda."),
    article="113-14, 38",
    remedy=gettext_noop("Put them on the agenda first."),
)
def accepted_petitions_are_on_it(_session: Any, facts: Facts) -> bool:
    """An accepted petition is an item by right of the next ordinary session (article 38)."""
    return not facts["forgotten"]


@refuses(
    gettext_noop("The last day to send the members their notice has passed."),
    article="113-14, 35",
    remedy=gettext_noop("Postpone the session, or plan it for a later day."),
)
def notice_is_in_time(_session: Any, facts: Facts) -> bool:
    """Members have the notice with the agenda ten days before the opening (article 35)."""
    return _by(facts["on"], facts["latest"])


@refuses(
    gettext_noop("The members are convened after the agenda went to the governor."),
    article="113-14, 35",
    remedy=gettext_noop("Send the agenda to the governor first."),
)
def agenda_went_first(session: Any, facts: Facts) -> bool:
    """The notice carries the agenda that was sent."""
    return bool(session.agenda_to_governor_on <= facts["on"])


@refuses(
    gettext_noop("Without its quorum the session does not open."),
    article="113-14, 42",
    remedy=gettext_noop("Record the failed call, then call the members again."),
)
def quorum_was_met(_session: Any, facts: Facts) -> bool:
    """A session opens with its quorum (article 42)."""
    return bool(facts["is_met"])


@refuses(
    gettext_noop("A session cannot be closed before it was opened."),
    article="113-14, 34",
    remedy=gettext_noop("Check the day and send it again."),
)
def session_had_opened(session: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(session.opened_on <= facts["on"])


@refuses(
    gettext_noop("The days that the law gives an ordinary session are over."),
    article="113-14, 34",
    remedy=gettext_noop("Check the day and send it again."),
)
def session_still_lasts(_subject: Any, facts: Facts) -> bool:
    """Fifteen days, and one extension where the president gave it (article 34)."""
    return facts["session_kind"] != "ordinary" or _by(facts["on"], facts["last_day"])


@refuses(
    gettext_noop("The days that the law gives an extraordinary session are over."),
    article="113-14, 36",
    remedy=gettext_noop("Check the day and send it again."),
)
def extraordinary_session_still_lasts(_subject: Any, facts: Facts) -> bool:
    """Seven working days that nothing extends (article 36)."""
    return facts["session_kind"] == "ordinary" or _by(facts["on"], facts["last_day"])


@refuses(gettext_noop("Only an ordinary session can be extended."), article="113-14, 36")
def session_is_ordinary(_session: Any, facts: Facts) -> bool:
    """An extraordinary session is not extended (article 36)."""
    return bool(facts["session_kind"] == "ordinary")


@refuses(gettext_noop("A session is extended once only."), article="113-14, 34")
def is_not_extended_yet(_session: Any, facts: Facts) -> bool:
    """One extension (article 34)."""
    return not facts["is_extended"]


@refuses(
    gettext_noop("A session is extended before its last day has passed."), article="113-14, 34"
)
def extension_is_in_time(_session: Any, facts: Facts) -> bool:
    """What is over cannot be made longer."""
    return _by(facts["on"], facts["last_day"])


@refuses(
    gettext_noop("The extension is shorter than a day, or longer than the law lets it be."),
    article="113-14, 34",
)
def extension_fits(_session: Any, facts: Facts) -> bool:
    """Seven consecutive working days at most (article 34)."""
    return bool(facts["last_day"] < facts["until"] <= facts["latest_extension"])


@refuses(
    gettext_noop("Only an accepted petition goes on the agenda."),
    article="113-14, 125",
    remedy=gettext_noop("Let the bureau decide on it first."),
)
def petition_is_accepted(_item: Any, facts: Facts) -> bool:
    """The bureau decides before the council does (article 125)."""
    return facts["case_state"] in {None, "admitted", "referred"}


@refuses(
    gettext_noop("An accepted petition goes to an ordinary session."),
    article="113-14, 38",
    remedy=gettext_noop("Choose an ordinary session."),
)
def session_takes_petitions(item: Any, facts: Facts) -> bool:
    """It is an item of the ordinary session that follows the decision (articles 38 and 125)."""
    return item.case_id is None or bool(facts["session_kind"] == "ordinary")


@refuses(
    gettext_noop("The petition is on an agenda already, or was voted on."), article="113-14, 38"
)
def petition_is_on_no_agenda(_item: Any, facts: Facts) -> bool:
    """One petition, one item."""
    return facts["other_item"] is None


@refuses(
    gettext_noop("There is no vote before the session has opened with its quorum."),
    article="113-14, 42",
    remedy=gettext_noop("Open the session with its quorum first."),
)
def session_is_open(_item: Any, facts: Facts) -> bool:
    """Deliberations without the quorum at the opening are void (article 42)."""
    return bool(facts["session_state"] == "opened" and facts["opened_on"] <= facts["on"])


@refuses(
    gettext_noop("No sitting of the session was held on the day of the vote."),
    article="113-14, 33",
    remedy=gettext_noop("Record the sitting first."),
)
def sitting_is_held(_item: Any, facts: Facts) -> bool:
    """A vote belongs to a sitting (article 33)."""
    return facts["sitting"] is not None


@refuses(
    gettext_noop("The sitting is suspended: nothing is voted on until it is resumed."),
    article="113-14, 33",
    remedy=gettext_noop("Resume the sitting first."),
)
def sitting_goes_on(_item: Any, facts: Facts) -> bool:
    """While a sitting is suspended the council does not sit."""
    return not facts["is_suspended"]


@refuses(
    gettext_noop("Votes are public: a secret ballot needs the article of a law that asks for it."),
    article="113-14, 6",
    remedy=gettext_noop("Name the article that asks for a secret ballot, or record a public vote."),
)
def vote_is_public(_item: Any, facts: Facts) -> bool:
    """Voting is public, for decisions and for elections (article 6)."""
    return facts["ballot"].mode != "secret" or bool(facts["ballot"].article)


@refuses(
    gettext_noop("More votes were counted than members were present."),
    article="113-14, 43",
    remedy=gettext_noop("Count the votes again."),
)
def votes_fit_attendance(_item: Any, facts: Facts) -> bool:
    """Only members who are there, and are not recused, vote; who is away takes no place there."""
    return bool(facts["votes"] <= facts["present"] - facts["recused"] + facts["recused_away"])


@refuses(
    gettext_noop("The vote that did not reach its majority is repeated at a later sitting."),
    article="113-14, 43",
)
def second_vote_is_later(item: Any, facts: Facts) -> bool:
    """The second vote needs a second sitting (article 43)."""
    # Before sittings were numbered the first vote was in the one that opened the session.
    return item.first_vote_on is None or bool((item.first_sitting or 1) < facts["sitting"])


@refuses(
    gettext_noop("There is no withdrawal that still has to be reported."),
    article="113-14, 41",
    remedy=gettext_noop("Check the day and send it again."),
)
def withdrawal_is_untold(item: Any, _facts: Facts) -> bool:
    """The notice froze the agenda, so what left it afterwards is told at the opening, once."""
    return item.withdrawn_on is not None and item.reported_on is None


@refuses(
    gettext_noop("No committee has examined this petition: the council first decides on that."),
    article="113-14, 28",
    remedy=gettext_noop("Record the council's vote without debate on whether to deliberate on it."),
)
def council_can_deliberate(item: Any, facts: Facts) -> bool:
    """A report is there, or the council chose without debate to go on without one (article 28)."""
    return facts["is_examined"] or bool(item.taken_up and item.taken_up["is_taken_up"])


@refuses(
    gettext_noop("This item needs no vote on whether to deliberate."),
    article="113-14, 28",
    remedy=gettext_noop("Debate it and record the vote."),
)
def choice_is_open(item: Any, facts: Facts) -> bool:
    """The choice is made once, and only where no committee examined the item (article 28)."""
    return not facts["is_examined"] and not item.taken_up


@refuses(
    gettext_noop("A mandatory opinion is awaited: the item is not voted."),
    article="113-14, 120",
    remedy=gettext_noop(
        "Wait for it, postpone the item, or give the reason for going on without it."
    ),
)
def mandatory_opinions_are_in(_item: Any, facts: Facts) -> bool:
    """Answered, lapsed or cancelled; or the president gave the reason for going on without it."""
    return not facts["awaited"] or bool(facts["without_opinion_reason"])


@refuses(
    gettext_noop("No mandatory opinion is awaited on this item."),
    article="113-14, 120",
    remedy=gettext_noop("Leave the reason out."),
)
def reason_is_needed(_item: Any, facts: Facts) -> bool:
    """A reason for going on without an opinion that came in the meantime would be untrue."""
    return bool(facts["awaited"]) or not facts["without_opinion_reason"]
