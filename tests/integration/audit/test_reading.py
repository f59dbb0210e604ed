"""What an auditor reads: the ledger page by page, the bytes, and a subject at a date."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.testing.harness import Harness

READS = ["/ledger", "/ledger/head", "/ledger/entries/0", "/subjects/case/one", "/divergences"]


def test_an_entry_is_listed_with_its_hashes_and_both_dates(
    audit: Harness, told: Any, tell: Any
) -> None:
    event = told(acted_on=date(2023, 8, 7))
    (body,) = tell(event)

    (entry,) = audit.request("GET", "/ledger", role="auditor").get_json()["entries"]

    leaf = hashlib.sha256(b"\x00" + body)
    assert entry["index"] == 0
    assert entry["event_id"] == event.id
    assert (entry["type"], entry["subject"], entry["sequence"]) == ("case.opened.v1", "case/one", 1)
    assert entry["acted_on"] == "2023-08-07"
    assert datetime.fromisoformat(entry["recorded_at"]) == event.time
    assert entry["leaf"] == leaf.hexdigest()
    assert entry["chain"] == hashlib.sha256(bytes(32) + leaf.digest()).hexdigest()


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_the_ledger_is_read_page_by_page_from_either_end(
    audit: Harness, told: Any, tell: Any, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.audit.queries.LARGEST_PAGE", 2)
    tell(*(told(f"case/{number}") for number in range(5)))

    seen, cursor = [], ""
    while cursor is not None:
        page = audit.request(
            "GET", f"/ledger?order={order}&cursor={cursor}", role="auditor"
        ).get_json()
        seen += [entry["index"] for entry in page["entries"]]
        cursor = page["next_cursor"]

    assert seen == ([0, 1, 2, 3, 4] if order == "oldest" else [4, 3, 2, 1, 0])


def test_the_bytes_of_an_entry_are_given_as_they_came(audit: Harness, told: Any, tell: Any) -> None:
    _, body = tell(told("case/one"), told("case/two"))

    answer = audit.request("GET", "/ledger/entries/1", role="auditor")

    assert answer.data == body
    assert answer.content_type == "application/cloudevents+json"


def test_the_head_says_what_waits(audit: Harness, told: Any, tell: Any) -> None:
    tell(told("case/one"), told("case/two", causationid=told().id))

    head = audit.request("GET", "/ledger/head", role="auditor").get_json()

    assert (head["size"], head["waiting"]) == (1, 1)
    assert head["waiting_since"] is not None


def test_a_subject_is_shown_as_it_was_known_at_the_end_of_a_day(
    audit: Harness, told: Any, tell: Any
) -> None:
    # 23:30 UTC is the next day in Casablanca (UTC+1).
    early = datetime(2023, 10, 16, 22, 30, tzinfo=UTC)
    late = datetime(2023, 10, 16, 23, 30, tzinfo=UTC)
    tell(told(time=early), told("case/one", 2, before="open", state="refused", time=late))

    def known(day: str) -> Any:
        return audit.request("GET", f"/subjects/case/one?as_of={day}", role="auditor")

    assert known("2023-10-15").status_code == 404
    assert known("2023-10-16").json["state"]["state"] == "open"
    assert known("2023-10-17").json["state"]["state"] == "refused"


def test_a_subject_is_shown_by_the_dates_of_its_acts(audit: Harness, told: Any, tell: Any) -> None:
    tell(
        told(acted_on=date(2023, 8, 7)),
        told("case/one", 2, before="open", state="admitted", acted_on=date(2023, 9, 5)),
        told("case/one", 3, before="admitted", state="admitted", acted_on=date(2023, 8, 20)),
    )

    def stood(day: str) -> Any:
        path = f"/subjects/case/one?by=acted&as_of={day}"
        return audit.request("GET", path, role="auditor").get_json()

    assert (stood("2023-08-10")["sequence"], stood("2023-08-10")["has_later_act"]) == (1, False)
    # Recorded after the admission, so its state shows the later admission too, and says so.
    assert (stood("2023-08-21")["sequence"], stood("2023-08-21")["has_later_act"]) == (3, True)
    assert (stood("2023-09-05")["sequence"], stood("2023-09-05")["has_later_act"]) == (3, False)


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("role", ["secretariat", "operator", "petitioner", "service"])
def test_only_auditors_read_the_ledger(audit: Harness, path: str, role: str) -> None:
    assert audit.request("GET", path, role=role).status_code == 403


@pytest.mark.parametrize("role", ["secretariat", "operator", "petitioner", "service"])
def test_only_auditors_start_a_replay(audit: Harness, role: str) -> None:
    assert audit.request("POST", "/replays", role=role).status_code == 403


def test_the_ledger_of_one_authority_is_not_visible_to_another(
    audit: Harness, told: Any, tell: Any
) -> None:
    audit.know_authority("tiznit")
    tell(told("case/one"))

    def seen(path: str) -> Any:
        return audit.request("GET", path, role="auditor", authority="tiznit")

    assert seen("/ledger").get_json()["entries"] == []
    assert seen("/ledger/head").json["size"] == 0
    assert seen("/ledger/entries/0").status_code == 404
    assert seen("/subjects/case/one").status_code == 404
