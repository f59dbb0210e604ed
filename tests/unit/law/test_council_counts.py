"""Signatures, quorum and majority, worked through for every pack and every reading."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.errors import LawError
from shared.law.majority import SIDES, Count, majority
from shared.law.packs import PACKS, load_pack
from shared.law.quorum import quorum
from shared.law.thresholds import association_conditions, parts_below, signatures_needed

pytestmark = pytest.mark.unit

PACK = {name: load_pack(name, date(2026, 1, 1)) for name in PACKS}
COMMUNE = PACK["ma-commune"]


@pytest.mark.parametrize(
    ("pack", "population", "arrondissements", "signatures"),
    [
        ("ma-commune", 0, False, 100),
        ("ma-commune", 34999, False, 100),
        ("ma-commune", 35000, False, 200),
        ("ma-commune", 80149, False, 200),
        ("ma-commune", 3000000, False, 200),
        ("ma-commune", 3000000, True, 400),
        ("ma-commune", 100, True, 400),
        ("ma-province", 1, False, 300),
        ("ma-province", 5000000, True, 300),
        ("ma-region", 999999, False, 300),
        ("ma-region", 1000000, False, 400),
        ("ma-region", 3000000, False, 400),
        ("ma-region", 3000001, False, 500),
        ("ma-region", 10, True, 300),
    ],
)
def test_signatures_depend_on_kind_population_and_arrondissements(
    pack, population, arrondissements, signatures
):
    found = signatures_needed(PACK[pack], population, arrondissements=arrondissements)

    assert found.signatures == signatures
    assert str(signatures) in found.explanation["ar"]


@pytest.mark.parametrize(
    ("pack", "article"),
    [
        ("ma-commune", "113-14 art 123"),
        ("ma-province", "112-14 art 114"),
        ("ma-region", "111-14 art 120"),
    ],
)
def test_signatures_name_their_article(pack, article):
    assert signatures_needed(PACK[pack], 1).article == article


def test_a_region_asks_a_share_of_the_signatures_in_each_province():
    found = signatures_needed(PACK["ma-region"], 2000000)

    assert found.each_part == 20
    assert parts_below(found, {"north": 20, "south": 19, "east": 400}) == ("south",)
    assert signatures_needed(COMMUNE, 1).each_part is None
    assert parts_below(signatures_needed(COMMUNE, 1), {"here": 0}) == ()


def test_an_association_needs_no_signatures_but_age_and_in_a_province_members():
    found = {name: association_conditions(pack) for name, pack in PACK.items()}

    assert {each.signatures for each in found.values()} == {0}
    assert {each.years_more_than for each in found.values()} == {3}
    assert found["ma-province"].members_more_than == 100
    assert found["ma-commune"].members_more_than is None
    assert "100" in found["ma-province"].explanation["ar"]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("in_office", "present", "call", "met", "needed"),
    [
        (35, 18, 1, True, 18),
        (35, 17, 1, False, 18),
        (36, 18, 1, False, 19),
        (36, 19, 2, True, 19),
        (35, 17, 2, False, 18),
        (35, 1, 3, True, 1),
        (35, 0, 3, False, 1),
        (0, 0, 1, False, 1),
        (35, 35, 1, True, 18),
    ],
)
def test_the_quorum_is_more_than_half_on_two_calls_and_anyone_on_the_third(
    pack, in_office, present, call, met, needed
):
    found = quorum(PACK[pack], in_office, present, call)

    assert (found.met, found.needed) == (met, needed)
    assert found.article in {"113-14 art 42", "112-14 art 43", "111-14 art 45"}


@pytest.mark.parametrize(
    ("in_office", "present", "call", "field"),
    [
        (10, 11, 1, "present"),
        (10, 11, 3, "present"),
        (10, 5, 4, "call"),
        (10, 5, 0, "call"),
        (10, 5, True, "call"),
        (-1, 0, 1, "in_office"),
        (10, -1, 1, "present"),
        (True, 1, 1, "in_office"),
        (2**60, 1, 1, "in_office"),
    ],
)
def test_a_quorum_that_cannot_be_is_refused(in_office, present, call, field):
    with pytest.raises(LawError) as refused:
        quorum(COMMUNE, in_office, present, call)

    assert refused.value.field == field


VOTES = [
    # basis, for, against, abstain, in office, president -> adopted, needed, tie broken
    ("votes-cast", 24, 1, 2, 35, "for", True, 13, False),
    ("votes-cast", 27, 0, 0, 35, None, True, 14, False),
    ("votes-cast", 1, 0, 26, 35, "abstain", True, 1, False),
    ("votes-cast", 10, 11, 5, 35, "for", False, 11, False),
    ("votes-cast", 10, 10, 2, 35, "for", True, 11, True),
    ("votes-cast", 10, 10, 2, 35, "against", False, 11, True),
    ("votes-cast", 10, 10, 2, 35, "abstain", False, 11, False),
    ("votes-cast", 10, 10, 2, 35, None, False, 11, False),
    ("votes-cast", 0, 0, 20, 35, "abstain", False, 1, False),
    ("votes-cast", 0, 0, 0, 35, None, False, 1, False),
    ("members-in-office", 18, 0, 0, 35, "for", True, 18, False),
    ("members-in-office", 17, 0, 10, 35, "for", False, 18, False),
    ("members-in-office", 17, 17, 0, 34, "for", False, 18, False),
    ("members-in-office", 18, 16, 0, 34, None, True, 18, False),
    ("members-in-office", 0, 0, 0, 34, None, False, 18, False),
]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("basis", "counts", "president", "outcome"),
    [(row[0], row[1:5], row[5], row[6:]) for row in VOTES],
)
def test_a_ballot_is_judged_by_its_basis(pack, basis, counts, president, outcome):
    votes_for, against, abstain, in_office = counts
    found = majority(
        PACK[pack],
        basis,
        Count(
            votes_for=votes_for,
            against=against,
            abstain=abstain,
            in_office=in_office,
            president=president,
        ),
    )

    assert (found.adopted, found.needed, found.tie_broken) == outcome
    assert found.article in {"113-14 art 43", "112-14 art 44", "111-14 art 46"}
    result = "Result: adopted." if outcome[0] else "Result: not adopted."
    assert found.explanation["en"].endswith(result)


def test_a_failed_majority_of_members_points_to_the_second_sitting():
    found = majority(
        *(COMMUNE, "members-in-office"),
        Count(
            votes_for=10,
            against=2,
            abstain=0,
            in_office=35,
            president=None,
        ),
    )

    assert "second sitting" in found.explanation["en"]


BALLOT = {"votes_for": 10, "against": 5, "abstain": 0, "in_office": 35, "president": None}


@pytest.mark.parametrize(
    ("basis", "changes", "field"),
    [
        ("votes-cast", {"in_office": 14}, "in_office"),
        ("votes-cast", {"votes_for": -1}, "for"),
        ("votes-cast", {"against": True}, "against"),
        ("votes-cast", {"abstain": 2**60}, "abstain"),
        ("votes-cast", {"president": "abstain"}, "president"),
        ("members-in-office", {"against": 0, "president": "against"}, "president"),
        ("votes-cast", {"president": "nobody"}, "president"),
        ("by-acclamation", {}, "basis"),
    ],
)
def test_a_ballot_that_cannot_be_is_refused(basis, changes, field):
    with pytest.raises(LawError) as refused:
        majority(COMMUNE, basis, Count(**(BALLOT | changes)))

    assert refused.value.field == field


@given(
    votes=st.tuples(*[st.integers(0, 50)] * 3),
    empty_seats=st.integers(0, 50),
    side=st.sampled_from([None, *SIDES]),
)
def test_one_more_vote_for_never_loses_an_item(votes, empty_seats, side):
    counts = dict(zip(SIDES, votes, strict=True))
    president = side if side and counts[side] else None
    in_office = sum(votes) + empty_seats + 1

    for basis in ("votes-cast", "members-in-office"):
        first, second = (
            majority(
                COMMUNE,
                basis,
                Count(
                    votes_for=votes[0] + more,
                    against=votes[1],
                    abstain=votes[2],
                    in_office=in_office,
                    president=president,
                ),
            )
            for more in (0, 1)
        )
        assert second.adopted >= first.adopted
