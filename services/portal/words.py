"""The words a person sees for codes: offices, reasons, kinds of things, outcomes.

A code without a word is shown as it is, so that nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.web.i18n import LazyText, lazy_gettext

Words = Mapping[str, LazyText]

WHO: Words = {
    "secretariat": lazy_gettext("Council secretariat"),
    "president": lazy_gettext("Council president"),
    "bureau": lazy_gettext("Council bureau"),
    "committee": lazy_gettext("Competent committee"),
    "committee-chair": lazy_gettext("Committee chair"),
    "council": lazy_gettext("Council in session"),
    "petitioner": lazy_gettext("Petitioners"),
    "petitioners": lazy_gettext("Petitioners"),
    "governor": lazy_gettext("Governor"),
    "body": lazy_gettext("Consultative body"),
}
REFUSAL_REASONS: Words = {
    "not-concerned": lazy_gettext("The petitioners neither live nor work in the territory."),
    "not-eligible": lazy_gettext(
        "The petitioners do not meet the conditions of the electoral lists."
    ),
    "no-common-interest": lazy_gettext("The petitioners have no direct interest in common."),
    "too-few-signatures": lazy_gettext("There are fewer valid signatures than the law asks for."),
    "association-too-young": lazy_gettext(
        "The association has not existed for more than three years."
    ),
    "association-not-democratic": lazy_gettext(
        "The association is not run by democratic principles and its statutes."
    ),
    "association-irregular": lazy_gettext("The association is not in good standing with the law."),
    "association-too-small": lazy_gettext(
        "The association does not have more than one hundred members."
    ),
    "association-no-seat": lazy_gettext(
        "The association has neither its seat nor a branch in the territory."
    ),
    "association-other-purpose": lazy_gettext(
        "The association's activity has no link with the petition's subject."
    ),
    "file-incomplete": lazy_gettext("The form or the supporting documents are missing."),
    "outside-powers": lazy_gettext("The subject is outside the powers of the council."),
    "national-constants": lazy_gettext("The subject touches the constants of the Nation."),
}
OFFICES: Words = {
    "president": lazy_gettext("President of the council"),
    "vice-president": lazy_gettext("Vice-president of the council"),
}
CHECKS: Words = {
    "met": lazy_gettext("Met"),
    "not-met": lazy_gettext("Not met"),
    "not-applicable": lazy_gettext("Does not apply"),
}
BUREAU_RESULTS: Words = {
    "admitted": lazy_gettext("The petition is accepted"),
    "refused": lazy_gettext("The petition is refused"),
}
ACTIONS: Words = {
    "planned": lazy_gettext("Planned"),
    "under-way": lazy_gettext("Under way"),
    "done": lazy_gettext("Done"),
    "abandoned": lazy_gettext("Given up"),
}
VISA_ANSWERS: Words = {
    "granted": lazy_gettext("The visa is given"),
    "refused": lazy_gettext("The visa is refused"),
}
GOVERNORS_ANSWERS: Words = {
    "opposition": lazy_gettext("The governor's opposition"),
    "visa": lazy_gettext("The answer on the visa"),
}
GROUPS: Words = {
    "file": lazy_gettext("Completeness of the file"),
    **{"petitioners": lazy_gettext("The petitioners"), "subject": lazy_gettext("The subject")},
}
CHANNELS: Words = {
    "handed-over": lazy_gettext("Handed over against signature"),
    "registered-mail": lazy_gettext("Registered mail"),
    "bailiff": lazy_gettext("Bailiff"),
    "electronic": lazy_gettext("Electronic message with proof of receipt"),
}
REMEDIES: Words = {
    "court": lazy_gettext("Action for annulment before the administrative court"),
    "appeal": lazy_gettext("Appeal to the author of the refusal or to their superior"),
}
REASONS_OF_CITIZENS = frozenset(
    {"not-concerned", "not-eligible", "no-common-interest", "too-few-signatures"}
)
REASONS_OF_ASSOCIATIONS = frozenset(
    {
        "association-too-young",
        "association-not-democratic",
        "association-irregular",
        "association-too-small",
        "association-no-seat",
        "association-other-purpose",
    }
)
MISSING: Words = {
    "petition-form": lazy_gettext("The petition form"),
    "signature-sheets": lazy_gettext("The signature sheets"),
    "identity-cards": lazy_gettext("Copies of the identity cards"),
    "association-receipt": lazy_gettext("The association's receipt or proof of constitution"),
    "association-statutes": lazy_gettext("The association's statutes"),
    "powers": lazy_gettext("The powers of whoever follows the procedure"),
    "other": lazy_gettext("Another document"),
}
PETITIONERS: Words = {
    "association": lazy_gettext("An association"),
    "citizens": lazy_gettext("Citizens"),
}
PERSON_ROLES: Words = {
    "mandatary": lazy_gettext("Mandatary"),
    "legal-representative": lazy_gettext("Legal representative"),
    "petitioner": lazy_gettext("Petitioner"),
}
ERASURE_GROUNDS: Words = {
    "no-longer-needed": lazy_gettext("The data is not needed any more"),
    "inaccurate": lazy_gettext("The data is wrong"),
    "objection": lazy_gettext("Objection to its being kept"),
}
ERASURE_OUTCOMES: Words = {
    "erased": lazy_gettext("Was erased"),
    "waits": lazy_gettext("Waits"),
    "stays": lazy_gettext("Stays"),
}
ERASURE_REFUSALS: Words = {
    "nothing-held": lazy_gettext("Nothing of this person is kept here."),
    "public-act": lazy_gettext("Only public acts name this person, and they keep the name."),
}
RECOMMENDATIONS: Words = {
    "favourable": lazy_gettext("In favour"),
    "favourable-with-changes": lazy_gettext("In favour, with changes"),
    "unfavourable": lazy_gettext("Against it"),
}
OUTCOMES: Words = {
    "carried-out": lazy_gettext("Decision carried out"),
    "not-adopted": lazy_gettext("Not adopted by the council"),
    "refused": lazy_gettext("Refused by the bureau"),
    "withdrawn": lazy_gettext("Withdrawn by the petitioners"),
    "complaint": lazy_gettext("Handled as a complaint"),
    "abandoned": lazy_gettext("Decision not carried out"),
}
CANCELLINGS: Words = {
    "asked-in-error": lazy_gettext("It was asked by mistake"),
    "not-needed": lazy_gettext("It is not needed any more"),
}
REOPENINGS: Words = {
    "completed-in-time": lazy_gettext("The file was completed in time"),
    "new-fact": lazy_gettext("A new fact became known"),
    "court-decision": lazy_gettext("A court decided so"),
    "recorded-in-error": lazy_gettext("It was recorded in error"),
}
DECLINING: Words = {
    "outside-field": lazy_gettext("It is outside the body's field"),
    "no-time": lazy_gettext("The time is too short"),
    "no-quorum": lazy_gettext("No quorum"),
    "other": lazy_gettext("Another reason"),
}
ORIGINS: Words = {
    "requested": lazy_gettext("Asked for by the council"),
    "own-initiative": lazy_gettext("On the body's own initiative"),
}
ANSWERS: Words = {
    "followed": lazy_gettext("Followed"),
    "partly": lazy_gettext("Followed in part"),
    "not": lazy_gettext("Not followed"),
}
HEALTH: Words = {
    "ok": lazy_gettext("Works"),
    "degraded": lazy_gettext("Works, with a fault"),
    "down": lazy_gettext("Out of service"),
}
KINDS: Words = {
    "authority": lazy_gettext("Authority"),
    "account": lazy_gettext("Account"),
    "membership": lazy_gettext("Role"),
    "petition": lazy_gettext("Petition"),
    "case": lazy_gettext("Case"),
    "consultation": lazy_gettext("Consultation"),
    "mandate": lazy_gettext("Office"),
    "committee": lazy_gettext("Committee"),
    "session": lazy_gettext("Session"),
    "sitting": lazy_gettext("Sitting"),
    "item": lazy_gettext("Agenda item"),
    "decision": lazy_gettext("Decision"),
    "body": lazy_gettext("Consultative body"),
    "opinion": lazy_gettext("Opinion"),
    "notice": lazy_gettext("Notice"),
    "erasure": lazy_gettext("Erasure"),
    "redaction": lazy_gettext("Erasure of a name"),
}
SERVICES: Words = {
    "identity": lazy_gettext("Accounts"),
    "intake": lazy_gettext("Filing of petitions"),
    "review": lazy_gettext("Cases, sessions and decisions"),
    "opinions": lazy_gettext("Consultative bodies"),
    "notifications": lazy_gettext("Notices"),
    "audit": lazy_gettext("Ledger"),
}


def word(table: Words, code: object) -> str:
    """The word for a code in the reader's language, the code itself where there is none."""
    return str(table.get(str(code), code)) if code not in (None, "") else ""


def options(table: Words) -> Sequence[tuple[str, LazyText]]:
    """A table as the choices of a form."""
    return tuple(table.items())


def subject_label(subject: str) -> str:
    """``case/<id>`` as its kind in words with the beginning of its id."""
    kind, _, key = subject.partition("/")
    return f"{word(KINDS, kind)} {key[:8] if len(key) == 36 else key}"
