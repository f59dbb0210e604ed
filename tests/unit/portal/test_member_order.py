"""The order in which members stand on a roll."""

from __future__ import annotations

from services.portal.names import in_order
from shared.web.i18n import use_language

PEOPLE = {
    "a": {"latin": "Membre n° 10"},
    "b": {"latin": "Membre n° 2"},
    "c": {"latin": "Zineb"},
    "d": {"latin": "abbas"},
}


def test_a_roll_is_called_by_name_and_numbers_count_as_numbers() -> None:
    record = {"members": [{"person": one} for one in "acbd"], "people": PEOPLE}

    with use_language("fr"):
        found = in_order(record)["members"]

    assert [one["person"] for one in found] == ["d", "b", "a", "c"]


def test_who_presides_stands_first() -> None:
    members = [{"person": "d"}, {"person": "c", "is_president": True}]
    bureau = [{"person": "d", "office": "vice-president"}, {"person": "c", "office": "president"}]
    record = {"members": members, "bureau": bureau, "people": PEOPLE}

    with use_language("fr"):
        found = [in_order(record)["members"], in_order(record, "bureau")["bureau"]]

    assert [[one["person"] for one in rows] for rows in found] == [["c", "d"], ["c", "d"]]


def test_members_without_a_name_stay_apart_by_number() -> None:
    record = {"members": [{"person": "x"}, {"person": "d"}], "people": PEOPLE}

    with use_language("fr"):
        found = in_order(record)["members"]

    assert [one["person"] for one in found] == ["d", "x"]
