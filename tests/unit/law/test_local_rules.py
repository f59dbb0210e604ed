from __future__ import annotations

from datetime import date

import pytest

from shared.law.clock import due
from shared.law.errors import LawError
from shared.law.local_rules import fill, fill_known, in_force
from shared.law.model import LANGUAGES
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat
SOURCE = {"source": "النظام الداخلي، المادة 14", "valid_from": "2024-01-01"}
PERIOD = {"value": 14, "unit": "days", **SOURCE}


@pytest.fixture
def commune():
    return load_pack("ma-commune", D("2026-01-01"))


def test_a_local_rule_fills_what_the_law_leaves_open_and_says_so(commune):
    found = due(
        fill(commune, {"president-to-bureau": PERIOD}), "president-to-bureau", D("2025-12-15")
    )

    assert found.due_on == D("2025-12-29")
    assert found.kind == "local"
    assert found.article == SOURCE["source"]
    assert "local rule" in found.explanation["en"]
    assert "قاعدة محلية" in found.explanation["ar"]


@pytest.mark.parametrize("name", PACKS)
def test_every_open_rule_can_be_set_in_every_pack(name):
    pack = load_pack(name, D("2026-01-01"))
    entries = {rule.id: PERIOD for rule in pack.open}

    filled = fill(pack, entries)

    assert {"bureau-meets-within", "committee-report-due", "opinion-answer-due"} <= set(entries)
    assert {due(filled, rule, D("2026-01-05")).due_on for rule in entries} == {D("2026-01-19")}
    assert filled.version == pack.version


def test_the_pack_itself_is_left_as_it_was(commune):
    fill(commune, {"president-to-bureau": PERIOD})

    assert "president-to-bureau" not in commune.term_by_id


def test_a_local_period_may_be_paused_and_extended_where_it_says_so(commune):
    pack = fill(commune, {"committee-report-due": PERIOD})

    found = due(
        pack,
        "committee-report-due",
        D("2026-01-05"),
        pauses=[(D("2026-01-10"), D("2026-01-11"))],
        extended_by=7,
    )

    assert found.due_on == D("2026-01-28")


def test_the_other_reading_of_the_third_meeting_can_be_chosen(commune):
    pack = fill(commune, {"third-meeting": {"then": "stop", **SOURCE}})

    found = due(pack, "third-meeting", D("2026-02-12"), holidays=[])

    assert found.due_on == D("2026-02-17")
    assert found.kind == "law"
    assert "chosen this reading" in found.explanation["en"]


@pytest.mark.parametrize(
    ("rule", "entry", "words"),
    [
        ("refusal-notice", {**PERIOD, "value": 4, "unit": "months"}, "loosen"),
        ("refusal-notice", {**PERIOD, "value": 1, "unit": "months"}, "fixes"),
        ("signatures", PERIOD, "fixes"),
        ("third-meeting", PERIOD, "fixes"),
        ("third-meeting", {"then": "next-day", **SOURCE}, "fixes"),
        ("opposition-end", {"then": "next-day", **SOURCE}, "fixes"),
        ("lunch-within", PERIOD, "unknown"),
        ("bureau-meets-within", {**PERIOD, "value": 60}, "outside"),
        ("bureau-meets-within", {**PERIOD, "value": 0}, "outside"),
        ("bureau-meets-within", {**PERIOD, "value": 1, "unit": "months"}, "outside"),
        ("bureau-meets-within", {**PERIOD, "value": "14"}, "field value"),
        ("bureau-meets-within", {**PERIOD, "value": True}, "field value"),
        ("bureau-meets-within", {**PERIOD, "unit": "weeks"}, "field unit"),
        ("bureau-meets-within", {**PERIOD, "source": " "}, "field source"),
        ("bureau-meets-within", {**PERIOD, "valid_from": "soon"}, "field valid_from"),
        ("bureau-meets-within", {**PERIOD, "note": "x"}, "field note"),
        ("bureau-meets-within", SOURCE, "field value"),
    ],
)
def test_a_local_rule_that_is_unknown_wrong_or_looser_than_the_law_is_refused(
    commune, rule, entry, words
):
    with pytest.raises(LawError) as refused:
        fill(commune, {rule: entry})

    assert refused.value.field == rule
    assert words in refused.value.texts["en"]
    assert rule in refused.value.texts["ar"]


@pytest.mark.parametrize(
    ("rule", "entry", "remedy"),
    [
        ("refusal-notice", PERIOD, "Leave it out"),
        ("third-meeting", PERIOD, "then: next-working-day, stop"),
        ("third-meeting", {"then": "later", **SOURCE}, "then, source, valid_from"),
        ("third-meeting", {"then": "next-day", **SOURCE}, "then: next-working-day, stop"),
        ("bureau-meets-within", SOURCE, "value, unit, source, valid_from"),
        ("bureau-meets-within", {**PERIOD, "value": 60}, "from 1 to 59 days"),
        ("lunch-within", PERIOD, "president-to-bureau"),
    ],
)
def test_a_refused_local_rule_says_what_may_be_set_instead(commune, rule, entry, remedy):
    with pytest.raises(LawError) as refused:
        fill(commune, {rule: entry})

    texts = refused.value.texts
    codes = remedy.split(": ")[-1] if "_" in remedy or "then" in remedy else rule
    assert remedy in texts["en"]
    assert all(codes in texts[language] for language in LANGUAGES)


def test_a_rule_that_a_version_does_not_know_is_left_out_of_it(commune):
    entries = {"president-to-bureau": PERIOD, "of-a-later-version": PERIOD}

    filled = fill_known(commune, entries)

    assert filled.term_by_id["president-to-bureau"].kind == "local"
    assert "of-a-later-version" not in filled.term_by_id
    assert fill_known(commune, {}) == commune


def test_a_local_rule_holds_from_its_own_first_day_on(commune):
    entries = {"president-to-bureau": PERIOD, "of-a-later-version": PERIOD}

    assert in_force(commune, entries, D("2023-12-31")) == {}
    assert in_force(commune, entries, D("2024-01-01")) == {"president-to-bureau": PERIOD}
