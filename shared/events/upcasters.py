"""Pure functions that lift an event of an older version to the newest one.

An entry maps an old type to its successor and a function from (what, after) to the new pair. A
shipped entry is never changed; tests hold every version ever shipped against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Plain = dict[str, Any]
UPCASTERS: Mapping[str, tuple[str, Callable[[Plain, Plain], tuple[Plain, Plain]]]] = {}


def upcast(type_: str, what: Plain, after: Plain) -> tuple[str, Plain, Plain]:
    """Lift step by step until no newer version is known."""
    while type_ in UPCASTERS:
        type_, lift = UPCASTERS[type_]
        what, after = lift(what, after)
    return type_, what, after
