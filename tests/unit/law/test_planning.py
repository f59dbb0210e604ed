"""Backward planning: the worked calendar of a commune, and what holds for every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.law.clock import due
from shared.law.holidays import calendar_of
from shared.law.local_rules import fill
from shared.law.model import LANGUAGES
from shared.law.packs import PACKS, load_pack
from shared.law.planning import plan
from shared.law.planning_steps import REPORT_RULE, Facts, last_start

pytestmark = pytest.mark.unit

FEBRUARY, MAY = date(2026, 2, 5), date(2026, 5, 7)
COMMUNE = load_pack("ma-commune", date(2026, 1, 1))
DAYS = calendar_of(None)


def own(value=30, unit="days", pack=COMMUNE):
    """A pack in which the authority gives the committee a period for its report."""
    entry = {"value": value, "unit": unit, "source": "RI 20", "valid_from": "2022-01-01"}
    return fill(pack, {REPORT_RULE: entry})


def known(today, **facts):
    """What is known of a petition, with the two sessions of the worked calendar."""
    return Facts(today=today, **{"ordinary": (FEBRUARY, MAY), **facts})


def latest(found):
    """The last day of each step."""
    return {step.id: step.latest_on for step in found.steps}


def test_a_petition_that_comes_early_reaches_the_next_session_with_every_step():
    found = plan(COMMUNE, known(date(2025, 12, 15), answer_by=date(2026, 3, 13)), DAYS)

    assert (found.session_on, found.is_planned) == (FEBRUARY, True)
    assert latest(found) == {
        "decide": date(2026, 1, 16),
        "refer": date(2026, 1, 16),
        "agenda": date(2026, 1, 16),
        "notice": date(2026, 1, 26),
    }
    assert {step.id: step.article for step in found.steps} == {
        "decide": "113-14 art 38",
        "refer": "113-14 art 125",
        "agenda": "113-14 art 38",
        "notice": "113-14 art 35",
    }
    assert found.passed_over == ()
    assert (found.postponement.session_on, found.postponement.days_lost) == (MAY, 91)


def test_the_last_day_of_the_agenda_still_reaches_the_session_and_the_next_day_does_not():
    on_the_day = plan(COMMUNE, known(date(2026, 1, 16)), DAYS)
    a_day_later = plan(COMMUNE, known(date(2026, 1, 17)), DAYS)

    assert on_the_day.session_on == FEBRUARY
    assert a_day_later.session_on == MAY
    assert [gone.session_on for gone in a_day_later.passed_over] == [FEBRUARY]


def test_a_decision_after_the_agenda_is_the_clash_that_the_law_leaves_open():
    late = known(date(2026, 1, 20), decided_on=date(2026, 1, 19))
    found = plan(COMMUNE, late, DAYS)

    assert found.session_on == MAY
    assert "unsettled" in found.passed_over[0].explanation["en"]


def test_a_decision_in_time_that_nobody_put_on_the_agenda_is_told_as_a_duty_missed():
    late = known(date(2026, 1, 20), decided_on=date(2025, 12, 20))
    found = plan(COMMUNE, late, DAYS)

    assert found.session_on == MAY
    assert "the law made the petition an item" in found.passed_over[0].explanation["en"]


def test_a_petition_on_an_agenda_is_planned_for_that_session_whatever_the_day():
    booked = known(date(2026, 1, 28), decided_on=date(2026, 1, 10), booked_on=FEBRUARY)
    found = plan(COMMUNE, replace(booked, agenda_sent_on=date(2026, 1, 15)), DAYS)
    steps = {step.id: step for step in found.steps}

    assert (found.session_on, found.is_on_agenda) == (FEBRUARY, True)
    assert not steps["agenda"].is_late
    assert steps["notice"].is_late


def test_without_a_planned_session_the_months_of_the_law_are_expected():
    found = plan(COMMUNE, Facts(today=date(2026, 1, 20)), DAYS)
    region = plan(load_pack("ma-region", None), Facts(today=date(2026, 1, 20)), DAYS)

    assert (found.session_on, found.is_planned) == (date(2026, 5, 1), False)
    assert not found.postponement.is_planned
    assert found.postponement.session_on == date(2026, 10, 1)
    assert region.session_on == date(2026, 3, 2)


def test_a_local_rule_gives_the_committee_its_whole_time_before_the_documents_go_out():
    found = plan(own(), known(date(2025, 12, 15)), DAYS)
    steps = {step.id: step for step in found.steps}

    assert latest(found)["refer"] == date(2025, 12, 27)
    assert latest(found)["decide"] == date(2025, 12, 27)
    assert latest(found)["report"] == date(2026, 1, 26)
    assert (steps["report"].is_local, steps["report"].article) == (True, "RI 20")
    assert steps["refer"].is_local


def test_a_local_rule_never_puts_a_session_out_of_reach():
    found = plan(own(), known(date(2026, 1, 10)), DAYS)

    assert found.session_on == FEBRUARY
    assert latest(found)["refer"] == date(2026, 1, 16)
    refer = next(step for step in found.steps if step.id == "refer")
    assert "no longer left" in refer.explanation["en"]


def test_after_the_referral_the_committees_own_day_counts_up_to_that_of_the_documents():
    early = known(date(2025, 12, 2), decided_on=date(2025, 12, 1), referred_on=date(2025, 12, 1))
    late = known(date(2026, 1, 12), decided_on=date(2026, 1, 5), referred_on=date(2026, 1, 10))

    assert latest(plan(own(), early, DAYS))["report"] == date(2025, 12, 31)
    assert latest(plan(own(), late, DAYS))["report"] == date(2026, 1, 26)


def test_the_answer_owed_to_the_petitioners_comes_first_when_it_is_due_sooner():
    found = plan(COMMUNE, known(date(2025, 12, 15), answer_by=date(2026, 1, 5)), DAYS)
    decide = found.steps[0]

    assert (decide.id, decide.latest_on, decide.rule) == (
        "decide",
        date(2026, 1, 5),
        "refusal-notice",
    )
    assert decide.article == "113-14 art 125"


@st.composite
def cases(draw):
    """A pack, with a local rule or not, and what may be known of a case on some day."""
    pack = load_pack(draw(st.sampled_from(PACKS)), date(2026, 1, 1))
    if draw(st.booleans()):
        unit, most = draw(st.sampled_from([("days", 180), ("working-days", 120)]))
        pack = own(draw(st.integers(1, most)), unit, pack)
    today = draw(st.dates(date(2016, 1, 1), date(2060, 1, 1)))
    around = st.integers(-400, 800).map(lambda n: today + timedelta(days=n))
    past = st.none() | st.integers(0, 300).map(lambda n: today - timedelta(days=n))
    decided = draw(past)
    referred = decided and draw(st.none() | st.dates(decided, today))
    facts = Facts(
        today=today,
        ordinary=tuple(draw(st.lists(around, max_size=6))),
        decided_on=decided,
        referred_on=referred,
        answer_by=draw(st.none() | around),
    )
    return pack, facts


@settings(max_examples=150)
@given(case=cases())
def test_the_last_days_are_in_order_and_never_after_the_session(case):
    pack, facts = case
    found = plan(pack, facts, DAYS)
    days = latest(found)

    assert days["decide"] <= days["refer"] <= days["agenda"] <= days["notice"]
    assert days["notice"] < found.session_on
    assert [step.latest_on for step in found.steps] == sorted(days.values())
    assert all(step.safe_on <= step.latest_on for step in found.steps)
    if "report" in days:
        assert days["report"] <= days["notice"]
        assert facts.referred_on is not None or days["refer"] <= days["report"]


@settings(max_examples=150)
@given(case=cases())
def test_the_session_follows_the_decision_and_is_the_first_one_in_reach(case):
    pack, facts = case
    found = plan(pack, facts, DAYS)
    after = facts.decided_on or facts.today

    assert found.session_on > after
    assert facts.today <= latest(found)["agenda"]
    for day in facts.ordinary:
        if after < day < found.session_on:
            assert due(pack, pack.sessions[0].agenda_rule, day).due_on < facts.today
            assert day in {gone.session_on for gone in found.passed_over}
    assert found.postponement.days_lost > 0
    assert found.postponement.session_on > found.session_on


@settings(max_examples=100)
@given(case=cases(), later=st.integers(1, 200))
def test_waiting_never_brings_a_session_nearer(case, later):
    pack, facts = case
    facts = replace(facts, decided_on=None, referred_on=None)
    waited = replace(facts, today=facts.today + timedelta(days=later))

    assert plan(pack, facts, DAYS).session_on <= plan(pack, waited, DAYS).session_on


@settings(max_examples=100)
@given(value=st.integers(1, 120), end=st.dates(date(2016, 6, 1), date(2060, 1, 1)))
def test_the_last_start_ends_in_time_and_a_day_later_does_not(value, end):
    pack = own(value, "working-days")
    start = last_start(pack, pack.term_by_id[REPORT_RULE], end, days=DAYS)

    assert due(pack, REPORT_RULE, start, holidays=DAYS).due_on <= end
    assert due(pack, REPORT_RULE, start + timedelta(days=1), holidays=DAYS).due_on > end


def test_every_part_of_a_plan_is_said_in_three_languages():
    found = plan(own(), known(date(2026, 1, 17), decided_on=date(2026, 1, 1)), DAYS)
    said = [found.explanation, found.postponement.explanation]
    said += [gone.explanation for gone in found.passed_over]
    said += [text for step in found.steps for text in (step.name, step.explanation)]

    assert all(text[language].strip() for text in said for language in LANGUAGES)
