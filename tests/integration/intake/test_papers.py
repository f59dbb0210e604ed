"""The documents of a file when somebody of it is erased: proofs go, the petition itself stays."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.intake.models import EndedCase, Petition, PetitionDocument, Redaction
from services.intake.papers import HANDED_IN_SECONDS, remove_erased
from services.intake.timers import erase_names_in_time
from shared.db.engine import EVERY_AUTHORITY
from shared.events.cases import CaseClosed
from shared.testing.harness import ACK, AUTHORITY, TODAY, Harness, person
from tests.integration.intake.test_filing import drafted
from tests.integration.intake.test_people import asked_to_erase
from tests.integration.notifications.conftest import case_snapshot

CITIZENS = {"petitioner": "citizens", "association": None}


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", database_kind)
    return harness


def hand_in(intake: Harness, petition: str, kind: str, *, content: bytes = b"") -> str:
    """Hand a document in; returns its hash."""
    file = (BytesIO(b"%PDF-1.7\n" + (content or kind.encode())), "paper.pdf")
    answer = intake.request(
        "POST",
        f"/petitions/{petition}/documents",
        role="petitioner",
        data={"kind": kind, "file": file},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json["documents"][-1]["sha256"])


def step(intake: Harness, petition: str, act: str, *, role: str = "petitioner", **who: Any) -> Any:
    """One act on a petition."""
    return intake.request("POST", f"/petitions/{petition}/{act}", {}, role=role, **who)


def close_case(intake: Harness, petition: str) -> None:
    """review tells that the case of a petition was closed today."""
    after = case_snapshot("somebody", state="closed")
    told = CaseClosed(outcome="answered")
    assert intake.deliver(told, after, subject=f"case/{petition}", acted_on=TODAY) == ACK


def papers(intake: Harness) -> dict[str, PetitionDocument]:
    """The rows of documents, by kind."""
    return {row.kind: row for row in intake.rows(PetitionDocument)}


def files(intake: Harness) -> list[Path]:
    """What lies in the store of files."""
    folder = intake.context.platform.data_dir / "files" / "intake" / AUTHORITY
    return [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]


def later(intake: Harness, day: str, **profile: Any) -> None:
    """Let it be another day, perhaps under other rules, and let what fell due be done."""
    intake.know_authority(today=date.fromisoformat(day), **profile)
    erase_names_in_time(intake.context)


def test_proofs_go_with_the_name_and_the_petition_itself_stays(intake: Harness) -> None:
    petition = drafted(intake)
    hashes = {kind: hand_in(intake, petition, kind) for kind in ("petition-form", "powers")}
    step(intake, petition, "filing")
    hashes["identity-cards"] = hand_in(intake, petition, "identity-cards")
    close_case(intake, petition)
    asked_to_erase(intake, "somebody")
    before = [row.erased_on for row in intake.rows(PetitionDocument)]

    later(intake, "2023-12-16")

    (row,) = intake.rows(Redaction)
    assert before == [None, None, None]
    assert (row.state, row.erased, row.stays) == (
        "done",
        ["petition", "petition-proofs"],
        ["petition-documents"],
    )
    (told,) = intake.emitted("petition.documents_erased.v1")
    gone = sorted([hashes["powers"], hashes["identity-cards"]])
    assert (sorted(told.data.what["sha256"]), told.data.what["redaction"]) == (gone, str(row.id))
    shown = intake.request("GET", f"/petitions/{petition}", role="secretariat").json["documents"]
    erased_on = {one["kind"]: one["erased_on"] for one in shown}
    assert erased_on == {
        "petition-form": None,
        "powers": "2023-12-16",
        "identity-cards": "2023-12-16",
    }


def test_an_erased_document_is_unreadable_at_once_and_then_off_the_disk(
    intake: Harness,
) -> None:
    petition = drafted(intake)
    hand_in(intake, petition, "petition-form")
    hand_in(intake, petition, "signature-sheets")
    step(intake, petition, "filing")
    close_case(intake, petition)
    asked_to_erase(intake, "somebody")
    kept = len(files(intake))

    later(intake, "2023-12-16")
    key = intake.context.base.personal_key
    with intake.context.database.read(EVERY_AUTHORITY) as session:
        statement = select(key.person_id).where(key.wrapped_key.is_not(None))
        living = set(session.scalars(statement))
    remove_erased(intake.context)
    remove_erased(intake.context)

    rows = papers(intake)
    assert living == {rows["petition-form"].id}
    assert (kept, len(files(intake))) == (2, 1)
    assert rows["signature-sheets"].stored_as == ""
    assert intake.context.files.used_bytes(AUTHORITY) == files(intake)[0].stat().st_size


def test_a_file_that_another_petition_needs_stays_on_the_disk(intake: Harness) -> None:
    first, second = drafted(intake), drafted(intake)
    for petition in (first, second):
        hand_in(intake, petition, "other", content=b"the same")
    step(intake, second, "filing")
    with intake.context.database.write(EVERY_AUTHORITY) as (session, _):
        of_first = PetitionDocument.petition_id == UUID(first)
        paper = session.scalars(select(PetitionDocument).where(of_first)).one()
        paper.erased_on = TODAY

    remove_erased(intake.context)

    assert len(files(intake)) == 1


def test_content_that_comes_again_while_it_is_erased_stays_until_its_row_must_be_there(
    intake: Harness,
) -> None:
    hand_in(intake, drafted(intake), "other", content=b"the same")
    asked_to_erase(intake, "somebody")
    (file,) = files(intake)
    long_ago = file.stat().st_mtime - HANDED_IN_SECONDS
    os.utime(file, (long_ago, long_ago))
    # Somebody hands it in again; the row of it is not committed yet.
    again = file.read_bytes()
    intake.context.files.put(again, authority=AUTHORITY, declared_name="a.pdf", personal=False)

    remove_erased(intake.context)
    during = (len(files(intake)), papers(intake)["other"].stored_as != "")
    os.utime(file, (long_ago, long_ago))
    remove_erased(intake.context)

    assert during == (1, True)
    assert (files(intake), papers(intake)["other"].stored_as) == ([], "")


def test_all_of_a_draft_goes_and_nobody_is_told(intake: Harness) -> None:
    petition = drafted(intake)
    hand_in(intake, petition, "petition-form")
    hand_in(intake, petition, "other")

    asked_to_erase(intake, "somebody")

    assert {row.erased_on for row in intake.rows(PetitionDocument)} == {TODAY}
    assert intake.emitted("petition.documents_erased.v1") == []
    (row,) = intake.rows(Redaction)
    assert (row.erased, row.stays) == (["petition", "petition-proofs"], [])


def test_an_authoritys_own_days_are_those_in_force_when_the_case_ended(
    intake: Harness,
) -> None:
    def rule(days: int) -> dict[str, Any]:
        return {
            "erasure-after-case": {
                "value": days,
                "unit": "days",
                "source": "Règlement intérieur",
                "valid_from": "2023-01-01",
            }
        }

    later(intake, "2023-10-16", local_rules=rule(90))
    petition = drafted(intake)
    step(intake, petition, "filing")
    close_case(intake, petition)
    asked_to_erase(intake, "somebody")

    later(intake, "2024-01-14", local_rules=rule(365))
    on_last_day = intake.rows(Redaction)[0].state
    later(intake, "2024-01-15", local_rules=rule(365))

    (ended,) = intake.rows(EndedCase)
    assert (str(ended.ended_on), str(ended.kept_until)) == ("2023-10-16", "2024-01-14")
    assert (on_last_day, intake.rows(Redaction)[0].state) == ("waiting", "done")


def test_a_collection_that_is_ended_lets_the_name_go(intake: Harness) -> None:
    petition = drafted(intake, **CITIZENS)
    step(intake, petition, "opening")
    hand_in(intake, petition, "signature-sheets")
    hand_in(intake, petition, "petition-form")
    asked_to_erase(intake, "somebody")
    waiting = list(intake.rows(Redaction)[0].waits_for)

    ended = step(intake, petition, "giving-up")

    assert (waiting, ended.json["state"]) == (["petition-collecting"], "given_up")
    assert [row.state for row in intake.rows(Redaction)] == ["done"]
    assert {row.erased_on for row in intake.rows(PetitionDocument)} == {TODAY}
    (told,) = intake.emitted("petition.documents_erased.v1")
    assert len(told.data.what["sha256"]) == 2
    filing = step(intake, petition, "filing")
    assert (filing.status_code, intake.rows(Petition)[0].state) == (409, "given_up")


def test_who_does_not_follow_the_procedure_does_not_end_the_collection(intake: Harness) -> None:
    people = [{"role": "mandatary"}, {"role": "petitioner", "person_id": person("another")}]
    petition = drafted(intake, people=people, **CITIZENS)
    step(intake, petition, "opening")

    refused = step(intake, petition, "giving-up", who="another")
    by_secretariat = step(intake, petition, "giving-up", role="secretariat", who="clerk")

    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 122")
    assert by_secretariat.json["state"] == "given_up"
