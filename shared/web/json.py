"""JSON of every answer: dates as ISO 8601, ids as text, UTF-8 as it is."""

from __future__ import annotations

from typing import Any

import msgspec
from flask.json.provider import JSONProvider


class PlainJson(JSONProvider):
    """Encodes with msgspec, which knows dates, UUIDs, dataclasses and enums."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """The JSON text of a value."""
        return msgspec.json.encode(obj, enc_hook=str).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value of a JSON text; raises ``ValueError``."""
        return msgspec.json.decode(s)
