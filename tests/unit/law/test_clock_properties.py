"""What must hold of the clock for every date and every set of holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.law.clock import due
from shared.law.counting import add_months
from shared.law.holidays import NATIONAL, calendar_of
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

FIRST, LAST = date(2015, 8, 1), date(2080, 1, 1)
DAYS = st.dates(min_value=FIRST, max_value=LAST)
PACK = st.sampled_from(PACKS).map(lambda name: load_pack(name, date(2026, 1, 1)))
RULES = st.sampled_from(sorted(load_pack("ma-commune", date(2026, 1, 1)).term_by_id))


@st.composite
def starts_with_holidays(draw):
    """A start day and some holidays in the two months after it."""
    start = draw(DAYS)
    offsets = draw(st.lists(st.integers(min_value=-3, max_value=60), max_size=12))
    return start, [start + timedelta(days=offset) for offset in offsets]


@settings(max_examples=200)
@given(pack=PACK, rule=RULES, case=starts_with_holidays())
def test_a_working_day_answer_never_falls_on_a_skipped_day(pack, rule, case):
    assume(rule in pack.term_by_id)
    start, holidays = case
    found = due(pack, rule, start, holidays=holidays)
    term = pack.term_by_id[rule]

    if term.unit == "working-days" and term.then != "next-day":
        assert calendar_of(holidays).is_working(found.due_on)
        assert found.due_on not in {skip.day for skip in found.skipped}
    if term.citizen_facing:
        assert calendar_of(holidays).is_working(found.safe_on)
        assert found.safe_on <= found.due_on


@settings(max_examples=200)
@given(pack=PACK, rule=RULES, case=starts_with_holidays())
def test_every_day_of_a_working_day_count_is_counted_or_skipped(pack, rule, case):
    assume(rule in pack.term_by_id)
    start, holidays = case
    term = pack.term_by_id[rule]
    found = due(pack, rule, start, holidays=holidays)

    if term.unit == "working-days":
        counted = (found.due_on - start).days - len(found.skipped)
        assert counted == term.value + (term.then != "stop") - term.counts_start
        assert list(found.skipped) == sorted(found.skipped, key=lambda skip: skip.day)


@settings(max_examples=200)
@given(pack=PACK, rule=RULES, one=DAYS, other=DAYS)
def test_a_later_start_never_gives_an_earlier_answer(pack, rule, one, other):
    assume(rule in pack.term_by_id)
    early, late = sorted((one, other))

    first, second = (due(pack, rule, day, holidays=[]) for day in (early, late))

    assert first.due_on <= second.due_on
    assert first.safe_on <= second.safe_on


@settings(max_examples=200)
@given(pack=PACK, rule=RULES, case=starts_with_holidays(), added=st.integers(1, 30))
def test_one_more_holiday_never_brings_an_answer_forward(pack, rule, case, added):
    assume(rule in pack.term_by_id)
    start, holidays = case
    more = [*holidays, start + timedelta(days=added)]

    before, after = (due(pack, rule, start, holidays=days) for days in (holidays, more))

    assert before.due_on <= after.due_on


@settings(max_examples=200)
@given(start=DAYS, unit=st.sampled_from(["days", "working-days"]), value=st.integers(1, 40))
def test_counting_forward_then_back_returns_to_the_start(start, unit, value):
    pack = load_pack("ma-commune", date(2026, 1, 1))
    rule = pack.term_by_id["opposition-end"]
    forward = replace(pack, terms=(replace(rule, unit=unit, value=value),))
    back = replace(pack, terms=(replace(rule, unit=unit, value=value, direction="backward"),))
    calendar = calendar_of([])
    begin = start if unit == "days" else calendar.last_working_day(start)

    end = due(forward, "opposition-end", begin, holidays=[]).due_on

    assert due(back, "opposition-end", end, holidays=[]).due_on == begin


@given(day=DAYS, months=st.integers(0, 48))
def test_adding_months_lands_in_the_right_month_on_the_number_or_the_last_day(day, months):
    end = add_months(day, months)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1
    assert add_months(end, -months).month == day.month


@settings(max_examples=100)
@given(
    start=DAYS,
    first=st.integers(1, 20),
    length=st.integers(0, 20),
    extended_by=st.integers(0, 10),
)
def test_a_pause_moves_the_end_by_exactly_the_paused_days(start, first, length, extended_by):
    pack = load_pack("ma-commune", date(2026, 1, 1))
    rule = replace(pack.term_by_id["visa-tacit"], pausable=True, extendable_by=10)
    open_pack = replace(pack, terms=(rule,))
    pause = (start + timedelta(days=first), start + timedelta(days=first + length))

    plain = due(open_pack, "visa-tacit", start, extended_by=extended_by)
    paused = due(open_pack, "visa-tacit", start, extended_by=extended_by, pauses=[pause])

    assert paused.due_on - plain.due_on == timedelta(days=length + 1)
    assert len(paused.skipped) == length + 1
    assert not any(skip.day == paused.due_on for skip in paused.skipped)


@settings(max_examples=100)
@given(day=DAYS)
def test_a_day_is_a_working_day_or_has_a_reason_not_to_be(day):
    assert NATIONAL.is_working(day) == (NATIONAL.why_not(day) is None)
