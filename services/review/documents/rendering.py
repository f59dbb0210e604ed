"""From facts to pages: one template for each kind, the authority's own wording in its places.

Nothing here reads a clock, a database or the network: the same facts give the same HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from services.review.council.names import NO_NAME, Name
from services.review.documents import filters
from services.review.documents.codes import BLOCKS, EVERY_KIND, KINDS
from services.review.documents.facts.values import Facts, Head
from shared.events.canonical import canonical_bytes
from shared.web.i18n import direction, gettext, use_language

# Members that a demonstration numbers are in the order of their numbers.
_COUNT = re.compile(r"\d+")

Wording = Mapping[str, str]
Names = Mapping[str, Name]
NO_NAMES: Names = {}


class Register:
    """The names of members as one document prints them, in its own letters where it has them."""

    def __init__(self, names: Names, language: str) -> None:
        self._names, self._language = names, language

    def name(self, person: str) -> Markup:
        """A member's name; nothing where none is recorded (or it was erased)."""
        found = self._printed(person)
        return Markup('<bdi dir="{}">{}</bdi>').format(filters.side_of(found), found)

    def names(self, people: Iterable[Any]) -> Markup:
        """Some members in the order of their names; one without a name is said to have none."""
        told = [
            self.name(one.person) if self._printed(one.person) else gettext("(no name recorded)")
            for one in self.ordered(people)
        ]
        # Arabic has a comma of its own.
        comma = "، " if self._language == "ar" else ", "
        return escape(comma).join(told)

    def knows(self, one: Any) -> bool:
        """Whether a name is recorded of somebody."""
        return bool(self._printed(one.person))

    def ordered(self, people: Iterable[Any]) -> list[Any]:
        """Members by name: the president before all others, those without a name behind them."""

        def place(one: Any) -> tuple[bool, bool, str, str]:
            printed = self._printed(one.person)
            in_order = _COUNT.sub(lambda found: found[0].zfill(6), printed)
            return (not getattr(one, "is_president", False), not printed, in_order, one.person)

        return sorted(people, key=place)

    def _printed(self, person: str) -> str:
        name = self._names.get(person, NO_NAME)
        first, second = (name.ar, name.latin) if self._language == "ar" else (name.latin, name.ar)
        return first or second or ""


def html_of(
    head: Head, facts: Facts, language: str, *, wording: Wording, names: Names = NO_NAMES
) -> str:
    """The document in a language as a whole HTML page, its style inside.

    ``wording`` has the authority's own text of each place it fills (`codes.BLOCKS`), ``names``
    those of the members whom the facts name by id.
    """
    with use_language(language):
        template = _environment().get_template(f"{head.document_kind}.html")
        return template.render(
            head=head,
            facts=facts,
            title=str(KINDS[head.document_kind].title),
            language=language,
            side=direction(language),
            register=Register(names, language),
            wording={place: wording.get(place, "") for place in places(head.document_kind)},
        )


def places(document_kind: str) -> tuple[str, ...]:
    """The places of a kind's template that an authority may fill."""
    return (*BLOCKS[EVERY_KIND], *BLOCKS[document_kind])


def hash_of(head: Head, facts: Facts) -> str:
    """The SHA-256 of everything that a document says, apart from its wording and layout."""
    plain: Any = msgspec.to_builtins({"head": head, "facts": facts})
    return hashlib.sha256(canonical_bytes(plain)).hexdigest()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("services.review.documents", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters.install(environment)
    return environment
