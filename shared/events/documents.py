"""Events of documents that the council issues; review owns them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot


@dataclass(frozen=True, kw_only=True)
class Rendition:
    """A document in one language: its media type and the SHA-256 of the bytes that are kept."""

    language: str
    media_type: str
    sha256: str


@snapshot("document.state.v1")
class DocumentSnapshot(Snapshot):
    """A document as it was issued: ``number`` is year and place in the register of its kind.

    ``about`` is the subject it certifies, and ``edition`` the subject's act or version.
    """

    state: str
    document_kind: str
    number: str
    about: str
    edition: int
    issued_on: date
    renditions: list[Rendition]


@event("document.issued.v1", after=DocumentSnapshot)
class DocumentIssued(Event):
    """The authority issued a document; whoever holds it can compare its hash with this.

    ``template`` is the version of the template, ``facts_sha256`` the hash of the facts in it.
    """

    template: str
    facts_sha256: str
