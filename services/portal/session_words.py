"""The words a person sees for the codes of sessions: who called them, agenda, roll, votes."""

from __future__ import annotations

from services.portal.words import Words
from shared.web.i18n import lazy_gettext

SESSION_KINDS: Words = {
    "ordinary": lazy_gettext("Ordinary session"),
    "extraordinary": lazy_gettext("Extraordinary session"),
}
CALLED_BY: Words = {
    "president": lazy_gettext("The president of the council"),
    "third": lazy_gettext("A third of the members"),
    "absolute-majority": lazy_gettext("The absolute majority of the members"),
    "governor": lazy_gettext("The governor"),
}
BASES: Words = {
    "votes-cast": lazy_gettext("Absolute majority of the votes cast"),
    "members-in-office": lazy_gettext("Absolute majority of the members in office"),
    "three-quarters": lazy_gettext("Three quarters of the members in office"),
}
VOTES: Words = {
    "for": lazy_gettext("For"),
    "against": lazy_gettext("Against"),
    "abstain": lazy_gettext("Abstains"),
}
ROLL_MARKS: Words = {
    "present": lazy_gettext("Present"),
    "excused": lazy_gettext("Excused"),
    "unexcused": lazy_gettext("Absent without excuse"),
}
CLOSED_DOOR_ASKED_BY: Words = {
    "president": lazy_gettext("The president of the council"),
    "third": lazy_gettext("A third of the members"),
    "governor": lazy_gettext("The governor"),
}
DATED_ACTS: Words = {
    "call": lazy_gettext("The agenda sent to the governor"),
    "note_receipt": lazy_gettext("The agenda received by the governor"),
    "convene": lazy_gettext("The notice sent to the members"),
}
BALLOTS: Words = {
    "public": lazy_gettext("Public, by show of hands"),
    "by-name": lazy_gettext("Public, by name"),
    "secret": lazy_gettext("Secret"),
}
NOTICE_FAILURES: Words = {
    "returned": lazy_gettext("It came back"),
    "refused": lazy_gettext("The member did not take it"),
    "unknown-address": lazy_gettext("The address is wrong"),
    "not-delivered": lazy_gettext("It could not be delivered"),
}
NOTICE_CHOICES: Words = {
    "go-on": lazy_gettext("The session goes on"),
    "convene-anew": lazy_gettext("The session is put off and the members are convened anew"),
}
CLASH_CHOICES: Words = {
    "this-session": lazy_gettext("This session, with the governor's agreement"),
    "next-session": lazy_gettext("The next ordinary session"),
}
POSTPONEMENTS: Words = {
    "not-in-time": lazy_gettext("The agenda or the notice was not sent in time"),
    "no-quorum": lazy_gettext("The quorum was not met"),
    "preparation": lazy_gettext("More preparation is needed"),
    "opinion-awaited": lazy_gettext("An opinion is awaited"),
    "governor-objection": lazy_gettext("The governor objects to the item"),
    "force-majeure": lazy_gettext("An event beyond control"),
    "other": lazy_gettext("Another reason"),
}
DROPPINGS: Words = {
    "planned-in-error": lazy_gettext("It was planned by mistake"),
    "other-day": lazy_gettext("It will be held on another day"),
}
ENDINGS: Words = {
    **POSTPONEMENTS,
    "session-postponed": lazy_gettext("The session was postponed"),
    "session-dropped": lazy_gettext("The planned session was taken back"),
    "session-closed": lazy_gettext("The session was closed before the vote"),
    "petition-withdrawn": lazy_gettext("The petition was withdrawn"),
    "no-committee-report": lazy_gettext(
        "The council waits for a committee's report; it goes to the next session"
    ),
    "second-sitting": lazy_gettext("The majority was not reached; a second sitting votes"),
}
LATEST: Words = {
    "agenda_to_governor": lazy_gettext("Agenda to the governor"),
    "notice_to_members": lazy_gettext("Notice to the members"),
    "session_end": lazy_gettext("End of the session"),
}
ITEM_ORIGINS: Words = {
    "petition": lazy_gettext("An accepted petition"),
    "president": lazy_gettext("The president with the bureau"),
    "half-of-members": lazy_gettext("Half of the members, in writing"),
    "member": lazy_gettext("Members, in writing"),
    "governor": lazy_gettext("The governor"),
}
AGENDA_CAUSES: Words = {
    "called": lazy_gettext("Sent to the governor"),
    "added": lazy_gettext("An item was added"),
    "removed": lazy_gettext("An item was taken off"),
    "supplement": lazy_gettext("A supplementary notice went out"),
    "objection-upheld": lazy_gettext("An item was struck after the governor's objection"),
}
"""Why an agenda has another version."""

OBJECTION_OUTCOMES: Words = {
    "withdrawn": lazy_gettext("The governor withdrew it"),
    "dismissed": lazy_gettext("The judge dismissed it"),
    "upheld": lazy_gettext("The item is struck from the agenda"),
}
NOTICES: Words = {
    "notice": lazy_gettext("The notice"),
    "supplement": lazy_gettext("The supplementary notice"),
    "second-call": lazy_gettext("The second call"),
}
NOTICE_CHANNELS: Words = {
    "hand": lazy_gettext("By hand, signed for"),
    "registered-post": lazy_gettext("By registered post"),
    "bailiff": lazy_gettext("By an officer of the court"),
    "electronic": lazy_gettext("Electronically, with acknowledgement"),
}
