"""Who sees an opinion and its text: the body always, the council once it is submitted."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import AUTHORITY, person

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@pytest.fixture
def forum(bodies: Any) -> str:
    """Another body, with a rapporteur of its own."""
    body = bodies.formed("forum")
    bodies.seated(body, "outsider")
    return str(body)


def test_a_member_of_another_body_gets_404_everywhere(bodies: Any, iecag: str, forum: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))
    path = f"/opinions/{opinion['id']}"
    outsider = {"who": "outsider", "body": forum}

    answers = [
        *(
            bodies.ask("GET", path + end, **outsider)
            for end in ("", "/text", "/drafts", "/timeline")
        ),
        bodies.ask("PUT", path + "/draft", {"text": "x"}, headers={"If-Match": "*"}, **outsider),
        bodies.ask("POST", path + "/declining", {"reason": "other"}, **outsider),
        bodies.ask("POST", path + "/submission", {}, **outsider),
        bodies.ask("GET", f"/bodies/{iecag}", **outsider),
        bodies.ask("POST", "/opinions", {"body": iecag, "subject": {"fr": "x"}}, **outsider),
    ]

    assert {answer.status_code for answer in answers} == {404}
    unknown = f"/opinions/{person('x')}"
    told = [
        bodies.ask("GET", unknown, **outsider),
        bodies.ask("POST", unknown + "/submission", {}, **outsider),
        answers[0],
        answers[6],
    ]
    assert len({(answer.json["detail"], answer.json["kind"]) for answer in told}) == 1
    assert {answer.json["detail"] for answer in answers} == {told[0].json["detail"]}
    assert bodies.ask("GET", "/opinions", **outsider).json["opinions"] == []
    assert bodies.types() == ["opinion.started.v1"]


def test_a_token_limited_to_another_body_opens_nothing(bodies: Any, iecag: str, forum: str) -> None:
    opinion = bodies.started(iecag)

    answer = bodies.ask("GET", f"/opinions/{opinion['id']}", body=forum)
    act = bodies.ask(
        "POST", f"/opinions/{opinion['id']}/declining", {"reason": "other"}, body=forum
    )

    assert (answer.status_code, act.status_code) == (404, 404)


def test_a_token_without_a_seat_opens_nothing(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)

    answer = bodies.ask("GET", f"/opinions/{opinion['id']}", who="nobody", body=iecag)

    assert answer.status_code == 404


def test_a_member_whose_seat_ended_sees_nothing_any_more(bodies: Any, iecag: str) -> None:
    opinion = bodies.started(iecag)
    path = f"/bodies/{iecag}"
    members = bodies.ask("GET", path, role="secretariat").json["members"]
    seat = next(one["id"] for one in members if one["person"] == person("rapporteur"))
    bodies.ask("POST", f"{path}/members/{seat}/ending", {}, role="secretariat")

    answer = bodies.ask("GET", f"/opinions/{opinion['id']}")

    assert answer.status_code == 404


def test_another_authority_sees_nothing(bodies: Any, iecag: str) -> None:
    bodies.harness.know_authority("tiznit")
    opinion = bodies.adopted(iecag)
    bodies.act(opinion, "submission")

    answer = bodies.ask("GET", f"/opinions/{opinion['id']}", role="secretariat", authority="tiznit")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", COUNCIL)
def test_the_council_reads_an_opinion_once_it_is_submitted(
    bodies: Any, iecag: str, role: str
) -> None:
    opinion = bodies.adopted(iecag)
    path = f"/opinions/{opinion['id']}"
    before = [
        bodies.ask("GET", path + end, role=role, who="c").status_code for end in ("", "/text")
    ]
    assert bodies.ask("GET", "/opinions", role=role, who="c").json["opinions"] == []

    bodies.act(opinion, "submission")

    assert before == [404, 404]
    assert bodies.ask("GET", path, role=role, who="c").json["state"] == "submitted"
    text = bodies.ask("GET", path + "/text", role=role, who="c").json
    assert (text["is_frozen"], text["language"]) == (True, "fr")
    assert text["text_sha256"] == opinion["text_sha256"]


def test_an_auditor_sees_that_an_opinion_exists_but_no_draft(bodies: Any, iecag: str) -> None:
    opinion = bodies.drafted(bodies.started(iecag))
    path = f"/opinions/{opinion['id']}"

    answers = [bodies.ask("GET", path + end, role="auditor") for end in ("", "/text", "/drafts")]

    assert [answer.status_code for answer in answers] == [200, 404, 403]


def test_the_public_sees_submitted_opinions_without_text_or_receipt(
    bodies: Any, iecag: str
) -> None:
    bodies.started(iecag)
    submitted = bodies.adopted(iecag)
    bodies.act(submitted, "submission")

    answer = bodies.harness.request("GET", f"/opinions/public?authority={AUTHORITY}")

    assert [one["id"] for one in answer.json["opinions"]] == [submitted["id"]]
    assert not {"receipt", "text", "drafts"} & set(answer.json["opinions"][0])


def test_a_list_can_be_limited_to_one_body(bodies: Any, iecag: str, forum: str) -> None:
    opinion = bodies.started(iecag)

    own = bodies.ask("GET", f"/opinions?body={iecag}").json["opinions"]
    other = bodies.ask("GET", f"/opinions?body={forum}").json["opinions"]

    assert ([one["id"] for one in own], other) == ([opinion["id"]], [])
