"""What the law asks before a case takes a step; a guard compares, actions gather the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses


@refuses(
    gettext_noop("No act on a petition is older than its filing."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def act_follows_filing(case: Any, facts: Mapping[str, Any]) -> bool:
    """The president has the petition from its filing on: nothing is done about it before."""
    return bool(case.filed_on <= facts["acted_on"])


@refuses(
    gettext_noop("A petition is referred on the day of the bureau's decision or after it."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def referral_follows_decision(case: Any, facts: Mapping[str, Any]) -> bool:
    """Only an accepted petition goes to a committee (article 125)."""
    return case.decided_on is None or bool(case.decided_on <= facts["acted_on"])


@refuses(
    gettext_noop("The petition is before this committee already."),
    article="113-14, 28",
    remedy=gettext_noop("Choose the committee that is competent instead."),
    field="committee",
)
def committee_is_another(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A second referral corrects the first: it names another committee."""
    return bool(facts["is_another"])


@refuses(
    gettext_noop("A committee has reported on this petition, or the council has voted on it."),
    article="113-14, 28",
    remedy=gettext_noop("Leave it where it is: the council deliberates on the report."),
)
def nothing_came_of_the_referral(_case: Any, facts: Mapping[str, Any]) -> bool:
    """What a committee has examined is not taken from it (article 28)."""
    return not facts["is_reported"] and not facts["is_voted"]


@refuses(
    gettext_noop("This act is older than the one that brought the case where it is."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def act_follows_the_last(_case: Any, facts: Mapping[str, Any]) -> bool:
    """Dates of acts follow one another."""
    return facts["stands_since"] is None or bool(facts["stands_since"] <= facts["acted_on"])


@refuses(
    gettext_noop("What was missing came in before the petition was filed."),
    article="113-14, 125",
    remedy=gettext_noop("Give the day on which it came in."),
    field="received_on",
)
def completion_follows_filing(case: Any, facts: Mapping[str, Any]) -> bool:
    """A file is completed after it was handed in."""
    return bool(case.filed_on <= facts["received_on"])


@refuses(
    gettext_noop("The petitioners still have time to complete the file."),
    article="113-14, 125",
    remedy=gettext_noop("Wait until that day has passed, or record what came in."),
)
def completion_time_is_over(case: Any, facts: Mapping[str, Any]) -> bool:
    """Who was given time to complete is not refused before it ends (local rule)."""
    return bool(case.completion_due_on is None or facts["on"] > case.completion_due_on)


@refuses(
    gettext_noop("No committee of the council has this id."),
    article="113-14, 125",
    remedy=gettext_noop("Choose one of the committees of this council."),
    field="committee",
)
def committee_is_formed(_case: Any, facts: Mapping[str, Any]) -> bool:
    """An accepted petition goes to the competent permanent committee (article 125)."""
    return bool(facts["committee_is_formed"])


@refuses(
    gettext_noop("The council has voted on this petition already."),
    article="",
    remedy=gettext_noop("File a new petition, or ask the council to take the matter up again."),
)
def item_is_not_voted(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A petition can be withdrawn until the vote on it (local rule; the law is silent)."""
    return not facts["is_voted"]


@refuses(
    gettext_noop("The petitioners' consent to this is not recorded."),
    article="decree 2-17-265",
    remedy=gettext_noop("Get the petitioners' consent and record it first."),
)
def petitioners_agree(case: Any, _facts: Mapping[str, Any]) -> bool:
    """A petition becomes a complaint only with the consent of those who filed it."""
    return case.consented_on is not None


@refuses(
    gettext_noop("Conditions are not met or not checked: the bureau says why it goes on."),
    article="113-14, 125",
)
def conditions_are_met_or_reason_given(_case: Any, facts: Mapping[str, Any]) -> bool:
    """The bureau checks the conditions of the law before it accepts (article 125)."""
    return not facts["open_conditions"] or bool(facts["despite_reason"])


@refuses(
    gettext_noop("The refusal was notified: a new petition or an appeal is the way now."),
    article="113-14, 125",
    remedy=gettext_noop("File a new petition, or ask the council to take the matter up again."),
)
def refusal_is_not_notified(case: Any, _facts: Mapping[str, Any]) -> bool:
    """A refusal is only decided until its notice goes out; then it stands."""
    return case.refusal_notified_on is None


@refuses(
    gettext_noop("What was missing did not come in by the day given for it."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
)
def completion_was_in_time(case: Any, facts: Mapping[str, Any]) -> bool:
    """Handed in before its due date, a completion brings a decided refusal back to the bureau."""
    return case.completion_due_on is not None and facts["received_on"] <= case.completion_due_on


@refuses(
    gettext_noop("A refusal is notified on the day of the decision or after it."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
)
def notice_follows_decision(case: Any, facts: Mapping[str, Any]) -> bool:
    """Dates of acts follow one another."""
    return bool(case.decided_on <= facts["on"])


@refuses(
    gettext_noop("A refusal is notified to the petitioners before its case is closed."),
    article="113-14, 125",
    remedy=gettext_noop("Notify the refusal first."),
)
def refusal_was_notified(case: Any, _facts: Mapping[str, Any]) -> bool:
    """The reasoned refusal is owed to the petitioners (article 125)."""
    return case.refusal_notified_on is not None


@refuses(
    gettext_noop("This outcome is not what became of the petition."),
    article="113-14, 125",
    remedy=gettext_noop("Choose the outcome that the case's own acts show."),
    field="outcome",
)
def outcome_is_what_happened(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A case ends with what its own acts and the council's vote made of it."""
    return bool(facts["outcome"] in facts["possible"])


@refuses(
    gettext_noop("Who took the last decision cannot reopen the case alone."),
    article="",
    remedy=gettext_noop("Let another person reopen it."),
)
def somebody_else_reopens(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A correction that changes a result needs a second person."""
    return bool(facts["actor"] != facts["last_actor"])


@refuses(
    gettext_noop("Who recorded the decision cannot turn it round alone."), article="113-14, 125"
)
def somebody_else_turns_it_round(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A correction that changes a result needs a second person."""
    return bool(facts["actor"] != facts["last_actor"])


@refuses(
    gettext_noop("The petition is on an agenda: its acceptance is not turned round."),
    article="113-14, 38",
)
def petition_is_on_no_agenda(_case: Any, facts: Mapping[str, Any]) -> bool:
    """What is on an agenda goes to the council, or is taken off it first."""
    return not facts["is_on_agenda"]


@refuses(
    gettext_noop("An action that carries the decision out is still open."), article="113-14, 106"
)
def actions_are_over(_case: Any, facts: Mapping[str, Any]) -> bool:
    """What is said to be carried out leaves nothing open."""
    return facts["outcome"] != "carried-out" or not facts["open_actions"]


@refuses(gettext_noop("The council has not voted on this petition."), article="113-14, 125")
def council_has_voted(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A case that was voted on is opened again where the vote left it."""
    return bool(facts["is_voted"])


@refuses(gettext_noop("The council has voted on this petition already."), article="113-14, 125")
def council_has_not_voted(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A case that ended before the vote goes back to the bureau."""
    return not facts["is_voted"]
