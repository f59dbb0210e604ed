"""What the law asks where a notice did not reach a member; a guard only compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


@refuses(
    gettext_noop("A notice fails after it was sent."),
    article="113-14, 35",
    remedy=gettext_noop("Check the day and send it again."),
)
def notice_had_gone_out(session: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(session.notice_to_members_on <= facts["on"])


@refuses(
    gettext_noop("It is recorded already that this member's notice did not arrive."),
    article="113-14, 35",
    remedy=gettext_noop("Send the notice again, with proof."),
)
def failure_is_news(_session: Any, facts: Facts) -> bool:
    """One failure, one task."""
    return not facts["is_known"]


@refuses(
    gettext_noop("The notice is sent again before the session opens."),
    article="113-14, 35",
    remedy=gettext_noop("Let the president choose whether the session goes on."),
)
def renewal_comes_before_the_session(session: Any, facts: Facts) -> bool:
    """Who comes to a session was convened before it (article 35)."""
    return bool(facts["failed_on"] <= facts["on"] < session.opens_on)


@refuses(
    gettext_noop("No notice has failed for good: there is nothing to choose."),
    article="113-14, 35",
    remedy=gettext_noop("Send the notice again by its last day, with proof."),
)
def a_notice_failed_for_good(_session: Any, facts: Facts) -> bool:
    """While the last day lasts, a failed notice is sent again (article 35)."""
    return bool(facts["late"])


@refuses(
    gettext_noop("A member's notice did not arrive in time, and the president has not chosen yet."),
    article="113-14, 35",
    remedy=gettext_noop("Let the president choose to go on or to convene anew, with the reason."),
)
def failed_notices_are_settled(_session: Any, facts: Facts) -> bool:
    """The law does not say what a notice that failed does to a session: a person does."""
    return not facts["failed_notices"]
