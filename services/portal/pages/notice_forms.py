"""The acts around a notice that did not reach a member as forms, and each such notice in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.forms import Field, Form, scoped
from services.portal.offers import offered
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent
from shared.web.i18n import lazy_gettext

CHANNEL = Field(
    name="channel",
    label=lazy_gettext("How it was sent"),
    kind="select",
    options=words.options(session_words.NOTICE_CHANNELS),
    is_required=True,
)
FAILURE = Form(
    name="failed-notices",
    title=lazy_gettext("Record that a member's notice did not arrive"),
    button=lazy_gettext("Record it"),
    path="/failed-notices",
    lead=lazy_gettext(
        "The {notice-to-members} count from a sending with proof (113-14, 35): it is sent again"
        " by its last day, or the president chooses."
    ),
    fields=(
        Field(name="person", label=lazy_gettext("Member"), kind="select", is_required=True),
        CHANNEL,
        Field(
            name="reason",
            label=lazy_gettext("Why it did not arrive"),
            kind="select",
            options=words.options(session_words.NOTICE_FAILURES),
            is_required=True,
        ),
    ),
)
RENEWAL = Form(
    name="renewal",
    title=lazy_gettext("Record that it was sent again"),
    button=lazy_gettext("Record the sending"),
    path="/renewal",
    fields=(
        CHANNEL,
        Field(
            name="proof",
            label=lazy_gettext("What proves it"),
            hint=lazy_gettext("The number of the receipt or of the entry in the register."),
            longest=200,
            is_required=True,
        ),
    ),
)
CHOICE = Form(
    name="notice-choice",
    title=lazy_gettext("Choose what becomes of the session"),
    button=lazy_gettext("Record the choice"),
    path="/notice-choice",
    kind="danger",
    lead=lazy_gettext("A notice did not arrive in time; the law leaves open what follows."),
    fields=(
        Field(
            name="choice",
            label=lazy_gettext("Choice"),
            kind="radio",
            options=words.options(session_words.NOTICE_CHOICES),
            is_required=True,
        ),
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="textarea",
            longest=500,
            is_required=True,
        ),
    ),
)


def failed_notices(
    session: Json,
    record: Json,
    names: Mapping[str, str],
    *,
    action: Callable[[str], str],
    sent: Sent | None,
) -> list[Json]:
    """Each notice that did not arrive, in words, with the form to send it again."""

    def shown(one: Json) -> Json:
        return {
            **one,
            "name": names[one["person"]],
            "why": words.word(session_words.NOTICE_FAILURES, one["reason"]),
            "channel_word": words.word(session_words.NOTICE_CHANNELS, one["channel"]),
            "forms": offered(
                {RENEWAL.name: scoped(RENEWAL, one["id"])},
                {},
                action=lambda _act: action(one["id"]),
                allowed=_renewable(session, one),
                sent=sent,
            ),
        }

    return [shown(one) for one in record.get("failed") or []]


def choice_word(code: str) -> str:
    """The president's choice in words."""
    return words.word(session_words.NOTICE_CHOICES, code)


def _renewable(session: Json, one: Json) -> Mapping[str, Sequence[str]]:
    is_open = session["state"] == "convened" and one["standing"] == "open"
    return {RENEWAL.name: KEEPERS} if is_open and one["renewed_on"] is None else {}
