"""The code words of control with their labels; codes travel in events, labels are for people."""

from __future__ import annotations

from collections.abc import Mapping

from shared.web.i18n import LazyText, lazy_gettext

ANSWERS: Mapping[str, LazyText] = {
    "followed": lazy_gettext("Followed"),
    "partly": lazy_gettext("Followed in part"),
    "not": lazy_gettext("Not followed"),
}
"""What the council's decision makes of an opinion it received."""
