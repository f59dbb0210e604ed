"""Reading notices: one's own in the asked language; acknowledging; proofs for the secretariat."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import person


def own(desk: Any, who: str, **options: Any) -> list[dict[str, Any]]:
    """What somebody sees in the portal."""
    answer = desk.harness.request("GET", "/notices", role="petitioner", who=who, **options)
    assert answer.status_code == 200, answer.text
    return list(answer.json["notices"])


def acknowledge(desk: Any, notice_id: object, who: str, **options: Any) -> Any:
    """Open a notice."""
    path = f"/notices/{notice_id}/acknowledgement"
    return desk.harness.request("POST", path, {}, role="petitioner", who=who, **options)


def test_a_person_sees_own_notices_only_in_the_asked_language(desk: Any) -> None:
    desk.file_petition("legal")

    seen = own(desk, "legal", headers={"Accept-Language": "fr"})

    assert [one["title"] for one in seen] == ["Récépissé de votre pétition"]
    details = {line["label"]: line["value"] for line in seen[0]["details"]}
    assert details["Référence"] == "taroudant/2023/1"
    assert len(details["Code de suivi"]) == 10
    assert seen[0]["acted_on"] == "2023-10-16"
    assert seen[0]["link"].endswith(f"/notices/{seen[0]['id']}")
    assert own(desk, "stranger") == []


def test_another_authority_sees_nothing(desk: Any) -> None:
    desk.harness.know_authority("tiznit")
    desk.file_petition("legal")

    assert own(desk, "legal", authority="tiznit") == []
    assert acknowledge(desk, desk.notices[0].id, "legal", authority="tiznit").status_code == 404


def test_opening_a_notice_acknowledges_it_once(desk: Any) -> None:
    desk.file_petition("legal")
    desk.sender.send_due()
    notice = desk.notices[0]

    answers = [acknowledge(desk, notice.id, "legal") for _ in range(2)]

    assert [answer.json["state"] for answer in answers] == ["acknowledged"] * 2
    assert answers[0].json["acknowledged_at"] == answers[1].json["acknowledged_at"]
    acknowledged = desk.harness.emitted("notice.acknowledged.v1")
    assert len(acknowledged) == 1
    assert acknowledged[0].actorid == person("legal")
    assert acknowledged[0].data.after["state"] == "acknowledged"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_somebody_elses_notice_is_not_there(desk: Any, method: str) -> None:
    desk.file_petition("legal")
    notice = desk.notices[0]
    paths = [f"/notices/{id_}" for id_ in (notice.id, person("unknown"))]
    if method == "POST":
        paths = [f"{path}/acknowledgement" for path in paths]

    foreign, unknown = (
        desk.harness.request(method, path, {}, role="secretariat", who="clerk") for path in paths
    )

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json["detail"] == unknown.json["detail"]
    assert desk.harness.emitted() == []


def test_a_notice_read_before_its_mail_left_is_not_sent_any_more(desk: Any) -> None:
    desk.identity.knows("legal", "fr")
    desk.file_petition("legal")

    acknowledge(desk, desk.notices[0].id, "legal")

    assert desk.sender.send_due() == 0
    assert desk.notices[0].state == "acknowledged"


def test_a_failed_mail_can_still_be_read_and_acknowledged(desk: Any) -> None:
    desk.identity.knows("legal", "fr", address="no address")
    desk.file_petition("legal")
    desk.sender.send_due()

    answer = acknowledge(desk, desk.notices[0].id, "legal")

    assert answer.json["state"] == "acknowledged"


def test_the_secretariat_sees_who_was_told_of_a_subject_and_how(desk: Any) -> None:
    desk.file_petition("legal")
    desk.sender.send_due()
    path = f"/notices/about?subject=petition/{person('petition')}"

    answer = desk.harness.request("GET", path, role="secretariat", who="clerk")

    proof = answer.json["notices"][0]
    assert (proof["person_id"], proof["state"]) == (person("legal"), "delivered")
    assert "title" not in proof
    assert "facts" not in proof


def test_a_petitioner_sees_no_proofs_of_others(desk: Any) -> None:
    path = f"/notices/about?subject=petition/{person('petition')}"

    assert desk.harness.request("GET", path, role="petitioner").status_code == 403


def test_nobody_reads_notices_without_signing_in(desk: Any) -> None:
    assert desk.harness.request("GET", "/notices").status_code == 401


def test_the_live_state_equals_the_last_event(desk: Any) -> None:
    desk.file_petition("legal")
    desk.sender.send_due()
    acknowledge(desk, desk.notices[0].id, "legal")

    answer = desk.harness.request(
        "GET",
        "/states?authority=taroudant&kind=notice",
        role="service",
        client="service:audit",
    )

    last = desk.harness.emitted()[-1]
    assert answer.json["states"] == [
        {"subject": last.subject, "sequence": last.sequence, "state": last.data.after}
    ]
