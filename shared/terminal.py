"""How commands speak to the person at the terminal."""

from __future__ import annotations

import os

from shared.web.i18n import LANGUAGES


def language_of_terminal() -> str:
    """The language that LC_ALL or LANG asks for; English for one that is not spoken here."""
    asked = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return asked if asked in LANGUAGES else "en"
