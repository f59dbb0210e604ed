"""The code words of sessions with their labels; codes travel in events, labels are for people."""

from __future__ import annotations

from collections.abc import Mapping

from shared.web.i18n import LazyText, lazy_gettext

SESSION_KINDS: Mapping[str, LazyText] = {
    "ordinary": lazy_gettext("Ordinary session"),
    "extraordinary": lazy_gettext("Extraordinary session"),
}
KINDS_WITHIN: Mapping[str, LazyText] = {
    "ordinary": lazy_gettext("ordinary session"),
    "extraordinary": lazy_gettext("extraordinary session"),
}
"""The same inside a sentence."""
CALLED_BY: Mapping[str, LazyText] = {
    "president": lazy_gettext("The president of the council"),
    "third": lazy_gettext("A third of the members"),
    "absolute-majority": lazy_gettext("The absolute majority of the members"),
    "governor": lazy_gettext("The governor"),
}
"""Who can ask for a session (113-14, articles 33, 36 and 37)."""

POSTPONEMENT_REASONS: Mapping[str, LazyText] = {
    "not-in-time": lazy_gettext("The agenda or the notice was not sent in time"),
    "no-quorum": lazy_gettext("The quorum was not met"),
    "preparation": lazy_gettext("More preparation is needed"),
    "opinion-awaited": lazy_gettext("An opinion is awaited"),
    "governor-objection": lazy_gettext("The governor objects to the item"),
    "force-majeure": lazy_gettext("An event beyond control"),
    "other": lazy_gettext("Another reason"),
}
"""Why a session or an item is put off by a person."""

DROPPING_REASONS: Mapping[str, LazyText] = {
    "planned-in-error": lazy_gettext("It was planned by mistake"),
    "other-day": lazy_gettext("It will be held on another day"),
}
"""Why a planned session is taken back before its agenda goes out."""

ITEM_REASONS: Mapping[str, LazyText] = {
    **POSTPONEMENT_REASONS,
    "session-postponed": lazy_gettext("The session was postponed"),
    "session-dropped": lazy_gettext("The planned session was taken back"),
    "session-closed": lazy_gettext("The session was closed before the vote"),
    "petition-withdrawn": lazy_gettext("The petition was withdrawn"),
    "no-committee-report": lazy_gettext(
        "The council waits for a committee's report; it goes to the next session"
    ),
    "second-sitting": lazy_gettext("The majority was not reached; a second sitting votes"),
}
"""Why an item left its agenda, or waits on it."""

ROLL_MARKS: Mapping[str, LazyText] = {
    "present": lazy_gettext("Present"),
    "excused": lazy_gettext("Excused"),
    "unexcused": lazy_gettext("Absent without excuse"),
    "represented": lazy_gettext("Represented by another member"),
}
"""How a member is entered at the opening of a sitting."""

MARKS: Mapping[str, LazyText] = {**ROLL_MARKS, "left": lazy_gettext("Left the room")}

CLOSED_DOOR_ASKED_BY: Mapping[str, LazyText] = {
    "president": lazy_gettext("The president of the council"),
    "third": lazy_gettext("A third of the members"),
    "governor": lazy_gettext("The governor"),
}
"""Who can ask that a sitting be held behind closed doors (113-14, article 48)."""

BALLOTS: Mapping[str, LazyText] = {
    "public": lazy_gettext("Public, by show of hands"),
    "by-name": lazy_gettext("Public, by name"),
    "secret": lazy_gettext("Secret"),
}
"""How the votes on an item are given."""

ORIGINS: Mapping[str, LazyText] = {
    "president": lazy_gettext("The president with the bureau"),
    "half-of-members": lazy_gettext("Half of the members, in writing"),
    "governor": lazy_gettext("The governor"),
}
"""Who puts a free subject on an agenda (113-14, articles 38 to 40)."""

OBJECTION_OUTCOMES: Mapping[str, LazyText] = {
    "withdrawn": lazy_gettext("The governor withdrew it"),
    "dismissed": lazy_gettext("The judge dismissed it"),
    "upheld": lazy_gettext("The item is struck from the agenda"),
}
"""How the governor's objection to an item ends (113-14, article 41)."""

NOTICES: Mapping[str, LazyText] = {
    "notice": lazy_gettext("The notice"),
    "supplement": lazy_gettext("The supplementary notice"),
    "second-call": lazy_gettext("The second call"),
}
CHANNELS: Mapping[str, LazyText] = {
    "hand": lazy_gettext("By hand, signed for"),
    "registered-post": lazy_gettext("By registered post"),
    "bailiff": lazy_gettext("By an officer of the court"),
    "electronic": lazy_gettext("Electronically, with acknowledgement"),
}
"""How a notice reaches a member at the declared address (113-14, article 35)."""

NOTICE_FAILURES: Mapping[str, LazyText] = {
    "returned": lazy_gettext("It came back"),
    "refused": lazy_gettext("The member did not take it"),
    "unknown-address": lazy_gettext("The address is wrong"),
    "not-delivered": lazy_gettext("It could not be delivered"),
}
"""Why a notice did not reach a member."""

NOTICE_CHOICES: Mapping[str, LazyText] = {
    "go-on": lazy_gettext("The session goes on"),
    "convene-anew": lazy_gettext("The session is put off and the members are convened anew"),
}
"""What the president chooses where a notice failed for good (113-14, article 35)."""

CLASH_CHOICES: Mapping[str, LazyText] = {
    "this-session": lazy_gettext("This session, with the governor's agreement"),
    "next-session": lazy_gettext("The next ordinary session"),
}
"""The president's choice where a petition was accepted inside the twenty days (article 38)."""
