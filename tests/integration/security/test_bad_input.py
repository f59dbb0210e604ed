"""Bad input to intake by its kind: each is told with field and remedy, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

import pytest

from tests.integration.security.refusals import assert_is_problem, fields_of, nothing_changes
from tests.integration.security.worlds import DRAFT, World, intake_world

MEGABYTE = 1024 * 1024


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> World:
    """intake with three petitions, on either database."""
    return intake_world(harness_on("intake", database_kind))


DRAFTS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "no petitioner": ({"petitioner": None}, "petitioner"),
    "an unknown petitioner": ({"petitioner": "king"}, "petitioner"),
    "a subject without words": ({"subject": {"fr": " "}}, "subject.ar"),
    "a subject of 201 letters": ({"subject": {"fr": "x" * 201}}, "subject.fr"),
    "very long reasons": ({"reasons": "x" * 10_001}, "reasons"),
    "nobody": ({"people": []}, "people"),
    "an unknown role": ({"people": [{"role": "boss"}]}, "people.0.role"),
    "somebody twice": ({"people": [{"role": "mandatary"}] * 2}, "people.1.person_id"),
    "no association": ({"association": None}, "association"),
    "a day that is none": (
        {"association": {**DRAFT["association"], "founded_on": "2023-02-30"}},  # type: ignore[dict-item]
        "association.founded_on",
    ),
    "a name of 301 letters": (
        {"association": {**DRAFT["association"], "name": {"ar": "x" * 301}}},  # type: ignore[dict-item]
        "association.name.ar",
    ),
}


@pytest.mark.parametrize("name", list(DRAFTS))
def test_a_draft_with_a_bad_field_is_refused(intake: World, name: str) -> None:
    change, field = DRAFTS[name]

    with nothing_changes(intake.harness):
        answer = intake.ask("POST", "/petitions", {**DRAFT, **change}, role="petitioner")

    assert answer.status_code == 422
    assert fields_of(answer) == [field]


ACTS: Mapping[str, tuple[int, str, Mapping[str, Any], int, list[str]]] = {
    "a filing dated tomorrow": (0, "filing", {"acted_on": "2023-10-17"}, 422, ["acted_on"]),
    "a late one without a reason": (0, "filing", {"acted_on": "2023-10-15"}, 422, ["late_reason"]),
    "a filing before the law": (
        0, "filing", {"acted_on": "1999-01-01", "late_reason": "Found."}, 422, ["acted_on"],
    ),
    "a filing on a day that is none": (0, "filing", {"acted_on": "2023-02-30"}, 422, ["acted_on"]),
    "fewer than no signatures": (1, "signature-counts", {"signatures": -1}, 422, ["signatures"]),
    "too many signatures": (1, "signature-counts", {"signatures": 10**8}, 422, ["signatures"]),
    "half a signature": (1, "signature-counts", {"signatures": 1.5}, 422, ["signatures"]),
    "signatures of an association": (0, "signature-counts", {"signatures": 1}, 409, []),
    "a second filing": (2, "filing", {}, 409, []),
    "opening an association's petition": (0, "opening", {}, 409, []),
    "withdrawing a draft": (0, "withdrawal-request", {}, 409, []),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ACTS))
def test_an_act_that_cannot_be_is_refused(intake: World, name: str) -> None:
    place, act, body, status, fields = ACTS[name]
    path = f"/petitions/{intake.ids['petition_id'][place]}/{act}"

    with nothing_changes(intake.harness):
        answer = intake.ask("POST", path, body, role="petitioner")

    assert answer.status_code == status, answer.text
    assert fields_of(answer) == fields


@pytest.mark.parametrize(
    ("match", "status"), [(None, 428), ('"99"', 412), ("1", 412), ('W/"1"', 412), ("", 412)]
)
def test_an_edit_of_an_old_version_is_refused(
    intake: World, match: str | None, status: int
) -> None:
    headers = {} if match is None else {"If-Match": match}
    path = f"/petitions/{intake.ids['petition_id'][0]}"

    with nothing_changes(intake.harness):
        answer = intake.ask("PATCH", path, {"reasons": "x"}, role="petitioner", headers=headers)

    assert answer.status_code == status
    assert fields_of(answer) == ["If-Match"]


@pytest.mark.parametrize("key", ["", " ", "k" * 201])
def test_a_request_without_a_usable_key_is_refused(intake: World, key: str) -> None:
    with nothing_changes(intake.harness):
        answer = intake.ask(
            "POST", "/petitions", DRAFT, role="petitioner", headers={"Idempotency-Key": key}
        )

    assert answer.status_code == 400
    assert fields_of(answer) == ["Idempotency-Key"]


def test_an_unknown_language_is_named(intake: World) -> None:
    answer = intake.ask("GET", "/petitions?lang=xx", role="petitioner")

    assert answer.status_code == 422
    assert fields_of(answer) == ["lang"]


@pytest.mark.parametrize(("language", "word"), [("ar", "ميغا"), ("fr", "Mo"), ("en", "MB")])
def test_a_body_of_25_megabytes_is_refused_in_the_asked_language(
    intake: World, language: str, word: str
) -> None:
    with nothing_changes(intake.harness):
        answer = intake.ask(
            "POST",
            "/petitions",
            role="petitioner",
            headers={"Accept-Language": language},
            data=b'{"reasons": "' + b"x" * 25 * MEGABYTE + b'"}',
            content_type="application/json",
        )

    assert answer.status_code == 413
    assert_is_problem(answer)
    assert word in answer.json["remedy"]
    assert "21" in answer.json["remedy"]


FILES = {
    "no file": (None, "other", 422),
    "an empty file": (b"", "other", 422),
    "a program": (b"MZ\x90\x00" + b"\x00" * 60, "other", 415),
    "a page with a script": (b"<html><script>alert(1)</script>", "other", 415),
    "an unknown kind": (b"%PDF-1.4\n%%EOF", "love-letter", 422),
    "a file of 25 megabytes": (b"%PDF-1.4\n" + b"x" * 25 * MEGABYTE, "other", 413),
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_that_is_not_taken_is_refused(intake: World, name: str) -> None:
    content, kind, status = FILES[name]
    form: dict[str, Any] = {"kind": kind}
    if content is not None:
        form["file"] = (BytesIO(content), "../../etc/passwd")

    path = f"/petitions/{intake.ids['petition_id'][0]}/documents"
    with nothing_changes(intake.harness):
        answer = intake.ask("POST", path, role="petitioner", data=form)

    # The client keeps a large form in a file until somebody closes it.
    with closing(answer.request.input_stream):
        assert answer.status_code == status, answer.text
        assert_is_problem(answer)
