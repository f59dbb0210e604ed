"""The code words of cases with their labels: reasons of refusal, what is missing, outcomes.

Codes travel in events; labels are said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shared.law.pack import Pack
from shared.web.i18n import LazyText, lazy_gettext

PURPOSE, CITIZENS, ASSOCIATIONS, PROCEDURE = "purpose", "citizens", "associations", "procedure"
"""The parts of the law on petitions; each pack names their articles."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a bureau may refuse: the rule it rests on, and whose petitions it can concern."""

    label: LazyText
    article: str
    petitioner: Literal["citizens", "association"] | None = None

    def article_in(self, pack: Pack) -> str:
        """Where the rule is written, for example ``113-14 art 123``."""
        return pack.article_on(self.article)


REFUSAL_REASONS: Mapping[str, Reason] = {
    "not-concerned": Reason(
        label=lazy_gettext("The petitioners neither live nor work in the territory."),
        article=CITIZENS,
        petitioner="citizens",
    ),
    "not-eligible": Reason(
        label=lazy_gettext("The petitioners do not meet the conditions of the electoral lists."),
        article=CITIZENS,
        petitioner="citizens",
    ),
    "no-common-interest": Reason(
        label=lazy_gettext("The petitioners have no direct interest in common."),
        article=CITIZENS,
        petitioner="citizens",
    ),
    "too-few-signatures": Reason(
        label=lazy_gettext("There are fewer valid signatures than the law asks for."),
        article=CITIZENS,
        petitioner="citizens",
    ),
    "association-too-young": Reason(
        label=lazy_gettext("The association has not existed for more than three years."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "association-not-democratic": Reason(
        label=lazy_gettext("The association is not run by democratic principles and its statutes."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "association-irregular": Reason(
        label=lazy_gettext("The association is not in good standing with the law."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "association-too-small": Reason(
        label=lazy_gettext("The association does not have more than one hundred members."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "association-no-seat": Reason(
        label=lazy_gettext("The association has neither its seat nor a branch in the territory."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "association-other-purpose": Reason(
        label=lazy_gettext("The association's activity has no link with the petition's subject."),
        article=ASSOCIATIONS,
        petitioner="association",
    ),
    "file-incomplete": Reason(
        label=lazy_gettext("The form or the supporting documents are missing."),
        article=PROCEDURE,
    ),
    "outside-powers": Reason(
        label=lazy_gettext("The subject is outside the powers of the council."),
        article=PURPOSE,
    ),
    "national-constants": Reason(
        label=lazy_gettext("The subject touches the constants of the Nation."),
        article=PURPOSE,
    ),
}

MISSING: Mapping[str, LazyText] = {
    "petition-form": lazy_gettext("The petition form"),
    "signature-sheets": lazy_gettext("The signature sheets"),
    "identity-cards": lazy_gettext("Copies of the identity cards"),
    "association-receipt": lazy_gettext("The association's receipt or proof of constitution"),
    "association-statutes": lazy_gettext("The association's statutes"),
    "powers": lazy_gettext("The powers of whoever follows the procedure"),
    "other": lazy_gettext("Another document"),
}
"""What a file can lack (decree 2-16-403, articles 3 and 4)."""

OUTCOMES: Mapping[str, LazyText] = {
    "carried-out": lazy_gettext("Decision carried out"),
    "not-adopted": lazy_gettext("Not adopted by the council"),
    "refused": lazy_gettext("Refused by the bureau"),
    "withdrawn": lazy_gettext("Withdrawn by the petitioners"),
    "complaint": lazy_gettext("Handled as a complaint"),
    "abandoned": lazy_gettext("Decision not carried out"),
}
OUTCOMES_OF_CASE: Mapping[str, tuple[str, ...]] = {
    "refused": ("refused",),
    "withdrawn": ("withdrawn",),
    "reclassified": ("complaint",),
}
OUTCOMES_OF_DECISION: Mapping[str, tuple[str, ...]] = {
    "rejected": ("not-adopted",),
    "enforceable": ("carried-out", "abandoned"),
    "opposed": ("abandoned",),
    "visa_refused": ("abandoned",),
    "enforceability_suspended": ("abandoned",),
}
"""Which ends are possible, by the state of the case or, after a vote, of the decision."""

NOTICE_CHANNELS = ("handed-over", "registered-mail", "bailiff", "electronic")
"""How a refusal is notified, each with a proof that the council keeps (113-14, article 97)."""
PEOPLE_OF_FILE = ("mandatary", "legal-representative", "petitioner")
CANCELLING_REASONS = ("asked-in-error", "not-needed")
"""Why a request for an opinion is taken back by a person."""

REOPENING_REASONS = ("completed-in-time", "new-fact", "court-decision", "recorded-in-error")
