"""French signs that stand apart from their word by a space: none of them may begin a line."""

from __future__ import annotations

import re

_SET_APART = re.compile(r" (?=[:;?!»])")


def with_french_spaces(sentence: str) -> str:
    """The sentence, its colons and the like held to the word before them."""
    return _SET_APART.sub("\N{NO-BREAK SPACE}", sentence)
