"""Acts of a walk on what is recorded already: taken back, cancelled, corrected, done after it."""

from __future__ import annotations

from collections.abc import Mapping

from shared.testing.harness import person
from tests.integration.review.case_support import SEATS
from tests.walk.chance import Attempt, Body, Chance

WHY = {"because": "Mal lu."}
LATE = {"late_reason": "Saisi après."}
CASE, SESSION, ITEM, DECISION = "case", "session", "item", "decision"


def vote(chance: Chance) -> Body:
    """A public vote, mostly by people who are there."""
    side, other = chance.of(*[("for", "against")] * 2, ("against", "for"))
    votes = {f"votes_{side}": 1 + chance.number(3), f"votes_{other}": chance.number(2)}
    # The president is one of those who voted, mostly; else the vote is refused.
    return {**votes, "abstentions": chance.number(1), "president": chance.of(side, side, other)}


def _right_decision(chance: Chance) -> Body:
    reasons = {"to": "refused", "reasons": ["outside-powers"], "text": "Hors champ."}
    said = chance.of(reasons, {"to": "admitted", "despite_reason": "Connu du bureau."})
    return {**said, **WHY}


def _right_receipt(chance: Chance) -> Body:
    return {"governor_receipt_on": chance.day(-6, 1), **WHY}


def _right_answer(chance: Chance) -> Body:
    of = chance.of("opposition", "visa")
    return {"of": of, "received_on": chance.day(-6, 1), **WHY}


def _right_day(chance: Chance) -> Body:
    of = chance.of("call", "convene", "note_receipt")
    return {"of": of, "day": chance.day(-25, 0), **WHY}


def _choice(chance: Chance) -> Body:
    agreed = {"governor_agreed_on": chance.day(-3, 1)}
    return {"choice": chance.of("this-session", "next-session"), "reason": "Délai.", **agreed}


def _extension(chance: Chance) -> Body:
    return {"until": chance.day(1, 25), "reason": "Points restants."}


def _request(chance: Chance) -> Body:
    subject = {"fr": "Marché", "original": "fr"}
    return {"subject": subject, "members": chance.number(), "received_on": chance.day(-8, 1)}


def _failure(chance: Chance) -> Body:
    who = person(chance.of(*SEATS))
    return {"person": who, "channel": "registered-post", "reason": "returned"}


LATER_EXPECTED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("case", "admitted"): ("/session-choice", "/rectification"),
    ("case", "refused"): ("/rectification",),
    ("case", "referred"): ("/referral", "/further-referral", "/consultation-cancellation"),
    ("committee_report", "reported"): ("/correction",),
    ("consultation", "requested"): ("/consultation-cancellation",) * 2,
    ("session", "planned"): ("/dropping", "/requests"),
    ("session", "called"): ("/governor-receipt", "/requests"),
    ("session", "convened"): ("/failed-notices", "/supplement", "/date-rectification"),
    ("session", "opened"): ("/extension", "/follow-up-report"),
    ("session", "closed"): ("/minutes-adoption", "/register-sending", "/minutes"),
    ("item", "scheduled"): ("/objection",),
    ("item", "under_objection"): ("/objection-outcome",) * 2,
    ("item", "postponed"): ("/withdrawal-report",),
    ("item", "deliberated"): ("/vote-rectification",) * 2,
    ("decision", "transmitted"): ("/receipt-rectification", "/posting"),
    ("decision", "enforceable"): ("/receipt-rectification", "/follow-ups"),
    ("decision", "opposed"): ("/new-deliberation", "/answer-rectification"),
    ("decision", "visa_refused"): ("/new-deliberation", "/answer-rectification"),
    ("decision", "enforceability_suspended"): ("/new-deliberation", "/answer-rectification"),
}
"""More acts that a row's state lets expect, by the end of their address."""

LATER_ATTEMPTS: tuple[Attempt, ...] = (
    Attempt(who="chief", path="/cases/{id}/rectification", table=CASE, fill=_right_decision),
    Attempt(who="chief", path="/cases/{id}/session-choice", table=CASE, fill=_choice),
    Attempt(
        who="chief",
        path="/cases/{id}/further-referral",
        table=CASE,
        fill=lambda chance: {"committee": chance.some("committee")},
    ),
    Attempt(
        who="clerk",
        path="/committees/{committee}/reports/{id}/correction",
        table="committee_report",
        fill=lambda chance: {"recommendation": chance.of("favourable", "unfavourable"), **WHY},
    ),
    Attempt(
        who="clerk",
        path="/cases/{id}/consultation-cancellation",
        table=CASE,
        fill=lambda chance: {
            "consultation": chance.some("consultation"),
            "reason": chance.of("asked-in-error", "not-needed"),
        },
    ),
    Attempt(
        who="clerk",
        path="/sessions/{id}/dropping",
        table=SESSION,
        fill=lambda chance: {"reason": chance.of("planned-in-error", "other-day")},
    ),
    Attempt(who="clerk", path="/sessions/{id}/requests", table=SESSION, fill=_request),
    Attempt(
        who="clerk",
        path="/sessions/{id}/governor-receipt",
        table=SESSION,
        fill=lambda chance: {"received_on": chance.day(-4, 1)},
    ),
    Attempt(who="clerk", path="/sessions/{id}/failed-notices", table=SESSION, fill=_failure),
    Attempt(who="clerk", path="/sessions/{id}/supplement", table=SESSION),
    Attempt(who="clerk", path="/sessions/{id}/date-rectification", table=SESSION, fill=_right_day),
    Attempt(who="chief", path="/sessions/{id}/extension", table=SESSION, fill=_extension),
    Attempt(who="clerk", path="/sessions/{id}/follow-up-report", table=SESSION),
    Attempt(
        who="clerk",
        path="/sessions/{id}/minutes-adoption",
        table=SESSION,
        fill=lambda chance: chance.of({}, {"acted_on": chance.day(-4, 0), **LATE}),
    ),
    Attempt(
        who="clerk",
        path="/sessions/{id}/register-sending",
        table=SESSION,
        fill=lambda chance: {"proof": "Récépissé", "acted_on": chance.day(-4, 0), **LATE},
    ),
    Attempt(
        who="chief",
        path="/items/{id}/vote-rectification",
        table=ITEM,
        fill=lambda c: {**vote(c), **WHY},
    ),
    Attempt(who="clerk", path="/items/{id}/withdrawal-report", table=ITEM),
    Attempt(
        who="clerk",
        path="/items/{id}/objection",
        table=ITEM,
        fill=lambda chance: {
            "received_on": chance.day(-6, 1),
            "article": "113-14, 41",
            "reason": "Hors compétence.",
            **LATE,
        },
    ),
    Attempt(
        who="clerk",
        path="/items/{id}/objection-outcome",
        table=ITEM,
        fill=lambda chance: {"outcome": chance.of("withdrawn", "dismissed", "upheld")},
    ),
    Attempt(
        who="clerk",
        path="/decisions/{id}/receipt-rectification",
        table=DECISION,
        fill=_right_receipt,
    ),
    Attempt(
        who="chief", path="/decisions/{id}/answer-rectification", table=DECISION, fill=_right_answer
    ),
    Attempt(
        who="clerk",
        path="/decisions/{id}/new-deliberation",
        table=DECISION,
        fill=lambda chance: {"session": chance.some(SESSION)},
    ),
    Attempt(
        who="clerk",
        path="/decisions/{id}/follow-ups",
        table=DECISION,
        fill=lambda chance: {"title": "Ouvrir", "owner": "Service", "due_on": chance.day(-1, 30)},
    ),
)
