"""Every act somebody may try in a walk, by chance; later_acts.py has those on what is recorded."""

from __future__ import annotations

from collections.abc import Mapping

from shared.testing.harness import person
from tests.integration.review.case_support import BODY, SEATS
from tests.walk.chance import Attempt, Body, Chance
from tests.walk.later_acts import LATER_ATTEMPTS, LATER_EXPECTED, vote


def attempt(chance: Chance) -> Attempt:
    """An act: mostly one that the state of some row lets expect, else any."""
    met = chance.meet()
    words = (*EXPECTED.get(met, ()), *LATER_EXPECTED.get(met, ()))
    if not words or chance.random.random() < ANY_ACT:
        chance.forget()
        return chance.of(*ATTEMPTS)
    word = chance.of(*words)
    return chance.of(*[one for one in ATTEMPTS if one.path.endswith(word)])


def _sitting(chance: Chance) -> Body:
    call = chance.of(1, 1, 2, 3)
    sent = {"called_on": chance.day(-6, 0)} if call == 2 else {}
    return {"call": call, "present": chance.number(), **sent}


def _transmission(chance: Chance) -> Body:
    return {"governor_receipt_on": chance.day(-5, 2)}


def _classification(chance: Chance) -> Body:
    matter = chance.of(None, None, "budget", "no-such-matter")
    return {"matter": matter, "because": chance.of(None, "Mal lu.")}


def _visa(chance: Chance) -> Body:
    return {"granted": chance.of(True, False), "received_on": chance.day(-4, 1)}


def _refusal(chance: Chance) -> Body:
    return {"reasons": [chance.of("outside-powers", "no-common-interest")]}


def _check(chance: Chance) -> Body:
    condition = chance.of("association-conditions", "older-than-three-years", "seat-or-branch")
    return {"condition": condition, "outcome": chance.of("met", "not-met"), "note": "Vu."}


def _item(chance: Chance) -> Body:
    subject = {"fr": "Voirie", "original": "fr"}
    return chance.of({"case": chance.some("case")}, {"subject": subject, "basis": "votes-cast"})


def _session(chance: Chance) -> Body:
    opens_on = chance.of("2024-02-06", "2024-05-07", chance.day(10, 30))
    return {"session_kind": chance.of("ordinary", "extraordinary"), "opens_on": opens_on}


def _act_on(chance: Chance) -> Body:
    return chance.of({}, {"acted_on": chance.day(-5, 2), "late_reason": "Saisi après."})


def _admission(chance: Chance) -> Body:
    return chance.of({}, {"despite_reason": "Connu du bureau."})


ANY_ACT = 0.2
"""How often somebody tries just anything."""

EXPECTED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("case", "open"): ("/admission", "/admission", "/refusal", "/completion-request", "/checks"),
    ("case", "incomplete"): ("/completion", "/refusal"),
    ("case", "refused"): ("/refusal-notice", "/reopening", "/closing"),
    ("case", "admitted"): ("/referral", "/items"),
    ("case", "referred"): ("/items", *["/reports"] * 3, "/consultations", "/withdrawal"),
    ("case", "withdrawn"): ("/closing", "/reopening"),
    ("session", "planned"): ("/items", "/items", "/items", "/call", "/call"),
    ("session", "called"): ("/convening", "/convening", "/postponement"),
    ("session", "convened"): ("/sittings", "/sittings", "/postponement"),
    ("session", "opened"): ("/closing",),
    ("item", "scheduled"): (
        *["/vote"] * 3,
        *["/call"] * 2,
        "/taking-up",
        "/recusals",
        "/postponement",
    ),
    ("decision", "adopted"): ("/classification", "/transmission", "/transmission", "/posting"),
    ("decision", "transmitted"): ("/opposition", "/visa"),
    ("decision", "enforceable"): ("/opposition",),
}
"""The acts that a row's state lets expect, by the end of their address."""

