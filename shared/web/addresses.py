"""What an address may hold beside words."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter


class BoundedInteger(IntegerConverter):
    """A number in an address, of at most 15 digits: any other is an address that is not there."""

    regex = r"\d{1,15}"


def bounded_integer(_converter: BoundedInteger) -> dict[str, object]:
    """How OpenAPI says it."""
    return {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
