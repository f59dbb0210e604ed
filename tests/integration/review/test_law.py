"""The rules over HTTP: every pack with its articles, an authority's own, what would change."""

from __future__ import annotations

from typing import Any

import pytest

from shared.law.packs import PACKS, load_all, load_version
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk

OWN: dict[str, dict[str, Any]] = {
    "committee-report-due": {
        "value": 30,
        "unit": "days",
        "source": "Règlement intérieur, art 20",
        "valid_from": "2022-01-01",
    },
    "third-meeting": {
        "then": "stop",
        "source": "Règlement intérieur, art 9",
        "valid_from": "2022-01-01",
    },
}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def packs(desk: Desk, query: str = "") -> list[dict[str, Any]]:
    """The packs as everybody reads them."""
    answer = desk.anyone("GET", f"/law/packs{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json["packs"])


def test_every_version_of_every_pack_is_shown_with_every_rule(desk: Desk) -> None:
    shown = packs(desk)

    assert {one["pack"] for one in shown} == set(PACKS)
    assert [one["version"] for one in shown] == [pack.version for pack in load_all()]
    for one in shown:
        ids = [rule["id"] for rule in one["rules"]]
        assert ids == [rule.id for rule in load_version(one["version"]).rules]
        assert one["is_in_force"]


def test_each_rule_says_where_it_is_written_in_three_languages(desk: Desk) -> None:
    for one in packs(desk):
        for rule in one["rules"]:
            assert rule["written"].endswith(f"art {rule['article']}")
            assert all(rule["source"][language] for language in ("ar", "fr", "en"))
            assert rule["kind"] == "law"
            assert not rule["is_local"]
            assert all(rule["name"][language] for language in ("ar", "fr", "en"))


def test_values_and_details_are_the_packs_own(desk: Desk) -> None:
    (commune,) = (one for one in packs(desk) if one["pack"] == "ma-commune")
    rules = {rule["id"]: rule for rule in commune["rules"]}

    assert (rules["refusal-notice"]["value"], rules["refusal-notice"]["unit"]) == (3, "months")
    assert rules["signatures"]["about"] == "signatures"
    assert [tier["value"] for tier in rules["signatures"]["details"]["tiers"]] == [100, 200]
    assert rules["ordinary-sessions"]["details"]["months"] == [2, 5, 10]
    assert "committee-report-due" in {rule["id"] for rule in commune["open"]}


def test_an_authoritys_own_rules_are_shown_as_local_in_its_pack_only(desk: Desk) -> None:
    desk.today("2023-10-16", local_rules=OWN)

    (own,) = packs(desk, "?authority=taroudant")
    rules = {rule["id"]: rule for rule in own["rules"]}

    assert own["pack"] == "ma-commune"
    assert {id_ for id_, rule in rules.items() if rule["is_local"]} == set(OWN)
    assert rules["committee-report-due"]["kind"] == "local"
    assert rules["committee-report-due"]["written"] == "Règlement intérieur, art 20"
    assert "committee-report-due" not in {rule["id"] for rule in own["open"]}
    assert not any(rule["is_local"] for one in packs(desk) for rule in one["rules"])


def test_an_authoritys_rule_is_shown_from_its_first_day_on(desk: Desk) -> None:
    later = {id_: {**entry, "valid_from": "2023-10-17"} for id_, entry in OWN.items()}

    desk.today("2023-10-16", local_rules=later)
    (before,) = packs(desk, "?authority=taroudant")
    desk.today("2023-10-17", local_rules=later)
    (after,) = packs(desk, "?authority=taroudant")

    assert not any(rule["is_local"] for rule in before["rules"])
    assert "committee-report-due" in {rule["id"] for rule in before["open"]}
    assert {rule["id"] for rule in after["rules"] if rule["is_local"]} == set(OWN)


def test_an_unknown_authority_has_no_rules(desk: Desk) -> None:
    answer = desk.anyone("GET", "/law/packs?authority=nowhere")

    assert answer.status_code == 404


def test_what_another_version_would_change_is_told_rule_by_rule(desk: Desk) -> None:
    versions = {pack.pack: pack.version for pack in load_all()}
    query = f"from={versions['ma-commune']}&to={versions['ma-region']}"

    shown = desk.anyone("GET", f"/law/changes?{query}").json
    found = {(one["rule"], one["field"]): one for one in shown["changes"]}

    assert (shown["from"], shown["to"]) == (versions["ma-commune"], versions["ma-region"])
    assert found["refusal-notice", "value"]["before"] == 3
    assert found["refusal-notice", "value"]["after"] == 2
    assert found["refusal-notice", "value"]["name"]["en"]
    assert ("visa-tacit", "value") not in found


def test_a_version_compared_with_itself_changes_nothing(desk: Desk) -> None:
    version = load_all()[0].version

    assert desk.anyone("GET", f"/law/changes?from={version}&to={version}").json["changes"] == []


@pytest.mark.parametrize("field", ["from", "to"])
def test_an_unknown_version_is_refused_at_its_field(desk: Desk, field: str) -> None:
    version = load_all()[0].version
    asked = {"from": version, "to": version, field: "ma-commune@1999-01-01"}

    answer = desk.anyone("GET", f"/law/changes?from={asked['from']}&to={asked['to']}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        (
            {"ask": "quorum", "pack": "ma-commune", "in_office": 35, "present": 3, "call": 4},
            "call",
            "Donner l'un de ces nombres.",
        ),
        (
            {"ask": "threshold", "pack": "ma-commune", "population": 9, "arrondissement": True},
            "arrondissement",
            "Faut-il lire arrondissements ?",
        ),
    ],
)
def test_a_question_with_a_slip_is_refused_at_its_field_in_the_readers_language(
    desk: Desk, asked: dict[str, Any], field: str, said: str
) -> None:
    headers = {"Idempotency-Key": "", "Accept-Language": "fr"}

    answer = desk.review.request("POST", "/law/answers", asked, headers=headers)

    (error,) = answer.json["errors"]
    assert (answer.status_code, answer.json["title"]) == (
        422,
        "Certains champs sont à corriger",
    )
    assert error["field"] == field
    assert said in error["message"]


def test_what_is_no_question_is_told_what_to_send_and_names_no_field(desk: Desk) -> None:
    answer = desk.anyone("POST", "/law/answers", [])

    assert (answer.status_code, "errors" in answer.json) == (422, False)
    assert answer.json["remedy"]