CASE, SESSION, ITEM, DECISION = "case", "session", "item", "decision"
ATTEMPTS: tuple[Attempt, ...] = (
    Attempt(who="vice", path="/cases/{id}/admission", table=CASE, fill=_admission),
    Attempt(who="vice", path="/cases/{id}/refusal", table=CASE, fill=_refusal),
    Attempt(
        who="clerk",
        path="/cases/{id}/refusal-notice",
        table=CASE,
        fill=lambda _chance: {"channel": "handed-over"},
    ),
    Attempt(who="vice", path="/cases/{id}/checks", table=CASE, fill=_check),
    Attempt(
        who="clerk",
        path="/cases/{id}/completion-request",
        table=CASE,
        fill=lambda chance: {"missing": ["powers"], "due_on": chance.day(-2, 20)},
    ),
    Attempt(who="clerk", path="/cases/{id}/completion", table=CASE),
    Attempt(
        who="clerk",
        path="/cases/{id}/referral",
        table=CASE,
        fill=lambda chance: {"committee": chance.some("committee")},
    ),
    Attempt(who="clerk", path="/cases/{id}/withdrawal", table=CASE),
    Attempt(
        who="clerk",
        path="/cases/{id}/consent",
        table=CASE,
        fill=lambda chance: {"agrees": chance.of(True, False)},
    ),
    Attempt(who="vice", path="/cases/{id}/reclassification", table=CASE),
    Attempt(
        who="clerk",
        path="/cases/{id}/closing",
        table=CASE,
        fill=lambda chance: {"outcome": chance.of("refused", "withdrawn", "adopted", "rejected")},
    ),
    Attempt(
        who="chief",
        path="/cases/{id}/reopening",
        table=CASE,
        fill=lambda _chance: {"reason": "new-fact"},
    ),
    Attempt(
        who="clerk",
        path="/cases/{id}/consultations",
        table=CASE,
        fill=lambda chance: {
            "body": BODY,
            "due_on": chance.day(1, 30),
            "is_mandatory": chance.of(True, False),
        },
    ),
    Attempt(
        who="chair",
        path="/committees/{id}/reports",
        table="committee",
        fill=lambda chance: {"case": chance.some(CASE), "recommendation": "favourable"},
    ),
    Attempt(
        who="chair",
        path="/committees/{id}/meetings",
        table="committee",
        fill=lambda chance: {
            "called_by": chance.of("chair", "third"),
            "members": chance.of(None, 1),
            "meets_on": chance.day(-2, 10),
            "cases": [chance.some(CASE)],
        },
    ),
    Attempt(who="clerk", path="/sessions", fill=_session),
    Attempt(who="clerk", path="/sessions/{id}/items", table=SESSION, fill=_item),
    Attempt(who="chief", path="/sessions/{id}/call", table=SESSION, fill=_act_on),
    Attempt(who="chief", path="/sessions/{id}/convening", table=SESSION, fill=_act_on),
    Attempt(who="clerk", path="/sessions/{id}/sittings", table=SESSION, fill=_sitting),
    Attempt(who="clerk", path="/sessions/{id}/sittings", table=SESSION, fill=_sitting),
    Attempt(who="chief", path="/sessions/{id}/closing", table=SESSION),
    Attempt(
        who="chief",
        path="/sessions/{id}/postponement",
        table=SESSION,
        fill=lambda chance: {"reason": chance.of("no-quorum", "preparation")},
    ),
    Attempt(who="clerk", path="/items/{id}/vote", table=ITEM, fill=vote),
    Attempt(who="clerk", path="/items/{id}/vote", table=ITEM, fill=vote),
    Attempt(who="clerk", path="/items/{id}/taking-up", table=ITEM, fill=vote),
    Attempt(
        who="clerk",
        path="/items/{id}/recusals",
        table=ITEM,
        fill=lambda chance: {"person": person(chance.of(*SEATS))},
    ),
    Attempt(
        who="clerk",
        path="/items/{id}/postponement",
        table=ITEM,
        fill=lambda chance: {"reason": chance.of("preparation", "opinion-awaited")},
    ),
    Attempt(who="chief", path="/decisions/{id}/transmission", table=DECISION, fill=_transmission),
    Attempt(who="chief", path="/decisions/{id}/transmission", table=DECISION, fill=_transmission),
    Attempt(
        who="clerk",
        path="/decisions/{id}/opposition",
        table=DECISION,
        fill=lambda chance: {"received_on": chance.day(-4, 1), "late_reason": "Reçue ce jour."},
    ),
    Attempt(
        who="clerk", path="/decisions/{id}/classification", table=DECISION, fill=_classification
    ),
    Attempt(who="clerk", path="/decisions/{id}/visa", table=DECISION, fill=_visa),
    Attempt(who="clerk", path="/decisions/{id}/posting", table=DECISION),
    Attempt(who="clerk", path="/sessions/{id}/minutes", table=SESSION),
    *LATER_ATTEMPTS,
)
