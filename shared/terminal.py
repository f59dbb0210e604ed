"""How commands speak to the person at the terminal."""

from __future__ import annotations

import json
import os

from shared.web.i18n import LANGUAGES


def language_of_terminal() -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for; English for one not spoken here."""
    set_ = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    asked = next((value for value in set_ if value), "")[:2]
    return asked if asked in LANGUAGES else "en"


def reason_of(error: Exception) -> str:
    """What an error says, in one line; of a database's error only what the server or file said."""
    said = str(getattr(error, "orig", None) or error).strip()
    return printable(said.partition("\n")[0]) or type(error).__name__


def printable(text: str) -> str:
    """The text with whatever would steer a terminal written out, as JSON does (``\\u001b``)."""
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)
