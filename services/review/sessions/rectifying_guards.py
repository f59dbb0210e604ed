"""What the law asks before a recorded vote is corrected by a new act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


@refuses(
    gettext_noop("The decision has gone to the governor: its vote is not corrected any more."),
    article="113-14, 117",
    remedy=gettext_noop("Put the matter on an agenda: the council deliberates on it again."),
)
def decision_has_not_left(_item: Any, facts: Facts) -> bool:
    """What the governor controls is what he received (articles 116 and 117)."""
    return bool(facts["decision_state"] in {"adopted", "rejected"})


@refuses(
    gettext_noop("The case of this petition is closed."),
    article="113-14, 125",
    remedy=gettext_noop("Open the case again first."),
)
def case_is_not_closed(_item: Any, facts: Facts) -> bool:
    """The outcome that a closed case tells is what happened."""
    return bool(facts["case_state"] != "closed")


@refuses(
    gettext_noop("By the corrected count the item needs a second vote, at a later sitting."),
    article="113-14, 43",
    remedy=gettext_noop("Put the matter on an agenda: the council votes on it again."),
)
def no_second_vote_follows(item: Any, facts: Facts) -> bool:
    """What misses the majority of members in office is voted on again (article 43)."""
    return item.basis != "members-in-office" or bool(facts["adopted"])
