"""Beside an opinion stands what the council made of it, as the decision's event tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.opinions.models import Opinion
from shared.broker.delivery import ACK
from shared.events.decisions import (
    DecisionAdopted,
    DecisionRejected,
    DecisionSnapshot,
    OpinionAnswer,
)
from shared.events.texts import Texts
from shared.testing.harness import TODAY, person

DECISION = person("decision")
DECIDED = DecisionSnapshot(
    state="adopted",
    number="2024/1",
    item=person("item"),
    session=person("session"),
    case=person("case"),
    subject=Texts(fr="Un centre", original="fr"),
    adopted_on=date(2024, 2, 6),
    visa_needed=None,
    transmitted_on=None,
    governor_receipt_on=None,
    enforceable_from=None,
)


@pytest.mark.parametrize("made", [DecisionAdopted, DecisionRejected])
def test_the_body_sees_whether_the_council_followed_its_opinion(
    bodies: Any, iecag: str, made: Any
) -> None:
    opinion = bodies.adopted(iecag)
    bodies.act(opinion, "submission")
    version = bodies.harness.rows(Opinion)[0].version
    said = OpinionAnswer(opinion=opinion["id"], answer="partly", reason_sha256="a" * 64)
    what = made(opinions_answered=[said])

    outcome = bodies.harness.deliver(what, DECIDED, subject=f"decision/{DECISION}", acted_on=TODAY)

    assert outcome == ACK
    shown = bodies.ask("GET", f"/opinions/{opinion['id']}").json
    assert shown["answers"] == [
        {
            "decision": DECISION,
            "number": "2024/1",
            "decided_on": "2024-02-06",
            "adopted": made is DecisionAdopted,
            "answer": "partly",
        }
    ]
    assert shown["version"] == version


def test_a_decision_without_opinions_leaves_nothing(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)

    outcome = bodies.harness.deliver(
        DecisionAdopted(), DECIDED, subject=f"decision/{DECISION}", acted_on=TODAY
    )

    assert outcome == ACK
    assert bodies.ask("GET", f"/opinions/{opinion['id']}").json["answers"] == []
