"""What the tests of documents share: a press that prints at once, and how papers are asked for."""

from __future__ import annotations

from typing import Any

from tests.integration.review.case_support import Desk


class QuickPress:
    """Prints nothing: the page's own bytes behind the first bytes of a PDF."""

    def __init__(self) -> None:
        self.lacking: list[str] = []
        self.meanwhile: list[Any] = []
        self.printed = 0

    def missing(self) -> list[str]:
        return self.lacking

    def pdf_of(self, html: str) -> bytes:
        self.printed += 1
        if self.meanwhile:
            self.meanwhile.pop()()
        return b"%PDF-1.7\n" + html.encode()


def issued(desk: Desk, kind: str, about: str, **options: Any) -> Any:
    """A document that must be issued."""
    return desk.done("/documents", {"kind": kind, "about": about}, **options)


def content(desk: Desk, document: Any, language: str, **options: Any) -> Any:
    """The answer with a document's bytes."""
    return desk.get(f"/documents/{document['id']}/{language}", **options)


def issuable(desk: Desk, session: str) -> list[str]:
    """The kinds of papers that a session allows now."""
    listed = desk.get(f"/documents?session={session}").json["issuable"]
    return [one["kind"] for one in listed]


def worded(desk: Desk, closing: str) -> None:
    """The authority gives the receipt of admissibility another closing sentence."""
    said = {"kind": "admission", "language": "fr", "blocks": {"closing": closing}}
    desk.done("/documents/wording", said)


def press_of(desk: Desk) -> QuickPress:
    """The press of the service."""
    press: Any = desk.review.context.press
    return press
