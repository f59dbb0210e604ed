"""The states of a petition, up to filing and after it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.erasures import RedactionCarriedOut, RedactionPutOff
from shared.events.petitions import (
    DocumentsAdded,
    DocumentsErased,
    PetitionFiled,
    PetitionGivenUp,
    PetitionOpened,
    SignaturesCounted,
    WithdrawalRequested,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

FOLLOWS = frozenset({"mandatary", "legal-representative"})
"""The roles of those who follow the procedure for all petitioners."""


class PetitionState(StrEnum):
    """From filing on the case decides; intake only records what is handed in."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    FILED = "filed"
    GIVEN_UP = "given_up"


@refuses(
    gettext_noop("Only a citizens' petition collects signatures."),
    article="113-14, 123",
    remedy=gettext_noop("File it without signatures."),
)
def petition_is_by_citizens(petition: Any, _facts: Mapping[str, Any]) -> bool:
    """Associations file without signatures (113-14, article 124)."""
    return bool(petition.petitioner == "citizens")


@refuses(
    gettext_noop("The name of somebody of this draft was erased."),
    article="09-08, 8",
    remedy=gettext_noop("Begin a new petition."),
)
def nobody_of_it_was_erased(petition: Any, _facts: Mapping[str, Any]) -> bool:
    """It stands in the petition's own row: whoever waited for its lock reads that row anew."""
    return petition.erased_on is None


@refuses(
    gettext_noop("The file names nobody who follows the procedure."),
    article="113-14, 122",
    remedy=gettext_noop("Name a mandatary or a legal representative on the file."),
)
def somebody_follows_the_procedure(petition: Any, _facts: Mapping[str, Any]) -> bool:
    """A mandatary or a legal representative is named (113-14, articles 122 and 125)."""
    roles = {person.role for person in petition.people if person.is_active}
    return bool(roles & FOLLOWS)


@refuses(
    gettext_noop("Only who follows the procedure may end the collection of signatures."),
    article="113-14, 122",
    remedy=gettext_noop("Ask the mandatary of the petition, or the secretariat."),
)
def actor_follows_the_procedure(_petition: Any, facts: Mapping[str, Any]) -> bool:
    """Other petitioners of the file do not take the petition away from those who signed it."""
    return bool(facts["acts_for_all"])


TRANSITIONS = [
    {
        "trigger": "open",
        "source": "draft",
        "dest": "collecting",
        "event": PetitionOpened,
        "conditions": [petition_is_by_citizens, nobody_of_it_was_erased],
    },
    {
        "trigger": "count_signatures",
        "source": "collecting",
        "dest": "collecting",
        "event": SignaturesCounted,
    },
    {
        "trigger": "give_up",
        "source": "collecting",
        "dest": "given_up",
        "event": PetitionGivenUp,
        "conditions": [actor_follows_the_procedure],
    },
    {
        "trigger": "file",
        "source": ["draft", "collecting"],
        "dest": "filed",
        "event": PetitionFiled,
        "conditions": [nobody_of_it_was_erased, somebody_follows_the_procedure],
    },
    {
        "trigger": "add_documents",
        "source": "filed",
        "dest": "filed",
        "event": DocumentsAdded,
    },
    {
        "trigger": "request_withdrawal",
        "source": "filed",
        "dest": "filed",
        "event": WithdrawalRequested,
    },
    {
        "trigger": "erase_documents",
        "source": "filed",
        "dest": "filed",
        "event": DocumentsErased,
    },
    {
        "trigger": "erase_documents",
        "source": "given_up",
        "dest": "given_up",
        "event": DocumentsErased,
    },
]


class RedactionState(StrEnum):
    """A name that was erased stays so: its key is nowhere any more."""

    NEW = "new"
    WAITING = "waiting"
    DONE = "done"


@refuses(
    gettext_noop("The name is still needed in a file."),
    article="41-90, 23",
    remedy=gettext_noop("It is erased by itself once the case is over and its term has passed."),
)
def nothing_keeps_the_name(_redaction: Any, facts: Mapping[str, Any]) -> bool:
    """The retention table lets nothing be erased while a file needs it (docs/retention.md)."""
    return not facts["waits_for"]


REDACTION_TRANSITIONS = [
    {
        "trigger": "put_off",
        "source": ["new", "waiting"],
        "dest": "waiting",
        "event": RedactionPutOff,
    },
    {
        "trigger": "carry_out",
        "source": ["new", "waiting"],
        "dest": "done",
        "event": RedactionCarriedOut,
        "conditions": [nothing_keeps_the_name],
    },
]
