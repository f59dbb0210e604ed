"""The facts of the letters about a petition, one class per template, as `values.py` has the others.

Days are civil dates in the authority's zone. Texts are `{ar, fr, en, original}`. Articles are
written `113-14 art 125`. No petitioner is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.review.documents.facts.vote_values import Texts


@dataclass(frozen=True, kw_only=True)
class Petition:
    """The petition a letter is about; ``petitioner`` is ``citizens`` or ``association``."""

    reference: str
    subject: Texts
    petitioner: str
    association: Texts | None
    signatures: int
    filed_on: date


@dataclass(frozen=True, kw_only=True)
class CompletionFacts:
    """The file lacks something: ``missing`` are codes, ``due_on`` the last day to hand it in."""

    petition: Petition
    asked_on: date
    due_on: date
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AdmissionFacts:
    """The bureau accepted the petition; ``session_on``: the ordinary session it goes to, if known.

    ``conditions`` is the article that was checked, ``procedure`` the one on what follows.
    """

    petition: Petition
    decided_on: date
    session_on: date | None
    conditions: str
    procedure: str


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A coded reason of a refusal, and where its rule is written."""

    code: str
    article: str


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A way to challenge a refusal: before whom, until when, and how that day is counted."""

    to: Texts
    due_on: date
    article: str
    explanation: Texts


@dataclass(frozen=True, kw_only=True)
class RefusalFacts:
    """The bureau refused the petition, for these reasons and in these words.

    The remedies count from ``counted_from``: the notice, or the day of issue before it.
    """

    petition: Petition
    decided_on: date
    reasons: tuple[Reason, ...]
    text: str
    procedure: str
    notified_on: date | None
    counted_from: date
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, kw_only=True)
class ReferralFacts:
    """The accepted petition goes to a permanent committee before the session, if that is known.

    ``report_due_on`` is the authority's own term for the report, where it has one.
    """

    petition: Petition
    decided_on: date
    committee: Texts
    referred_on: date
    session_on: date | None
    report_due_on: date | None
    procedure: str
