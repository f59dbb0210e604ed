"""How a council is set up, against the articles of each law: worked tables at every bound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from shared.law.answers import answer_question
from shared.law.composition import (
    COMMITTEES,
    SEATS,
    VICE_PRESIDENTS,
    SetUp,
    asked,
    findings,
    kept_apart,
    most,
)
from shared.law.errors import LawError
from shared.law.model import LANGUAGES
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

PACK = {name: load_pack(name, date(2024, 2, 6)) for name in PACKS}
OFFICES = ({"member", "president"}, {"member", "secretary"}, {"member", "deputy-secretary"})


def found(
    pack: str = "ma-commune",
    *,
    size: int = 35,
    committees: int = 3,
    seats: int = 5,
    vice_presidents: int = 7,
    held: Sequence[set[str]] = OFFICES,
) -> list[str]:
    """The rules that a council does not keep."""
    each = {f"c{number}": seats for number in range(committees)}
    vices = [{"member", "vice-president"}] * vice_presidents
    made = findings(PACK[pack], SetUp(size=size, seats=each, held=[*held, *vices]))
    return [one.rule for one in made]


BY_SIZE = [
    *(("ma-commune", size, 3) for size in (0, 9, 11, 13)),
    ("ma-commune", 15, 4),
    ("ma-commune", 23, 5),
    *(("ma-commune", size, 6) for size in (25, 31, 34)),
    *(("ma-commune", size, 7) for size in (35, 39, 42)),
    *(("ma-commune", size, 8) for size in (43, 50)),
    *(("ma-commune", size, 9) for size in (51, 60)),
    *(("ma-commune", size, 10) for size in (61, 131)),
    *(("ma-province", size, 2) for size in (11, 13)),
    *(("ma-province", size, 3) for size in (15, 17, 21, 23)),
    *(("ma-province", size, 4) for size in (25, 27)),
    *(("ma-province", size, 5) for size in (29, 31)),
    *(("ma-region", size, 6) for size in (33, 39)),
    *(("ma-region", size, 7) for size in (45, 51)),
    *(("ma-region", size, 8) for size in (57, 63)),
    *(("ma-region", size, 9) for size in (64, 69, 75)),
]
SILENT = [
    *(("ma-commune", size, (3, 10)) for size in (14, 16, 22, 24)),
    *(("ma-province", size, (2, 5)) for size in (9, 12, 14, 24, 26, 28, 30, 33)),
    *(("ma-region", size, (6, 9)) for size in (40, 44, 46, 50, 52, 56, 58, 62)),
]


@pytest.mark.parametrize(("pack", "size", "number"), BY_SIZE)
def test_the_size_of_the_council_sets_its_number_of_vice_presidents(
    pack: str, size: int, number: int
) -> None:
    shown = [
        (given, VICE_PRESIDENTS in found(pack, size=size, vice_presidents=given))
        for given in (number - 1, number, number + 1)
    ]

    assert shown == [(number - 1, True), (number, False), (number + 1, True)]
    assert most(PACK[pack], VICE_PRESIDENTS, size) == number


@pytest.mark.parametrize(("pack", "size", "bounds"), SILENT)
def test_a_size_that_the_article_does_not_name_has_the_bounds_only(
    pack: str, size: int, bounds: tuple[int, int]
) -> None:
    rule = next(one for one in PACK[pack].compositions if one.id == VICE_PRESIDENTS)
    answer = answer_question({"ask": "composition", "pack": pack, "members": size})

    wants = asked(rule, size)
    told = next(one for one in answer["rules"] if one["rule"] == VICE_PRESIDENTS)

    assert (wants.least, wants.most, wants.is_silent) == (*bounds, True)
    assert told["uncertain"] is True
    assert "names no number" in told["explanation"]["en"]


@pytest.mark.parametrize(
    ("pack", "least", "upper"),
    [("ma-commune", 2, 5), ("ma-province", 3, None), ("ma-region", 3, 7)],
)
def test_each_law_bounds_the_number_of_permanent_committees(
    pack: str, least: int, upper: int | None
) -> None:
    assert COMMITTEES in found(pack, committees=least - 1)
    assert COMMITTEES not in found(pack, committees=least)
    assert COMMITTEES not in found(pack, committees=upper or 20)
    assert (COMMITTEES in found(pack, committees=21)) is (upper is not None)
    assert most(PACK[pack], COMMITTEES) == upper


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(("seats", "is_found"), [(0, True), (4, True), (5, False), (30, False)])
def test_a_committee_has_five_members_at_least(pack: str, seats: int, is_found: bool) -> None:
    assert (SEATS in found(pack, seats=seats)) is is_found


@pytest.mark.parametrize("pack", PACKS)
def test_a_council_has_a_president_a_secretary_and_a_deputy(pack: str) -> None:
    wanted = {"presidents", "secretaries", "deputy-secretaries"}

    assert wanted & set(found(pack)) == set()
    assert wanted <= set(found(pack, held=[]))
    assert "presidents" in found(pack, held=[*OFFICES, {"member", "president"}])


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("held", "rule", "is_refused"),
    [
        ({"secretary", "vice-president"}, "secretary-outside-bureau", True),
        ({"deputy-secretary", "president"}, "secretary-outside-bureau", True),
        ({"committee-chair", "president"}, "chair-not-president", True),
        ({"committee-chair", "vice-president"}, "chair-outside-bureau", False),
    ],
)
def test_offices_that_the_law_keeps_apart_are_found_and_refused_where_it_knows_no_exception(
    pack: str, held: set[str], rule: str, is_refused: bool
) -> None:
    first, second = sorted(held)
    apart = kept_apart(PACK[pack], first, {"member", second})

    assert rule in found(pack, held=[*OFFICES, {"member", *held}])
    assert (apart is not None and apart.id == rule) is is_refused


@pytest.mark.parametrize(
    ("pack", "articles"),
    [
        ("ma-commune", {"7", "16", "23", "25", "26", "27", "17"}),
        ("ma-province", {"8", "17", "24", "26", "27", "28", "18"}),
        ("ma-region", {"9", "18", "25", "28", "29", "30", "19"}),
    ],
)
def test_each_rule_of_composition_names_the_article_of_its_own_law(
    pack: str, articles: set[str]
) -> None:
    rules = [*PACK[pack].compositions, *PACK[pack].apart, *PACK[pack].seen_to]

    assert {rule.article for rule in rules} == articles


def test_a_finding_names_its_committee_its_article_and_says_why_in_each_language() -> None:
    stands = SetUp(
        size=35, seats={"social": 5, "sport": 4}, held=[*OFFICES, *[{"vice-president"}] * 7]
    )

    (one,) = findings(PACK["ma-commune"], stands)

    assert (one.rule, one.subject, one.article) == (SEATS, "sport", "113-14 art 25")
    assert len({one.explanation[code] for code in LANGUAGES}) == 3
    assert "4" in one.explanation["fr"]


def test_the_answer_says_what_each_rule_asks_and_what_does_not_keep_it() -> None:
    answer = answer_question(
        {
            "ask": "composition",
            "pack": "ma-region",
            "members": 57,
            "vice_presidents": 7,
            "committees": [5, 4, 9],
        }
    )

    told = [(one["rule"], one["article"], one["committee"]) for one in answer["findings"]]
    assert answer["kept"] is False
    assert told == [(VICE_PRESIDENTS, "111-14 art 18", None), (SEATS, "111-14 art 28", 2)]
    assert "exactly 8 members" in answer["explanation"]["en"]
    assert {one["rule"] for one in answer["apart"]} >= {"secretary-outside-bureau"}


def test_without_anything_given_the_answer_only_says_what_is_asked() -> None:
    answer = answer_question({"ask": "composition", "pack": "ma-commune", "members": 35})

    assert (answer["kept"], answer["findings"]) == (True, [])
    assert "exactly 7 members" in answer["explanation"]["en"]
    assert len({answer["explanation"][code] for code in LANGUAGES}) == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"members": -1}, "members"),
        ({"members": None}, "members"),
        ({"vice_presidents": "7"}, "vice_presidents"),
        ({"committees": 3}, "committees"),
        ({"committees": [5, -1]}, "committees"),
        ({"pack": "ma-douar"}, "pack"),
    ],
)
def test_a_council_that_cannot_be_is_refused(changes: dict[str, object], field: str) -> None:
    question = {"ask": "composition", "pack": "ma-commune", "members": 35, **changes}

    with pytest.raises(LawError) as refused:
        answer_question(question)

    assert refused.value.field == field
