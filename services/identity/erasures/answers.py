"""The answer to a request, by purpose: what is erased, what waits and for what, what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.identity.erasures.models import Erasure
from services.identity.erasures.workflow import ErasureState
from shared.law.model import Language
from shared.retention.table import Row, load_table
from shared.web.i18n import LazyText, current_language, lazy_gettext

ACCOUNT, NAMES, PROOFS = "account", "petition", "petition-proofs"
NAMES_KEPT, LOOKED_AT = "names-kept", "looked-at"

WAITS_FOR: Mapping[str, LazyText] = {
    LOOKED_AT: lazy_gettext("It is being looked at."),
    "case-open": lazy_gettext("A petition with this name is before the council."),
    "petition-collecting": lazy_gettext(
        "A petition with this name collects signatures. Its mandatary or the secretariat may file"
        " it or end the collection."
    ),
    "term-running": lazy_gettext("The time to go to court after the case is not over."),
    "role-held": lazy_gettext("The person still holds a role."),
    NAMES_KEPT: lazy_gettext("The name is still kept in a file."),
}


def answer_of(erasure: Erasure) -> list[dict[str, Any]]:
    """The parts of the answer in the current language, in the order of the retention table.

    Nothing is answered of purposes for which nothing was kept.
    """
    return [
        _part(row, outcome, codes)
        for row in load_table(erasure.requested_on).rows
        for outcome, codes in _outcomes(erasure, row.purpose)
    ]


def _outcomes(erasure: Erasure, purpose: str) -> Iterator[tuple[str, list[str]]]:
    if purpose in erasure.erased:
        yield "erased", []
    elif purpose in erasure.stays:
        yield "stays", []
    elif erasure.state in {ErasureState.REQUESTED, ErasureState.WAITING}:
        codes = _waits(erasure, purpose)
        if codes:
            yield "waits", codes


def _waits(erasure: Erasure, purpose: str) -> list[str]:
    if purpose == NAMES and not erasure.names_settled:
        return list(erasure.waits_for) or [LOOKED_AT]
    if purpose == PROOFS and not erasure.names_settled:
        return list(erasure.waits_for)
    if purpose == ACCOUNT:
        return list(erasure.waits_for) if erasure.names_settled else [NAMES_KEPT]
    return []


def _part(row: Row, outcome: str, codes: list[str]) -> dict[str, Any]:
    language: Language = current_language()  # type: ignore[assignment]
    waits = " ".join(str(WAITS_FOR[code]) for code in codes)
    return {
        "purpose": row.purpose,
        "what": row.what[language],
        "outcome": outcome,
        "why": waits if outcome == "waits" else row.why[language],
        "article": row.article,
    }
