from __future__ import annotations

from datetime import date

import pytest

from shared.law.clock import due
from shared.law.holidays import NATIONAL, Calendar, Holiday, public_holidays
from shared.law.model import Text
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat


@pytest.mark.parametrize(
    ("month", "day"),
    [(1, 1), (1, 11), (1, 14), (5, 1), (7, 30), (8, 14), (8, 20), (8, 21), (11, 6), (11, 18)],
)
@pytest.mark.parametrize("year", [2024, 2026, 2150])
def test_the_fixed_days_are_holidays_every_year(year, month, day):
    found = public_holidays(year)[date(year, month, day)]

    assert found.name is not None
    assert not found.estimated


def test_newer_holidays_begin_with_their_year():
    assert D("2023-01-14") not in public_holidays(2023)
    assert D("2024-01-14") in public_holidays(2024)
    # The decree came in January 2026: offices had worked on 31 October 2025.
    assert D("2025-10-31") not in public_holidays(2025)
    assert D("2026-10-31") in public_holidays(2026)


def test_lunar_feasts_are_there_and_marked_as_estimates():
    estimates = [day for day, holiday in public_holidays(2026).items() if holiday.estimated]

    assert len(estimates) == 7
    assert public_holidays(2026)[D("2026-05-27")].name == Text(
        ar="عيد الأضحى", fr="Fête du sacrifice", en="Eid al-Adha"
    )


def test_an_authority_moves_a_feast_to_the_day_it_was_decreed():
    decreed = Text(ar="عيد الفطر", fr="Aïd al-Fitr", en="Eid al-Fitr")
    own = Calendar(
        own={D("2025-04-01"): Holiday(name=decreed)}, working=frozenset({D("2025-03-30")})
    )
    pack = load_pack("ma-commune", D("2025-03-01"))

    found = due(pack, "opposition-end", D("2025-03-28"), holidays=own)

    assert NATIONAL.is_working(D("2025-04-01"))
    assert found.due_on == D("2025-04-04")
    assert "عيد الفطر" in found.skipped[-1].why["ar"]


def test_working_days_beyond_the_known_lunar_years_are_uncertain():
    pack = load_pack("ma-commune", None)

    assert due(pack, "opposition-end", D("2150-02-02")).uncertain
    assert not due(pack, "opposition-end", D("2150-02-02"), holidays=[]).uncertain


@pytest.mark.parametrize(
    ("rule", "start", "due_on", "safe_on"),
    [
        # The safe day steps back over Friday 20 March, on which the feast is only estimated.
        ("refusal-notice", "2025-12-22", "2026-03-22", "2026-03-19"),
        # On Thursday 28 May is the feast; on Tuesday 26 May it would be with an earlier moon.
        ("refusal-notice", "2026-02-28", "2026-05-28", "2026-05-26"),
        ("refusal-notice", "2026-02-26", "2026-05-26", "2026-05-26"),
        ("refusal-notice", "2025-11-29", "2026-02-28", "2026-02-27"),
        ("refusal-notice", "2026-01-29", "2026-04-29", "2026-04-29"),
        # In 2025 the feast fell a day later than estimated: 1 April was no working day.
        ("opposition-end", "2025-03-31", "2025-04-03", "2025-04-03"),
        ("opposition-end", "2025-04-01", "2025-04-04", "2025-04-04"),
        # The first day of an extraordinary session counts, and may be a feast.
        ("extraordinary-session-end", "2026-05-29", "2026-06-08", "2026-06-08"),
    ],
)
def test_a_day_beside_an_estimated_feast_is_as_uncertain_as_the_feast(rule, start, due_on, safe_on):
    found = due(load_pack("ma-commune", D(start)), rule, D(start))

    certain = {"2025-11-29", "2026-01-29", "2025-04-01"}
    assert (found.due_on, found.safe_on) == (D(due_on), D(safe_on))
    assert found.uncertain == (start not in certain)
    assert ("depends on the moon" in found.explanation["en"]) == found.uncertain


def test_a_feast_entered_as_it_was_decreed_leaves_nothing_uncertain_beside_it():
    feast = Holiday(name=Text(ar="عيد الفطر", fr="Aïd al-Fitr", en="Eid al-Fitr"))
    days = {D("2025-03-31"): feast, D("2025-04-01"): feast}
    own = Calendar(own=days, working=frozenset({D("2025-03-30")}))
    pack = load_pack("ma-commune", D("2025-03-01"))

    found = due(pack, "opposition-end", D("2025-03-28"), holidays=own)

    assert (found.due_on, found.uncertain) == (D("2025-04-04"), False)


def test_the_last_day_of_the_calendar_is_uncertain_and_no_error():
    assert NATIONAL.is_guess(date.max)
