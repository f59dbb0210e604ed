"""Pauses, extensions, full-day periods and the edges of the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shared.law.clock import due
from shared.law.errors import LawError
from shared.law.pack import Pack
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat


@pytest.fixture
def commune() -> Pack:
    return load_pack("ma-commune", D("2026-01-01"))


def with_term(pack: Pack, rule: str, **changes) -> Pack:
    """Return the pack with one term changed, as a later law might."""
    terms = tuple(replace(t, **changes) if t.id == rule else t for t in pack.terms)
    return replace(pack, terms=terms)


@pytest.mark.parametrize(
    ("rule", "pauses", "extended_by", "end"),
    [
        # 8 days from 16 January end on the 24th; three paused days inside give three more.
        ("governor-additions", [("2026-01-18", "2026-01-20")], 0, "2026-01-27"),
        # A pause before the start or after the end changes nothing.
        ("governor-additions", [("2026-01-01", "2026-01-16")], 0, "2026-01-24"),
        ("governor-additions", [("2026-01-25", "2026-01-30")], 0, "2026-01-24"),
        # A pause that begins on the last day pushes it out.
        ("governor-additions", [("2026-01-24", "2026-01-24")], 0, "2026-01-25"),
        # Two that overlap count each day once.
        (
            "governor-additions",
            [("2026-01-18", "2026-01-20"), ("2026-01-19", "2026-01-21")],
            0,
            "2026-01-28",
        ),
        # A pause inside the time given by an extension counts too.
        ("governor-additions", [("2026-01-25", "2026-01-26")], 4, "2026-01-30"),
        # Working days: 2 paused weekdays and a paused weekend, which was not counted anyway.
        ("opposition-end", [("2026-01-17", "2026-01-20")], 0, "2026-01-23"),
        # Months: to 16 April without a pause; ten days given back.
        ("refusal-notice", [("2026-02-01", "2026-02-10")], 0, "2026-04-26"),
        ("refusal-notice", [("2026-02-01", "2026-02-10")], 1, "2026-05-26"),
    ],
)
def test_a_pause_gives_back_the_days_it_took(commune, rule, pauses, extended_by, end):
    pack = with_term(commune, rule, pausable=True, extendable_by=5)

    found = due(
        pack,
        rule,
        D("2026-01-16"),
        holidays=[],
        pauses=[(D(first), D(last)) for first, last in pauses],
        extended_by=extended_by,
    )

    assert found.due_on == D(end)


def test_each_paused_day_is_listed_with_its_reason(commune):
    pack = with_term(commune, "governor-additions", pausable=True)

    found = due(
        pack, "governor-additions", D("2026-01-16"), pauses=[(D("2026-01-18"), D("2026-01-19"))]
    )

    assert [skip.day for skip in found.skipped] == [D("2026-01-18"), D("2026-01-19")]
    assert found.skipped[0].why["fr"] == "dimanche 18 janvier 2026 : délai suspendu"


def test_the_law_lets_none_of_its_own_periods_be_paused_or_extended(commune):
    for rule in commune.term_by_id:
        with pytest.raises(LawError) as paused:
            due(commune, rule, D("2026-01-16"), pauses=[(D("2026-01-18"), D("2026-01-19"))])
        with pytest.raises(LawError) as extended:
            due(commune, rule, D("2026-01-16"), extended_by=1)

        assert paused.value.field == "pauses"
        assert extended.value.field == "extended_by"
        assert commune.term_by_id[rule].article in extended.value.texts["ar"]


def test_a_pause_that_ends_before_it_begins_is_refused(commune):
    pack = with_term(commune, "governor-additions", pausable=True)

    with pytest.raises(LawError) as refused:
        due(
            pack, "governor-additions", D("2026-01-16"), pauses=[(D("2026-01-19"), D("2026-01-18"))]
        )

    assert refused.value.field == "pauses"


def test_a_negative_extension_is_refused(commune):
    with pytest.raises(LawError) as refused:
        due(commune, "governor-additions", D("2026-01-16"), extended_by=-1)

    assert refused.value.field == "extended_by"


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"direction": "forward", "then": "next-day"}, "2026-02-13"),
        ({"direction": "backward", "then": "next-day"}, "2026-01-26"),
        ({"direction": "backward", "unit": "working-days"}, "2026-01-23"),
        ({"direction": "backward", "unit": "working-days", "then": "next-day"}, "2026-01-22"),
        ({"direction": "backward", "then": "next-working-day"}, "2026-01-26"),
        ({"direction": "backward", "unit": "months", "value": 3}, "2025-11-04"),
    ],
)
def test_full_day_periods_and_every_unit_run_forward_and_back(commune, changes, end):
    pack = with_term(commune, "governor-additions", **changes)

    assert due(pack, "governor-additions", D("2026-02-04"), holidays=[]).due_on == D(end)


@pytest.mark.parametrize("rule", ["refusal-notice", "opposition-end", "visa-tacit", "session-end"])
def test_a_date_beyond_the_calendar_is_refused_and_not_a_crash(commune, rule):
    with pytest.raises(LawError) as refused:
        due(commune, rule, D("9999-12-30"))

    assert refused.value.field == "from"


def test_a_safe_date_that_no_calendar_has_is_refused(commune):
    everything = [date.fromordinal(n) for n in range(1, D("2026-04-01").toordinal())]

    with pytest.raises(LawError) as refused:
        due(commune, "refusal-notice", D("2025-12-15"), holidays=everything)

    assert refused.value.field == "from"


def test_an_unknown_rule_is_refused_with_the_known_ones(commune):
    with pytest.raises(LawError) as refused:
        due(commune, "full-moon", D("2026-01-16"))

    assert refused.value.field == "rule"
    assert "refusal-notice" in refused.value.texts["ar"]


def test_a_rule_left_open_is_refused_until_the_authority_sets_it(commune):
    with pytest.raises(LawError) as refused:
        due(commune, "bureau-meets-within", D("2026-01-16"))

    assert refused.value.field == "rule"
    assert "leaves this period" in refused.value.texts["en"]
