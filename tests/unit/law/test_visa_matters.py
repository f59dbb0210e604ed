"""Which decisions need a visa: 113-14 article 118, 112-14 article 109, 111-14 article 115."""

from __future__ import annotations

import pytest

from shared.law.model import LANGUAGES, Text
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit

EVERYWHERE = {
    "action-programme",
    "budget",
    "administration",
    "finance",
    "foreign-cooperation",
    "delegated-management",
    "development-companies",
}
OWN: dict[str, set[str]] = {
    "ma-commune": {"commemorative-names", "public-utilities"},
    "ma-province": set(),
    "ma-region": {"regional-plan", "loans"},
}
INTERIOR = Text(ar="وزارة الداخلية", fr="ministère de l'intérieur", en="Ministry of the Interior")


@pytest.mark.parametrize("name", OWN)
def test_each_law_has_its_own_list_of_matters(name):
    (rule,) = load_pack(name, None).visas

    assert {matter.id for matter in rule.matters} == EVERYWHERE | OWN[name]
    assert rule.doubt is None


@pytest.mark.parametrize("name", ["ma-commune", "ma-province"])
def test_where_the_governor_gives_most_visas_those_of_the_ministry_are_named(name):
    (rule,) = load_pack(name, None).visas
    named = {
        matter.id
        for matter in rule.matters
        if all(INTERIOR[language] in matter.name[language] for language in LANGUAGES)
    }

    assert named == {"delegated-management", "development-companies"}


@pytest.mark.parametrize("name", OWN)
def test_a_matter_that_majority_and_visa_share_has_one_id(name):
    """So that the matter of an item is found again when its decision is classified."""
    pack = load_pack(name, None)
    by_majority = {matter.id for rule in pack.majorities for matter in rule.matters}

    shared = {matter.id for matter in pack.visas[0].matters} & by_majority

    assert {"action-programme", "development-companies"} <= shared
