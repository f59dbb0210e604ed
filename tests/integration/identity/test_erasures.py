"""Who may ask for an erasure, its answer in the reader's language, and when it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.identity.erasures.models import Erasure
from shared.events.erasures import RedactionCarriedOut, RedactionPutOff, RedactionSnapshot
from shared.testing.harness import ACK, Harness, person
from tests.integration.identity.conftest import account, grant

ASKED = {"ground": "no-longer-needed"}


def ask(identity: Harness, who: str = "citizen", *, role: str = "petitioner", **more: Any) -> Any:
    """Somebody asks."""
    return identity.request("POST", "/erasures", {**ASKED, **more}, role=role, who=who)


def told_by_intake(identity: Harness, what: Any, *, sequence: int = 1, **facts: Any) -> None:
    """intake tells of the names in files, for the newest request."""
    erasure = identity.rows(Erasure)[-1]
    said: dict[str, Any] = {"state": "done", "waits_for": [], "until_on": None, "files": 0, **facts}
    after = RedactionSnapshot(erasure=str(erasure.id), person=str(erasure.person_id), **said)
    subject = f"redaction/{person(str(erasure.id))}"
    assert identity.deliver(what, after, subject=subject, sequence=sequence) == ACK


def answers(identity: Harness, language: str, **reader: Any) -> list[Any]:
    """The newest request's answer by purpose: the purpose, its outcome and why."""
    headers = {"Accept-Language": language}
    asked = {"role": "petitioner", "who": "citizen", **reader}
    (newest, *_) = identity.request("GET", "/erasures", headers=headers, **asked).json["erasures"]
    return [(one["purpose"], one["outcome"], one["why"]) for one in newest["answer"]]


def test_a_person_asks_for_their_own_data_and_hears_when_the_answer_is_due(
    identity: Harness,
) -> None:
    made = ask(identity)

    assert (made.status_code, made.json["state"]) == (201, "requested")
    assert made.json["person"] == person("citizen")
    assert (made.json["requested_on"], made.json["answer_due_on"]) == ("2023-10-16", "2023-10-26")
    (told,) = identity.emitted("erasure.requested.v1")
    assert (told.actorid, told.onbehalfof) == (person("citizen"), None)


def test_the_secretariat_asks_for_somebody_and_the_record_says_for_whom(identity: Harness) -> None:
    asked_on = {"acted_on": "2023-10-10", "late_reason": "Courrier"}
    made = ask(identity, "clerk", role="secretariat", person=person("citizen"), **asked_on)

    assert made.json["person"] == person("citizen")
    assert made.json["answer_due_on"] == "2023-10-20"
    (told,) = identity.emitted("erasure.requested.v1")
    assert (told.actorid, told.onbehalfof) == (person("clerk"), person("citizen"))


def test_a_petitioner_asks_for_nobody_else_and_reads_nobody_elses(identity: Harness) -> None:
    refused = ask(identity, "stranger", person=person("citizen"))
    ask(identity)

    assert (refused.status_code, refused.json["code"]) == (403, "not-allowed")
    read = identity.request("GET", "/erasures", role="petitioner", who="stranger").json
    assert read["erasures"] == []
    read = identity.request("GET", "/erasures", role="secretariat", who="clerk").json
    assert [one["person"] for one in read["erasures"]] == [person("citizen")]


def test_a_request_that_is_under_way_is_not_asked_twice(identity: Harness) -> None:
    ask(identity)

    again = ask(identity)

    assert (again.status_code, again.json["code"]) == (409, "rule-refused")
    assert again.json["article"] == "09-08, 8"


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("ar", "عريضة تحمل هذا الاسم معروضة على المجلس."),
        ("fr", "Une pétition portant ce nom est devant le conseil."),
        ("en", "A petition with this name is before the council."),
    ],
)
def test_the_answer_says_what_waits_and_for_what_in_the_readers_language(
    identity: Harness, language: str, why: str
) -> None:
    ask(identity)

    told_by_intake(identity, RedactionPutOff(), state="waiting", waits_for=["case-open"])

    said = answers(identity, language)
    waiting = ["account", "petition", "petition-proofs"]
    assert [one[:2] for one in said] == [(purpose, "waits") for purpose in waiting]
    assert said[1][2] == why


def test_the_answer_names_what_was_erased_and_what_stays(identity: Harness) -> None:
    account(identity, "citizen")
    grant(identity, "citizen", "petitioner")
    ask(identity)

    purposes: dict[str, Any] = {
        "erased": ["petition", "petition-proofs"],
        "stays": ["petition-documents"],
    }
    told_by_intake(identity, RedactionCarriedOut(), files=2, **purposes)

    said = answers(identity, "fr", role="secretariat", who="clerk")
    assert [one[:2] for one in said] == [
        ("account", "erased"),
        ("petition", "erased"),
        ("petition-proofs", "erased"),
        ("petition-documents", "stays"),
    ]


def test_what_was_told_before_purposes_were_is_answered_all_the_same(identity: Harness) -> None:
    ask(identity)

    told_by_intake(identity, RedactionCarriedOut(), files=1)

    (row,) = identity.rows(Erasure)
    assert (list(row.erased), list(row.stays)) == (["petition"], ["petition-documents"])


def test_the_same_thing_told_again_moves_nothing(identity: Harness) -> None:
    ask(identity)
    day: dict[str, Any] = {
        "waits_for": ["term-running"],
        "until_on": date(2023, 12, 15),
        "state": "waiting",
    }
    told_by_intake(identity, RedactionPutOff(), **day)

    told_by_intake(identity, RedactionPutOff(), sequence=2, **day)

    assert len(identity.emitted("erasure.put_off.v1")) == 1
    assert identity.rows(Erasure)[0].until_on == date(2023, 12, 15)


def test_only_public_acts_name_the_person_and_so_nothing_is_erased(identity: Harness) -> None:
    from shared.events.council import MandateEnded, MandateSnapshot, MandateStarted

    facts: dict[str, Any] = {"office": "member", "committee": None, "from_on": date(2021, 9, 20)}
    mandate = f"mandate/{person('mandate')}"
    begun = MandateSnapshot(state="active", person=person("councillor"), until_on=None, **facts)
    ended = MandateSnapshot(
        state="ended", person=person("councillor"), until_on=date(2023, 1, 1), **facts
    )
    identity.deliver(MandateStarted(), begun, subject=mandate)
    identity.deliver(MandateEnded(reason="term"), ended, subject=mandate, sequence=2)

    ask(identity, "clerk", role="secretariat", person=person("councillor"))
    told_by_intake(identity, RedactionCarriedOut())

    (row,) = identity.rows(Erasure)
    assert (row.state, row.reason, list(row.stays)) == ("refused", "public-act", ["council-member"])
