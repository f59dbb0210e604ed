"""What is known of Taroudant's cycle of 2023-2024 must come out of the rules as it was."""

from __future__ import annotations

from datetime import date

import pytest

from shared.law.clock import due
from shared.law.majority import Count, majority
from shared.law.packs import load_pack
from shared.law.quorum import quorum
from shared.law.sessions import next_session
from shared.law.thresholds import association_conditions, signatures_needed

pytestmark = pytest.mark.unit

D = date.fromisoformat
PACK = load_pack("ma-commune", D("2023-10-16"))


def test_citizens_would_have_needed_200_signatures_and_associations_none():
    assert signatures_needed(PACK, 80149, arrondissements=False).signatures == 200
    assert association_conditions(PACK).signatures == 0


@pytest.mark.parametrize(
    ("filed", "legal"), [("2023-10-16", "2024-01-16"), ("2023-10-23", "2024-01-23")]
)
def test_a_refusal_would_have_been_due_three_months_after_filing(filed, legal):
    assert due(PACK, "refusal-notice", D(filed)).due_on == D(legal)


def test_both_petitions_went_to_february_with_time_for_agenda_and_notice():
    found = next_session(PACK, D("2023-11-20"), [D("2024-02-06"), D("2024-05-07")])

    assert found.session == D("2024-02-06")
    assert found.agenda_to_governor_latest == D("2024-01-17")
    assert found.notice_to_members_latest == D("2024-01-27")
    assert not found.clash


def test_the_session_had_its_quorum_and_adopted_both_items():
    opening = quorum(PACK, 35, 27, 1)
    votes = [
        majority(
            PACK,
            "votes-cast",
            Count(
                votes_for=votes_for,
                against=against,
                abstain=abstain,
                in_office=35,
                president=None,
            ),
        )
        for votes_for, against, abstain in ((24, 1, 2), (27, 0, 0))
    ]

    assert (opening.met, opening.needed) == (True, 18)
    assert [vote.adopted for vote in votes] == [True, True]


def test_the_decisions_were_enforceable_from_24_february_and_no_step_was_late():
    receipt, close = D("2024-02-20"), D("2024-02-06")

    assert due(PACK, "enforceable-if-unopposed", receipt).due_on == D("2024-02-24")
    assert due(PACK, "transmit-to-governor", close).due_on >= D("2024-02-20")
    assert due(PACK, "posting", close).due_on >= D("2024-02-12")
    assert due(PACK, "minutes-to-members", close).due_on >= D("2024-02-19")
    assert due(PACK, "session-end", close).due_on >= close
