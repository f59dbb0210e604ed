"""What the council made of reports and opinions comes back from the log, with its words."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from shared.testing.harness import person
from tests.integration.filling.conftest import Ground
from tests.integration.filling.test_fill_votes import GroundOf, convened, lost_and_filled, told
from tests.integration.review.case_support import BODY, Desk

REPORT = {"recommendation": "favourable", "text": "Le terrain est à la commune."}
VOTE = {"votes_for": 3, "votes_against": 0, "abstentions": 1, "president": "for"}


@pytest.fixture
def ground(ground_of: GroundOf) -> Ground:
    """review with its log."""
    return ground_of("review")


@pytest.fixture
def desk(ground: Ground) -> Desk:
    """The council of five, seated."""
    return Desk(ground.harness)


def reported(desk: Desk) -> str:
    """The id of a case that its committee has reported on."""
    case = desk.referred()
    body = {"case": case, **REPORT}
    desk.done(f"/committees/{desk.committees['social']}/reports", body, who="chair")
    return case


def voted(desk: Desk) -> None:
    """A reported case is voted on; one member takes no part, and the opinion is answered."""
    case = reported(desk)
    asked = desk.asked(case)
    opinion = desk.submitted(on=date(2023, 11, 20), case=case, consultation=asked)
    session, item = convened(desk, case)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/recusals", {"person": person("plain")})
    reply = {"opinion": opinion, "answer": "partly", "reason": "Le budget ne suffit pas."}
    desk.done(f"/items/{item}/vote", {**VOTE, "opinions": [reply]})


def test_reports_replies_and_who_took_no_part_come_back(ground: Ground, desk: Desk) -> None:
    voted(desk)

    before, after = lost_and_filled(ground)

    for table in ("committee_report", "decision_opinion", "recusal", "item"):
        assert len(before[table]) == 1
        assert told(after[table]) == told(before[table]), table
    assert after["decision_opinion"][0]["reason"] == "Le budget ne suffit pas."


def test_after_a_fill_an_item_counts_as_examined(ground: Ground, desk: Desk) -> None:
    session, item = convened(desk, reported(desk))
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})

    lost_and_filled(ground)
    desk.done(f"/items/{item}/vote", VOTE)

    assert [one["state"] for one in ground.rows()["decision"]] == ["adopted"]


def test_without_the_files_the_acts_are_there_and_named_as_incomplete(
    ground: Ground, desk: Desk
) -> None:
    voted(desk)
    ground.relay()
    shutil.rmtree(ground.platform.data_dir / "files")
    ground.lose()

    filled = ground.fill()

    assert filled.is_whole
    assert sorted(one.partition("/")[0] for one in filled.incomplete) == ["committee", "decision"]
    rows = ground.rows()
    assert [one["text"] for one in rows["committee_report"]] == [""]
    assert [(one["answer"], one["reason"]) for one in rows["decision_opinion"]] == [("partly", "")]


def test_a_consultation_whose_day_moved_and_one_with_a_given_day_come_back(
    ground: Ground, desk: Desk
) -> None:
    own = {"value": 10, "unit": "working-days", "source": "Règlement", "valid_from": "2021-10-01"}
    desk.today("2023-10-16", local_rules={"opinion-due": own})
    desk.body_formed()
    for name, said in (("petition", {}), ("second", {"due_on": "2023-11-30"})):
        case = desk.filed(name)
        desk.done(f"/cases/{case}/consultations", {"body": BODY, **said})
    ground.know_authority(
        today=date(2023, 10, 17),
        fields=["holidays"],
        local_rules={"opinion-due": own},
        holidays=[date(2023, 10, 25)],
    )

    before, after = lost_and_filled(ground)

    days = {(one["is_given"], one["due_on"].isoformat()) for one in before["consultation"]}
    assert days == {(False, "2023-10-31"), (True, "2023-11-30")}
    assert after["consultation"] == before["consultation"]
