"""The conditions on petitions as the packs list them: what each law asks, and of whom."""

from __future__ import annotations

import pytest

from services.review.cases.codes import REFUSAL_REASONS
from shared.law.packs import load_all

pytestmark = pytest.mark.unit

PACKS = {pack.authority: pack for pack in load_all()}


def ids(kind: str, petitioner: str) -> set[str]:
    """The conditions that one law asks of one kind of petitioner alone."""
    return {one.id for one in PACKS[kind].conditions if one.petitioner == petitioner}


def test_a_region_has_no_electoral_clause_and_a_province_asks_for_members() -> None:
    assert "citizens-eligible" in ids("commune", "citizens") & ids("province", "citizens")
    assert "citizens-eligible" not in ids("region", "citizens")
    assert "association-members" in ids("province", "association")
    assert "association-members" not in ids("commune", "association") | ids("region", "association")


def test_only_a_region_asks_for_signatures_from_each_province() -> None:
    spread = {kind for kind in PACKS if "citizens-spread" in ids(kind, "citizens")}

    assert spread == {"region"}


def test_only_the_province_asks_for_a_common_interest_that_need_not_be_direct() -> None:
    names = {
        kind: next(one.name["en"] for one in pack.conditions if one.id.endswith("common-interest"))
        for kind, pack in PACKS.items()
    }

    assert {kind for kind, name in names.items() if "direct" not in name} == {"province"}


@pytest.mark.parametrize("kind", PACKS)
def test_each_condition_carries_the_article_of_its_group_and_a_known_reason(kind: str) -> None:
    first = {"commune": 121, "province": 112, "region": 118}[kind]
    articles = {"citizens": first + 2, "association": first + 3}
    own = PACKS[kind].petitions
    named = [own.purpose, own.who, own.citizens, own.associations, own.procedure]
    assert named == [str(first + place) for place in range(5)]
    for one in PACKS[kind].conditions:
        wanted = {"file": first + 4, "subject": first}.get(one.group)
        assert one.article == str(wanted or articles[one.petitioner]), one.id
        concerned = REFUSAL_REASONS[one.reason].petitioner
        assert concerned in {None, one.petitioner}, one.id


def test_what_the_law_leaves_unsettled_of_the_conditions_is_shown_as_unsettled() -> None:
    """The subject, which the bureau may not judge; and residence, where a law asks for it."""
    for pack in PACKS.values():
        doubtful = {one.id for one in pack.conditions if one.doubt}
        unsettled = {one.id for one in pack.conditions if one.group == "subject"}
        residence = {one.id for one in pack.conditions if one.id == "citizens-eligible"}
        assert doubtful == unsettled | residence
        assert bool(residence) == (pack.authority != "region")


def test_the_documents_of_a_file_name_the_decree_that_asks_for_them() -> None:
    decrees = {"commune": "2-16-403", "province": "2-16-402", "region": "2-16-401"}
    for kind, pack in PACKS.items():
        named = {one.id: one.source["en"] for one in pack.conditions if one.group == "file"}
        named.pop("file-form")
        assert named.pop("file-identity-cards").endswith(f"decree {decrees[kind]}, article 3")
        assert all(one.endswith(f"decree {decrees[kind]}, article 4") for one in named.values())


def test_the_form_of_a_petition_to_a_region_asks_where_each_signer_lives() -> None:
    forms = {
        kind: next(one for one in pack.conditions if one.id == "file-form").name["en"]
        for kind, pack in PACKS.items()
    }
    assert {kind for kind, name in forms.items() if "prefecture or province" in name} == {"region"}
