"""The sentences of next legal steps: what is to be done, and why, where no term of law says it."""

from __future__ import annotations

from collections.abc import Mapping

from shared.law.model import Text
from shared.web.i18n import LazyText, gettext_noop, use_language

WHAT: Mapping[str, str] = {
    "decide": gettext_noop("The bureau decides on the petition"),
    "notify-refusal": gettext_noop("Notify the petitioners of the refusal and its reasons"),
    "complete": gettext_noop("Hand in what is missing"),
    "refer": gettext_noop("Refer the petition to the competent committee"),
    "report": gettext_noop("Deposit the committee's report"),
    "plan-session": gettext_noop("Plan the next ordinary session"),
    "schedule": gettext_noop("Put the petition on the agenda of the next ordinary session"),
    "call": gettext_noop("Send the agenda to the governor"),
    "convene": gettext_noop("Convene the members"),
    "open": gettext_noop("Open the session with its quorum"),
    "deliberate": gettext_noop("The council debates and votes"),
    "deliberate-again": gettext_noop("The council deliberates again"),
    "classify": gettext_noop("Say whether the decision needs the visa"),
    "transmit": gettext_noop("Send the decision to the governor"),
    "wait": gettext_noop("Wait for the end of the governor's term"),
    "choose-session": gettext_noop("Choose the session of the petition"),
    "carry-out": gettext_noop("Carry the decision out"),
    "settle-objection": gettext_noop("Wait until the governor's objection is settled"),
    "close": gettext_noop("Close the case"),
}
WHY: Mapping[str, tuple[str, str | None]] = {
    "completion": (
        gettext_noop(
            "The petitioners were asked to complete their file by this day; the term for a reasoned"
            " refusal keeps running."
        ),
        "125",
    ),
    "refer": (
        gettext_noop(
            "An accepted petition goes to the competent permanent committee before the council"
            " debates it. The law sets no day; the agenda is sent to the governor on this day at"
            " the latest."
        ),
        "125",
    ),
    "refer-no-session": (
        gettext_noop(
            "An accepted petition goes to the competent permanent committee before the council"
            " debates it. No ordinary session is planned yet."
        ),
        "125",
    ),
    "report": (
        gettext_noop(
            "The committee examines the petition before the session. The law sets no day; the"
            " documents go to the members with the notice, on this day at the latest."
        ),
        "28",
    ),
    "report-no-session": (
        gettext_noop(
            "The committee examines the petition before the session. No ordinary session is"
            " planned yet."
        ),
        "28",
    ),
    "session": (
        gettext_noop(
            "An accepted petition is an item of the ordinary session that follows the bureau's"
            " decision, and none is planned yet."
        ),
        "38",
    ),
    "opening": (
        gettext_noop(
            "The council debates in its session; the quorum at the opening decides whether it can."
        ),
        "42",
    ),
    "classify": (
        gettext_noop(
            "A person says before the transmission whether the decision needs the visa, and under"
            " which article. It goes to the governor on this day at the latest."
        ),
        "118",
    ),
    "transmit": (
        gettext_noop(
            "The term for sending the decision to the governor counts from the close of the"
            " session, which is not recorded yet."
        ),
        "116",
    ),
    "wait": (gettext_noop("The governor's receipt is not recorded yet."), "117"),
    "deliberate-again": (
        gettext_noop("The governor opposed the decision: the council deliberates on it again."),
        "117",
    ),
    "choose-session": (
        gettext_noop(
            "The bureau accepted the petition after the last day to send the agenda of the next"
            " ordinary session, which opens on this day. The law does not settle the clash: the"
            " president chooses this session, with the governor's agreement, or the next one, and"
            " says why."
        ),
        "38",
    ),
    "carry-out": (
        gettext_noop(
            "An action that carries the decision out is open and due on this day; the president"
            " reports on it at each ordinary session."
        ),
        "106",
    ),
    "settle-objection": (
        gettext_noop(
            "The governor objects to the item: until he withdraws the objection or the judge has"
            " decided, the council may not deliberate on it in its session of this day."
        ),
        "41",
    ),
    "close": (
        gettext_noop("Nothing more is due by law; closing the case says what became of it."),
        None,
    ),
}


def texts(sentence: str) -> Text:
    """A sentence of this file in the three languages, whatever language is read now."""
    return in_three(LazyText(sentence, context=None, params={}))


def in_three(label: LazyText) -> Text:
    """A label in the three languages, whatever language is read now."""
    said = {}
    for code in ("ar", "fr", "en"):
        with use_language(code):
            said[code] = str(label)
    return Text(ar=said["ar"], fr=said["fr"], en=said["en"])
