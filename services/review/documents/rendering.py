"""From facts to pages: one template for each kind, the authority's own wording in its places.

Nothing here reads a clock, a database or the network: the same facts give the same HTML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from services.review.documents import filters
from services.review.documents.codes import BLOCKS, EVERY_KIND, KINDS
from services.review.documents.facts.values import Facts, Head
from shared.events.canonical import canonical_bytes
from shared.web.i18n import direction, use_language

Wording = Mapping[str, str]


def html_of(head: Head, facts: Facts, language: str, *, wording: Wording) -> str:
    """The document in a language as a whole HTML page, its style inside.

    ``wording`` has the authority's own text of each place it fills (`codes.BLOCKS`).
    """
    with use_language(language):
        template = _environment().get_template(f"{head.document_kind}.html")
        return template.render(
            head=head,
            facts=facts,
            title=str(KINDS[head.document_kind].title),
            language=language,
            side=direction(language),
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
