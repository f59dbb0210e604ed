"""The facts of each document, one class per template; docs/documents.md explains them to authors.

Days are civil dates in the authority's zone. Texts are `{ar, fr, en, original}`. Articles are
written `113-14 art 125`. Members appear by id (`people.py`), petitioners not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.review.documents.facts.letters import (
    AdmissionFacts,
    CompletionFacts,
    ReferralFacts,
    RefusalFacts,
)
from services.review.documents.facts.people import Author, Marked, OldMark, Seat
from services.review.documents.facts.vote_values import Answer, FirstVote, TakenUp, Texts, Vote


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands on every document; ``number`` is None in a preview."""

    document_kind: str
    authority: str
    authority_name: Texts
    authority_kind: str
    number: str | None
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A session: its kind (``ordinary``, ``extraordinary``), who called it, its opening day."""

    session_kind: str
    called_by: str
    opens_on: date


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of the agenda; ``reference`` is that of its petition, if it has one."""

    position: int
    subject: Texts
    reference: str | None


@dataclass(frozen=True, kw_only=True)
class AgendaFacts:
    """The agenda as it goes to the governor; ``version`` counts its changes since the call."""

    meeting: Meeting
    version: int
    sent_on: date | None
    points: tuple[Point, ...]
    article: str


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """The notice to the members; ``papers`` are the opinions that go with it.

    ``attached`` are the titles of the documents that go with it.
    """

    meeting: Meeting
    sent_on: date | None
    points: tuple[Point, ...]
    papers: tuple[Texts, ...]
    attached: tuple[str, ...] = ()
    needed: int
    in_office: int
    article: str


@dataclass(frozen=True, kw_only=True)
class AttendanceFacts:
    """The sheet that members sign at the opening on one call (1, 2 or 3)."""

    meeting: Meeting
    call: int
    in_office: int
    needed: int
    article: str
    members: tuple[Seat, ...]


@dataclass(frozen=True, kw_only=True)
class OldOpening:
    """The count at a sitting as it was recorded before the correction of a civil date.

    ``by`` corrected it, ``because`` is the reason given, None where it is not known any more.
    ``marks`` are the members on the roll who were entered otherwise.
    """

    present: int
    in_office: int
    corrected_on: date
    by: Author
    because: str | None
    marks: tuple[OldMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The count at a sitting; ``call`` is 0 for one after the opening.

    ``explanation`` is the calculation of the quorum, None where a sitting needs none.
    """

    call: int
    held_on: date
    in_office: int
    present: int
    is_met: bool
    explanation: Texts | None
    roll: tuple[Marked, ...]
    corrected: tuple[OldOpening, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Treated:
    """A point as the council treated it: voted on, put off for a coded reason, or neither.

    ``first`` is the vote that a second sitting repeated; ``objected_on`` is when the governor's
    objection was received, ``objection_outcome`` how it ended, None while it had not.
    """

    point: Point
    vote: Vote | None
    decision: str | None
    is_adopted: bool | None
    postponed_because: str | None
    without_opinion_reason: str | None
    answers: tuple[Answer, ...]
    taken_up: TakenUp | None = None
    withdrawn_on: date | None = None
    reported_on: date | None = None
    unreported_because: str | None = None
    first: FirstVote | None = None
    objected_on: date | None = None
    objection_outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class RefusedRequest:
    """What members asked in writing and the president refused, read out without debate."""

    subject: Texts
    members: int
    reason: str
    refused_on: date


@dataclass(frozen=True, kw_only=True)
class Interruption:
    """A sitting suspended or resumed, its doors shut or opened, by the step's ``trigger``.

    ``asked_by`` is who asked for the closed door, by the code.
    """

    trigger: str
    acted_on: date
    asked_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """The session from its opening to its close.

    ``adopted`` are the sessions whose minutes it adopted, ``reported_on`` is the day of the
    president's report on what carries decisions out, ``extended_until`` its last day where it was
    extended.
    """

    meeting: Meeting
    opened_on: date
    closed_on: date
    openings: tuple[Opening, ...]
    treated: tuple[Treated, ...]
    copies_article: str
    adopted: tuple[Meeting, ...] = ()
    refused: tuple[RefusedRequest, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    reported_on: date | None = None
    extended_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """One decision of the register, with the vote that made it."""

    meeting: Meeting
    number: str
    adopted_on: date
    treated: Treated


Facts = (
    CompletionFacts
    | AdmissionFacts
    | RefusalFacts
    | ReferralFacts
    | AgendaFacts
    | NoticeFacts
    | AttendanceFacts
    | MinutesFacts
    | DecisionFacts
)
