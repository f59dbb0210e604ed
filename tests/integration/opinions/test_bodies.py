"""Bodies: formed once, members seated and ended, rules changed; the public learns no names."""

from __future__ import annotations

from typing import Any

import pytest

from services.opinions.demo import seed_demo
from services.opinions.models import Body
from shared.demo import demo_id, demo_person
from shared.errors import TryLater
from shared.testing.harness import AUTHORITY, person


def test_a_body_is_formed_and_tells_its_rules(bodies: Any) -> None:
    body = bodies.formed(seats=15)

    event = bodies.harness.emitted("body.formed.v1")[0]
    assert event.subject == f"body/{body}"
    assert event.data.after["seats"] == 15
    assert event.data.after["members"] == []


def test_a_code_is_given_once(bodies: Any) -> None:
    bodies.formed()

    wish = {"code": "iecag", "name": {"fr": "Encore"}, "seats": 3}
    answer = bodies.ask("POST", "/bodies", wish, role="operator")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "code"
    assert len(bodies.harness.rows(Body)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"code": "Not a code"}, {"code": "abc\n"}, {"seats": 0}, {"quorum_percent": 101}],
    ids=str,
)
def test_a_body_needs_sound_rules(bodies: Any, wrong: dict[str, Any]) -> None:
    wish = {"code": "forum", "name": {"fr": "Forum"}, "seats": 3, **wrong}

    answer = bodies.ask("POST", "/bodies", wish, role="secretariat")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == next(iter(wrong))


def test_members_are_told_by_opaque_id_and_role(bodies: Any, iecag: str) -> None:
    event = bodies.harness.emitted("body.changed.v1")[0]

    assert event.data.what == {"fields": ["members"]}
    assert event.data.after["members"] == [{"person": person("rapporteur"), "role": "rapporteur"}]


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ({"person": person("m6")}, 409),
        ({"person": person("m2")}, 409),
        ({"person": person("m6"), "role": "king"}, 422),
        ({"person": person("m6"), "from_on": "2030-01-01"}, 422),
    ],
    ids=["no seat is free", "sits already", "unknown role", "in the future"],
)
def test_an_impossible_member_is_refused(
    bodies: Any, iecag: str, member: dict[str, str], status: int
) -> None:
    before = len(bodies.types("body"))

    answer = bodies.ask("POST", f"/bodies/{iecag}/members", member, role="secretariat")

    assert answer.status_code == status
    assert len(bodies.types("body")) == before


def test_an_ended_member_leaves_a_free_seat(bodies: Any, iecag: str) -> None:
    path = f"/bodies/{iecag}/members"
    seats = bodies.ask("GET", f"/bodies/{iecag}", role="secretariat").json["members"]
    seat = next(one["id"] for one in seats if one["person"] == person("m5"))

    answer = bodies.ask("POST", f"{path}/{seat}/ending", {}, role="secretariat")
    again = bodies.ask("POST", f"{path}/{seat}/ending", {}, role="secretariat")
    bodies.seated(iecag, "m6", role="vice-chair")

    assert (answer.json["members_count"], again.status_code) == (4, 404)
    after = bodies.harness.emitted("body.changed.v1")[-1].data.after
    people = {member["person"] for member in after["members"]}
    assert person("m6") in people
    assert person("m5") not in people


def test_seats_are_not_cut_below_the_members(bodies: Any, iecag: str) -> None:
    path = f"/bodies/{iecag}/rules"

    refused = bodies.ask("POST", path, {"seats": 4}, role="secretariat")
    same = bodies.ask("POST", path, {"seats": 5}, role="secretariat")
    done = bodies.ask("POST", path, {"seats": 9, "quorum_percent": 60}, role="secretariat")

    assert [answer.status_code for answer in (refused, same, done)] == [409, 422, 200]
    told = bodies.harness.emitted("body.changed.v1")[-1].data
    assert told.what == {"fields": ["quorum_percent", "seats"]}


def test_everyone_sees_how_many_members_a_body_has_but_not_who(bodies: Any, iecag: str) -> None:
    answer = bodies.harness.request("GET", f"/bodies?authority={AUTHORITY}")

    shown = answer.json["bodies"][0]
    assert (shown["id"], shown["members_count"]) == (iecag, 5)
    assert "members" not in shown
    assert person("m2") not in answer.text


def test_only_secretariat_and_operator_form_bodies(bodies: Any, iecag: str) -> None:
    wish = {"code": "forum", "name": {"fr": "Forum"}, "seats": 3}

    answers = [
        bodies.ask("POST", "/bodies", wish, role="body-member"),
        bodies.ask("POST", "/bodies", wish, role="council-member"),
        bodies.ask("POST", f"/bodies/{iecag}/members", {"person": person("x")}, role="body-member"),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_the_demo_forms_its_bodies_once(bodies: Any) -> None:
    for _ in range(2):
        seed_demo(bodies.harness.context)

    rows = {row.code: row for row in bodies.harness.rows(Body)}
    assert {code: row.id for code, row in rows.items()} == {
        code: demo_id(f"body-{code}") for code in ("iecag", "forum")
    }
    assert bodies.types("body") == ["body.formed.v1"] * 2
    formed = {one.data.after["code"]: one.data.after for one in bodies.harness.emitted()}
    assert {code: len(after["members"]) for code, after in formed.items()} == {
        "iecag": 15,
        "forum": 25,
    }
    rapporteur = {"person": str(demo_person("rapporteur.iecag")), "role": "rapporteur"}
    assert rapporteur in formed["iecag"]["members"]


def test_the_demo_waits_for_its_authority(harness_on: Any, database_kind: str) -> None:
    harness = harness_on("opinions", database_kind)
    with harness.context.database.write("*") as (session, _):
        session.execute(harness.context.base.plumbing.known_authority.delete())

    with pytest.raises(TryLater):
        seed_demo(harness.context)
    assert harness.rows(Body) == []
