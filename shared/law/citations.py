"""Articles as a council of another kind reads them: guards cite the law on communes (113-14)."""

from __future__ import annotations

from shared.law.pack import Pack

CITED = "113-14"
"""The law whose articles the rules in the code name."""


def own_article(pack: Pack, cited: str) -> str:
    """Return ``113-14, 43`` as the pack's own law has it, such as ``111-14, 46``.

    What is no article of 113-14, and one that has no counterpart in the pack, stays as it is.
    """
    law, comma, number = cited.partition(", ")
    if law != CITED or not comma or pack.law.number == CITED:
        return cited
    own = next((one.own for one in pack.corresponds if one.cited == number), None)
    return cited if own is None else f"{pack.law.number}, {own}"
