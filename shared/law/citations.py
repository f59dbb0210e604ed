"""Articles as a council of another kind reads them: code and sentences cite 113-14, on communes."""

from __future__ import annotations

import re

from shared.law.model import Language
from shared.law.pack import Pack
from shared.law.phrases import Counted, counted_in

CITED = "113-14"
"""The law whose articles the rules in the code name."""

# An Arabic sentence closes the isolate of the number before its comma.
_IN_WORDS = re.compile(rf"{CITED}(?P<between>\u2069?[,،] ?(?:\D{{1,12}} )?)(?P<article>\d+)")
_TERM = re.compile(r"\{([a-z-]+)\}")


def own_article(pack: Pack, cited: str) -> str:
    """Return ``113-14, 43`` as the pack's own law has it, such as ``111-14, 46``.

    What is no article of 113-14, and one that has no counterpart in the pack, stays as it is.
    """
    law, comma, number = cited.partition(", ")
    if law != CITED or not comma:
        return cited
    own = _own(pack, number)
    return cited if own is None else f"{pack.law.number}, {own}"


def cites(sentence: str) -> bool:
    """Return whether a sentence depends on the law of a council."""
    return bool(_IN_WORDS.search(sentence) or _TERM.search(sentence))


def as_own_law_says(pack: Pack, sentence: str, language: Language) -> str:
    """Return a sentence in a language with the articles and the terms of the pack's own law.

    ``(113-14, 35)`` becomes ``(112-14, 36)``, also with a word before the number; a term stands in
    the sentence by its id, as ``{notice-to-members}``, and becomes ``7 days``.
    """
    told = _TERM.sub(lambda found: _length(pack, found[1], language), sentence)
    return _IN_WORDS.sub(lambda found: _written(pack, found), told)


def _written(pack: Pack, found: re.Match[str]) -> str:
    own = _own(pack, found["article"])
    return found[0] if own is None else f"{pack.law.number}{found['between']}{own}"


def _own(pack: Pack, number: str) -> str | None:
    if pack.law.number == CITED:
        return number
    return next((one.own for one in pack.corresponds if one.cited == number), None)


def _length(pack: Pack, rule: str, language: Language) -> str:
    term = pack.term_by_id[rule]
    return counted_in(Counted(term.value, term.unit), language)
