"""A place in the log as somebody types it: ``first``, an offset, or an instant."""

from __future__ import annotations

from datetime import UTC, datetime

import click

LONGEST_OFFSET = 18
"""More digits than this are beyond what a log counts with."""


class Position(click.ParamType[object]):
    """``first``, an offset (0, 1, 2...) or an instant (ISO 8601; UTC where it names no zone)."""

    name = "first|offset|timestamp"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Return the word, an int or an aware datetime; fails as click's own types do."""
        text = str(value)
        if text == "first":
            return text
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_OFFSET:
            return int(text)
        try:
            instant = datetime.fromisoformat(text)
            return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            self.fail(f"{text!r} is neither first, nor an offset, nor a timestamp.", param, ctx)
