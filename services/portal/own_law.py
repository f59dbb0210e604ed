"""Sentences of forms that cite the law, as the authority's own law has it (a Jinja filter)."""

from __future__ import annotations

from typing import cast

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from services.portal.frame import shown_authority
from shared.law.citations import as_own_law_says, cites
from shared.law.model import Language
from shared.law.packs import PACKS, load_pack
from shared.web.i18n import LazyText, current_language


def own_law(sentence: LazyText | str) -> str:
    """A sentence with articles and terms of the shown authority's law; without one, communes'."""
    if not cites(str(sentence)):
        # Nobody is asked which authority it is: the page may say that nobody answers.
        return str(sentence)
    authority = shown_authority()
    name = f"ma-{authority.kind}" if authority else PACKS[0]
    pack = load_pack(name, authority.today if authority else None)
    return as_own_law_says(pack, str(sentence), cast(Language, current_language()))


@pass_context
def _at_reading_time(_context: Context, sentence: LazyText | str) -> str:
    # With the context, Jinja does not work it out once for all readers (formats.py).
    return own_law(sentence)


def install_own_law(environment: Environment) -> None:
    """Make the filter known to a template environment."""
    environment.filters["own_law"] = _at_reading_time
