"""The demo's people: invented names that say so, in Arabic and in Latin letters."""

from __future__ import annotations

import re

import pytest

from services.identity.demo import PEOPLE, DemoPerson

ARABIC = re.compile("[\u0600-\u06ff ]+")
LATIN = re.compile("[A-Za-zÀ-ÿ' ,-]+")


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.login)
def test_a_demo_person_has_a_name_in_either_script(one: DemoPerson) -> None:
    assert ARABIC.fullmatch(one.name_arabic)
    assert LATIN.fullmatch(one.name_latin)


def test_no_two_of_them_share_a_name() -> None:
    assert len({one.name_arabic for one in PEOPLE}) == len(PEOPLE)
    assert len({one.name_latin for one in PEOPLE}) == len(PEOPLE)
