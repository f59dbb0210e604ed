"""Which majority each matter needs, and the quorum of the governor's session, in the three laws."""

from __future__ import annotations

from datetime import date

import pytest

from shared.law.answers import answer_question
from shared.law.errors import LawError
from shared.law.majority import Count, majority, matters, rule_for
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

PACK = {name: load_pack(name, date(2026, 1, 1)) for name in PACKS}
COMMUNE = PACK["ma-commune"]

STRICT = {
    "ma-commune": ["action-programme"],
    "ma-province": ["action-programme"],
    "ma-region": ["action-programme", "regional-plan"],
}
EVERYWHERE = ["development-companies", "public-utilities", "private-partnership", "shared-powers"]
BY_MATTER = [
    *((pack, one, "members-in-office") for pack in PACKS for one in [*STRICT[pack], *EVERYWHERE]),
    *((pack, "president-removal", "three-quarters") for pack in PACKS),
    *((pack, None, "votes-cast") for pack in PACKS),
]


@pytest.mark.parametrize(("pack", "matter", "basis"), BY_MATTER)
def test_each_matter_has_the_majority_that_its_law_asks(pack, matter, basis):
    assert rule_for(PACK[pack], matter).basis == basis
    assert set(matters(PACK[pack])) == {*STRICT[pack], *EVERYWHERE, "president-removal"}


@pytest.mark.parametrize(
    ("pack", "article"),
    [
        ("ma-commune", "113-14 art 70"),
        ("ma-province", "112-14 art 71"),
        ("ma-region", "111-14 art 73"),
    ],
)
@pytest.mark.parametrize(
    ("in_office", "votes_for", "needed", "adopted"),
    [
        (35, 27, 27, True),
        (35, 26, 27, False),
        (36, 27, 27, True),
        (33, 24, 25, False),
        (31, 24, 24, True),
        (13, 10, 10, True),
    ],
)
def test_three_quarters_of_the_members_in_office_are_counted_up_and_voted_once(
    pack, article, in_office, votes_for, needed, adopted
):
    count = Count(votes_for=votes_for, against=0, abstain=0, in_office=in_office, president=None)

    found = majority(PACK[pack], "three-quarters", count, matter="president-removal")

    assert (found.needed, found.adopted, found.article) == (needed, adopted, article)
    assert f"Votes needed: {needed} (Three quarters" in found.explanation["en"]
    assert "second sitting" not in found.explanation["en"]


@pytest.mark.parametrize(
    ("basis", "is_second"), [("members-in-office", False), ("votes-cast", True)]
)
def test_the_calculation_names_the_matter_and_whether_it_is_the_second_sitting(basis, is_second):
    count = Count(votes_for=17, against=3, abstain=0, in_office=35, president=None)

    found = majority(COMMUNE, basis, count, matter="action-programme")

    assert found.adopted is is_second
    assert "Matter: action programme of the commune" in found.explanation["en"]
    assert ("Second sitting, after a first vote" in found.explanation["en"]) is is_second
    assert len(set(found.explanation.values())) == 3


def test_a_question_may_give_the_matter_instead_of_the_basis():
    votes = {"for": 17, "against": 3, "abstain": 0, "in_office": 35, "president": None}
    question = {"ask": "majority", "pack": "ma-region", "matter": "regional-plan", **votes}

    first = answer_question(question)
    second = answer_question({**question, "basis": "votes-cast"})

    assert (first["adopted"], first["needed"]) == (False, 18)
    assert (second["adopted"], second["needed"]) == (True, 11)
    with pytest.raises(LawError) as refused:
        answer_question({**question, "pack": "ma-commune"})
    assert refused.value.field == "matter"


@pytest.mark.parametrize(
    ("pack", "article"),
    [
        ("ma-commune", "113-14 art 37"),
        ("ma-province", "112-14 art 38"),
        ("ma-region", "111-14 art 40"),
    ],
)
@pytest.mark.parametrize(
    ("present", "call", "met", "needed"),
    [(18, 1, True, 18), (17, 1, False, 18), (1, 2, True, 1), (0, 2, False, 1)],
)
def test_the_governors_session_meets_with_anyone_on_its_second_call(
    pack, article, present, call, met, needed
):
    asked = {"ask": "quorum", "pack": pack, "in_office": 35, "present": present, "call": call}

    found = answer_question({**asked, "called_by": "governor"})

    assert (found["met"], found["needed"], found["article"]) == (met, needed, article)


def test_the_governors_session_has_no_third_call_and_nobody_else_a_quorum_of_their_own():
    asked = {"ask": "quorum", "pack": "ma-province", "in_office": 35, "present": 1, "call": 3}

    with pytest.raises(LawError) as third:
        answer_question({**asked, "called_by": "governor"})
    with pytest.raises(LawError) as stranger:
        answer_question({**asked, "called_by": "minister"})

    assert (third.value.field, stranger.value.field) == ("call", "called_by")
    assert answer_question(asked)["met"] is True
