"""An opinion from its start to the council: private text, quorum, majority, receipt."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from services.opinions.models import Opinion, OpinionDraft
from shared.testing.harness import TODAY, person

BALLOT = {"present": 3, "votes_for": 2, "votes_against": 0, "abstentions": 1}
TEXT = "Avis sur le centre d'écoute."


def test_an_opinion_on_own_initiative_stays_in_drafting(bodies: Any, iecag: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))

    assert (opinion["state"], opinion["origin"]) == ("drafting", "own-initiative")
    event = bodies.harness.emitted("opinion.started.v1")[0]
    assert event.data.after["body"] == iecag
    assert event.data.after["consultation"] is None
    assert event.actorid == person("rapporteur")


def test_an_opinion_on_own_initiative_needs_a_subject(bodies: Any, iecag: str) -> None:
    answer = bodies.ask("POST", "/opinions", {"body": iecag})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "subject"
    assert bodies.harness.rows(Opinion) == []


def test_a_draft_leaves_a_version_and_no_event(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)

    first = bodies.drafted(opinion, text="Un")
    second = bodies.drafted(first, text="Deux")
    again = bodies.drafted(second, text="Deux")

    assert bodies.types() == ["opinion.started.v1"]
    assert again["version"] == second["version"] > first["version"] > opinion["version"]
    kept = {(row.number, row.text, row.author) for row in bodies.harness.rows(OpinionDraft)}
    writer = person("rapporteur")
    assert kept == {(1, "Un", writer), (2, "Deux", writer)}
    listed = bodies.ask("GET", f"/opinions/{opinion['id']}/drafts").json["drafts"]
    assert [draft["number"] for draft in listed] == [2, 1]
    assert "text" not in listed[0]


def test_an_edit_of_a_stale_draft_is_refused(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)
    bodies.drafted(opinion)

    answer = bodies.ask(
        "PUT",
        f"/opinions/{opinion['id']}/draft",
        {"text": "Autre"},
        headers={"If-Match": f'"{opinion["version"]}"'},
    )

    assert answer.status_code == 412
    assert len(bodies.harness.rows(OpinionDraft)) == 1


def test_an_edit_without_the_version_it_was_made_on_is_refused(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)

    answer = bodies.ask("PUT", f"/opinions/{opinion['id']}/draft", {"text": "Autre"})

    assert answer.status_code == 428
    assert bodies.harness.rows(OpinionDraft) == []


def test_adoption_without_quorum_is_refused(bodies: Any, iecag: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))

    answer = bodies.act(opinion, "adoption", **{**BALLOT, "present": 2, "abstentions": 0})

    assert answer.status_code == 409
    assert answer.json["code"] == "rule-refused"
    assert bodies.harness.rows(Opinion)[0].state == "drafting"
    assert bodies.types() == ["opinion.started.v1"]


def test_the_quorum_follows_the_bodys_own_rule(bodies: Any) -> None:
    body = bodies.formed(quorum_percent=80)
    bodies.seated(body, "rapporteur", "m2", "m3", "m4", "m5")
    opinion = bodies.drafted(bodies.started(body))

    refused = bodies.act(opinion, "adoption", **BALLOT)
    adopted = bodies.act(opinion, "adoption", **{**BALLOT, "present": 4})

    assert (refused.status_code, adopted.status_code) == (409, 200)


def test_adoption_without_text_is_refused(bodies: Any, iecag: str) -> None:
    answer = bodies.act(bodies.started(iecag), "adoption", **BALLOT)

    assert answer.status_code == 409
    assert answer.json["code"] == "rule-refused"
    assert bodies.harness.rows(Opinion)[0].text_sha256 is None


def test_adoption_on_a_tie_is_refused(bodies: Any, iecag: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))

    answer = bodies.act(opinion, "adoption", present=3, votes_for=1, votes_against=1, abstentions=1)

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"present": 6}, {"votes_for": 4}, {"votes_against": -1}], ids=str
)
def test_numbers_that_cannot_be_are_refused(bodies: Any, iecag: str, wrong: dict[str, int]) -> None:
    opinion = bodies.drafted(bodies.started(iecag))

    answer = bodies.act(opinion, "adoption", **{**BALLOT, **wrong})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] in {"present", "votes_against"}


def test_adoption_freezes_the_text_by_its_hash(bodies: Any, iecag: str) -> None:
    opinion = bodies.adopted(iecag)

    assert opinion["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    event = bodies.harness.emitted("opinion.adopted.v1")[0]
    assert event.data.what == BALLOT
    assert event.data.after["text_sha256"] == opinion["text_sha256"]
    assert TEXT not in str(event.data)
    answer = bodies.ask(
        "PUT",
        f"/opinions/{opinion['id']}/draft",
        {"text": "Autre"},
        headers={"If-Match": f'"{opinion["version"]}"'},
    )
    assert answer.status_code == 409
    assert len(bodies.harness.rows(OpinionDraft)) == 1


def test_submission_before_adoption_is_refused(bodies: Any, iecag: str) -> None:
    answer = bodies.act(bodies.drafted(bodies.started(iecag)), "submission")

    assert answer.status_code == 409
    assert answer.json["code"] == "illegal-step"
    row = bodies.harness.rows(Opinion)[0]
    assert (row.state, row.submitted_on, row.receipt) == ("drafting", None, None)


def test_submission_gives_a_receipt(bodies: Any, iecag: str) -> None:
    opinion = bodies.adopted(iecag)

    answer = bodies.act(opinion, "submission")

    assert answer.status_code == 200
    assert answer.json["state"] == "submitted"
    assert answer.json["submitted_on"] == TODAY.isoformat()
    event = bodies.harness.emitted("opinion.submitted.v1")[0]
    assert event.data.what == {"receipt": answer.json["receipt"]}
    assert len(answer.json["receipt"]) == 12


def test_one_press_submits_once(bodies: Any, iecag: str) -> None:
    path = f"/opinions/{bodies.adopted(iecag)['id']}/submission"
    key = {"Idempotency-Key": "one-press"}

    answers = [bodies.ask("POST", path, {}, headers=key) for _ in range(2)]

    assert answers[0].data == answers[1].data
    assert bodies.types().count("opinion.submitted.v1") == 1


def test_a_step_is_not_dated_before_the_one_it_follows(bodies: Any, iecag: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))

    answer = bodies.act(opinion, "adoption", **BALLOT, acted_on="2023-10-01", late_reason="paper")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "acted_on"


def test_a_declined_opinion_says_why_by_a_code(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)

    wrong = bodies.act(opinion, "declining", reason="because")
    answer = bodies.act(opinion, "declining", reason="outside-field")

    assert wrong.status_code == 422
    assert answer.json["state"] == "declined"
    event = bodies.harness.emitted("opinion.declined.v1")[0]
    assert event.data.what == {"reason": "outside-field"}


def test_the_timeline_tells_each_act_with_both_its_dates(bodies: Any, iecag: str) -> None:
    opinion = bodies.adopted(iecag)

    acts = bodies.ask("GET", f"/opinions/{opinion['id']}/timeline").json["acts"]

    assert [act["type"] for act in acts] == ["opinion.started.v1", "opinion.adopted.v1"]
    assert acts[1]["acted_on"] == TODAY.isoformat()
    assert "recorded_at" in acts[1]
