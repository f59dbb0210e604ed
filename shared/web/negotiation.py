"""Chooses a language from an Accept-Language header (RFC 9110, section 12.5.4)."""

import re
from collections.abc import Sequence

_RANGE = re.compile(
    r"\s*(?P<tag>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)"
    r"\s*(?:;\s*[qQ]=(?P<quality>0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*"
)


def best_language(header: str | None, *, supported: Sequence[str], default: str) -> str:
    """Returns the supported code with the highest quality; `default` if none is acceptable.

    A range matches by its first part, so `ar-MA` asks for `ar`. On equal quality the range named
    first wins. Parts that break the grammar are passed over, as the header is only a wish.
    """
    ranges = _ranges(header or "")
    ranked = [(_rank(code, ranges), code) for code in supported]
    acceptable = [(rank, code) for rank, code in ranked if rank[0] > 0]
    return max(acceptable, key=lambda pair: pair[0])[1] if acceptable else default


def _ranges(header: str) -> list[tuple[str, float]]:
    matches = [match for part in header.split(",") if (match := _RANGE.fullmatch(part))]
    return [(match["tag"].lower(), float(match["quality"] or 1)) for match in matches]


def _rank(code: str, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """Returns quality and minus the place of the range for `code`; `*` only if none names it."""
    placed = [(tag.split("-")[0], (q, -place)) for place, (tag, q) in enumerate(ranges)]
    named = [rank for tag, rank in placed if tag == code]
    anything = [rank for tag, rank in placed if tag == "*"]
    return max(named or anything, default=(0.0, 0))
