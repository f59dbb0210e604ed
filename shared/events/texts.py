"""Texts for people as events carry them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Texts:
    """A text in up to three languages; ``original`` is the code of the one it was written in."""

    ar: str | None = None
    fr: str | None = None
    en: str | None = None
    original: str


@dataclass(frozen=True, kw_only=True)
class PersonInRole:
    """A person by opaque id, and what they are to the subject."""

    person: str
    role: str
