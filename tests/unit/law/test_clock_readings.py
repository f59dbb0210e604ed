"""The worked dates of the law notes: each rule of each pack, and every reading that could slip."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.day_words import in_words
from shared.law.clock import due
from shared.law.model import LANGUAGES
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat

# rule, start, legal date in a commune, a province, a region (None: no text of it was read there);
# no holidays.
WORKED = [
    ("refusal-notice", "2025-12-15", "2026-03-15", "2026-02-15", "2026-02-15"),
    ("agenda-to-governor", "2026-02-05", "2026-01-16", "2026-01-16", "2026-01-16"),
    ("notice-to-members", "2026-02-05", "2026-01-26", "2026-01-29", "2026-01-29"),
    ("session-end", "2026-02-05", "2026-02-19", "2026-02-19", "2026-02-19"),
    ("session-extension-end", "2026-02-19", "2026-03-02", "2026-03-06", "2026-03-06"),
    ("governor-additions", "2026-01-16", "2026-01-24", "2026-01-24", "2026-01-24"),
    ("second-call-earliest", "2026-02-05", "2026-02-08", "2026-02-08", "2026-02-08"),
    ("second-call-latest", "2026-02-05", "2026-02-10", "2026-02-10", "2026-02-10"),
    ("third-meeting", "2026-02-12", "2026-02-18", "2026-02-18", "2026-02-18"),
    ("transmit-to-governor", "2026-02-05", "2026-02-26", "2026-02-19", "2026-02-19"),
    ("posting", "2026-02-05", "2026-02-13", "2026-02-15", "2026-02-15"),
    ("minutes-to-members", "2026-02-05", "2026-02-20", "2026-02-20", "2026-02-20"),
    ("opposition-end", "2026-02-16", "2026-02-19", "2026-02-19", "2026-02-19"),
    ("enforceable-if-unopposed", "2026-02-16", "2026-02-20", "2026-02-20", "2026-02-20"),
    ("visa-tacit", "2026-02-16", "2026-03-08", "2026-03-08", "2026-03-08"),
    ("enforceable-if-visa-tacit", "2026-02-16", "2026-03-09", "2026-03-09", "2026-03-09"),
    ("appeal-to-court", "2026-02-16", "2026-04-17", "2026-04-17", "2026-04-17"),
    ("appeal-silence", "2026-02-16", "2026-04-17", "2026-04-17", "2026-04-17"),
    ("attendance-register", "2026-02-05", "2026-02-10", "2026-02-10", "2026-02-10"),
    ("general-silence", "2025-12-15", "2026-02-13", "2026-02-13", "2026-02-13"),
    ("extraordinary-session-end", "2026-02-05", "2026-02-13", "2026-02-11", "2026-02-11"),
    ("request-refusal-notice", "2026-02-05", "2026-02-15", "2026-02-15", "2026-02-15"),
    ("requested-session-latest", "2026-02-05", "2026-02-20", "2026-02-20", "2026-03-07"),
    ("governor-session-latest", "2026-02-05", "2026-02-15", "2026-02-15", "2026-02-15"),
    ("governor-session-notice", "2026-02-05", "2026-02-02", "2026-02-02", "2026-02-02"),
    ("governor-second-meeting", "2026-02-05", "2026-02-06", "2026-02-06", "2026-02-06"),
]
ARTICLES = {
    "refusal-notice": (125, 116, 122),
    "agenda-to-governor": (38, 39, 41),
    "notice-to-members": (35, 36, 38),
    "session-end": (34, 35, 37),
    "session-extension-end": (34, 35, 37),
    "governor-additions": (39, 40, 42),
    "second-call-earliest": (42, 43, 45),
    "second-call-latest": (42, 43, 45),
    "third-meeting": (42, 43, 45),
    "transmit-to-governor": (116, 107, 113),
    "posting": (273, 217, 247),
    "minutes-to-members": (273, 217, 247),
    "attendance-register": (67, 68, 70),
    "opposition-end": (117, 108, 114),
    "enforceable-if-unopposed": (117, 108, 114),
    "visa-tacit": (118, 109, 115),
    "enforceable-if-visa-tacit": (118, 109, 115),
    "extraordinary-session-end": (36, 37, 39),
    "request-refusal-notice": (36, 37, 39),
    "requested-session-latest": (36, 37, 39),
    "governor-session-latest": (37, 38, 40),
    "governor-session-notice": (37, 38, 40),
    "governor-second-meeting": (37, 38, 40),
}
LAWS = {"ma-commune": "113-14", "ma-province": "112-14", "ma-region": "111-14"}


def pack_of(name: str):
    return load_pack(name, D("2026-01-01"))


@pytest.mark.parametrize(("rule", "start", "commune", "province", "region"), WORKED)
def test_every_rule_of_every_pack_gives_its_worked_date(rule, start, commune, province, region):
    expected = dict(zip(LAWS, (commune, province, region), strict=True))
    written = [name for name in LAWS if expected[name] is not None]

    found = {name: due(pack_of(name), rule, D(start), holidays=[]).due_on for name in written}

    assert found == {name: D(expected[name]) for name in written}


@pytest.mark.parametrize(("place", "name"), list(enumerate(LAWS)))
def test_every_rule_names_its_law_and_article(place, name):
    for rule, articles in ARTICLES.items():
        if articles[place] is None:
            continue
        found = due(pack_of(name), rule, D("2026-02-05"), holidays=[])

        assert found.article == f"{LAWS[name]} art {articles[place]}"
        assert f"المادة {articles[place]} من القانون التنظيمي رقم" in found.explanation["ar"]
        assert str(articles[place]) in found.explanation["fr"]
        assert in_words(found.due_on, "en", weekday=True) in found.explanation["en"]


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("rule", ["appeal-to-court", "appeal-silence", "general-silence"])
def test_a_term_of_silence_or_appeal_names_the_law_on_administrative_courts(rule, name):
    found = due(pack_of(name), rule, D("2026-02-16"), holidays=[])

    assert found.article == "41-90 art 23"
    assert "المادة 23 من القانون رقم 41.90" in found.explanation["ar"]


def test_the_worked_table_covers_every_term_of_every_pack():
    for place, name in enumerate(LAWS, start=2):
        assert {row[0] for row in WORKED if row[place]} == set(pack_of(name).term_by_id)
    assert set(LAWS) == set(PACKS)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-11-30", "2026-02-28"),
        ("2026-02-28", "2026-05-28"),
        ("2026-04-30", "2026-07-30"),
        ("2023-11-30", "2024-02-29"),
        ("2024-02-29", "2024-05-29"),
        ("2026-01-31", "2026-04-30"),
        ("2025-10-31", "2026-01-31"),
    ],
)
def test_three_months_end_on_the_same_number_or_the_months_last_day(start, end):
    assert due(pack_of("ma-commune"), "refusal-notice", D(start), holidays=[]).due_on == D(end)


@pytest.mark.parametrize(
    ("start", "holidays", "safe"),
    [
        ("2025-12-15", [], "2026-03-13"),
        ("2025-12-15", ["2026-03-13"], "2026-03-12"),
        ("2025-12-16", [], "2026-03-16"),
        ("2025-12-16", ["2026-03-16", "2026-03-13"], "2026-03-12"),
    ],
)
def test_a_refusal_is_safe_on_the_last_working_day_but_its_legal_date_never_moves(
    start, holidays, safe
):
    found = due(
        pack_of("ma-commune"), "refusal-notice", D(start), holidays=[D(day) for day in holidays]
    )

    assert found.due_on == D(start).replace(year=2026, month=3)
    assert found.safe_on == D(safe)
    assert found.skipped == ()


def test_only_what_citizens_wait_for_or_do_has_a_safe_date_of_its_own():
    pack = pack_of("ma-commune")

    for rule in pack.term_by_id:
        for start in (D("2026-02-05") + timedelta(days=n) for n in range(7)):
            found = due(pack, rule, start, holidays=[])
            is_citizens = rule in {"refusal-notice", "appeal-to-court"}
            assert is_citizens or found.safe_on == found.due_on


def test_counting_starts_the_next_day_even_from_a_weekend_or_a_holiday():
    pack = pack_of("ma-commune")

    saturday = due(pack, "opposition-end", D("2026-02-14"), holidays=[])
    holiday = due(pack, "opposition-end", D("2026-02-16"), holidays=[D("2026-02-16")])

    assert saturday.due_on == D("2026-02-18")
    assert [skip.day for skip in saturday.skipped] == [D("2026-02-15")]
    assert holiday.due_on == D("2026-02-19")
    assert holiday.skipped == ()


def test_holidays_at_both_ends_are_passed_over_and_named():
    found = due(
        pack_of("ma-commune"),
        "opposition-end",
        D("2026-02-16"),
        holidays=[D("2026-02-17"), D("2026-02-20")],
    )

    assert found.due_on == D("2026-02-23")
    assert [skip.day for skip in found.skipped] == [
        D("2026-02-17"),
        D("2026-02-20"),
        D("2026-02-21"),
        D("2026-02-22"),
    ]
    assert found.skipped[0].why["en"] == "Tuesday 17 February 2026: public holiday"
    assert "weekend" in found.skipped[2].why["en"]


def test_a_holiday_on_a_weekend_changes_nothing():
    pack = pack_of("ma-commune")

    with_it = due(pack, "opposition-end", D("2026-02-13"), holidays=[D("2026-02-14")])
    without = due(pack, "opposition-end", D("2026-02-13"), holidays=[])

    assert with_it == without


def test_a_given_list_replaces_the_nations_holidays_entirely():
    pack = pack_of("ma-commune")

    nation = due(pack, "opposition-end", D("2026-04-29"))
    nobody = due(pack, "opposition-end", D("2026-04-29"), holidays=[])

    assert nation.due_on == D("2026-05-05")
    assert nobody.due_on == D("2026-05-04")
    assert "Labor Day" in nation.skipped[0].why["en"]


@pytest.mark.parametrize(
    ("start", "day"),
    [("2026-02-10", "2026-02-14"), ("2026-02-11", "2026-02-17"), ("2026-02-17", "2026-02-21")],
)
def test_a_decision_is_enforceable_the_calendar_day_after_even_on_a_saturday(start, day):
    found = due(pack_of("ma-commune"), "enforceable-if-unopposed", D(start), holidays=[])

    assert found.due_on == D(day)


def test_a_decision_is_enforceable_even_on_a_holiday():
    pack = pack_of("ma-commune")
    holidays = [D("2026-02-20"), D("2026-03-09")]

    unopposed = due(pack, "enforceable-if-unopposed", D("2026-02-16"), holidays=holidays)
    visa = due(pack, "enforceable-if-visa-tacit", D("2026-02-16"), holidays=holidays)

    assert (unopposed.due_on, visa.due_on) == (D("2026-02-20"), D("2026-03-09"))


def test_the_third_meeting_is_marked_uncertain():
    found = due(pack_of("ma-commune"), "third-meeting", D("2026-02-12"), holidays=[])

    assert found.uncertain
    assert "Uncertain reading" in found.explanation["en"]
    assert "غير محسومة" in found.explanation["ar"]
    assert "incertaine" in found.explanation["fr"]


@pytest.mark.parametrize("name", LAWS)
def test_the_general_rule_of_silence_is_shown_and_never_taken_for_certain(name):
    found = due(pack_of(name), "general-silence", D("2025-12-15"))

    assert found.uncertain
    assert "unsettled" in found.explanation["en"]
    assert "لم يحسم" in found.explanation["ar"]
    assert "n'est pas tranché" in found.explanation["fr"]


def test_an_estimated_feast_that_moves_the_answer_makes_it_uncertain():
    pack = pack_of("ma-commune")

    near_the_feast = due(pack, "opposition-end", D("2026-03-18"))
    far_from_it = due(pack, "opposition-end", D("2026-02-16"))

    assert near_the_feast.uncertain
    assert "must be confirmed" in near_the_feast.explanation["en"]
    assert not far_from_it.uncertain


def test_what_follows_a_missed_date_is_said_in_three_languages():
    found = due(pack_of("ma-region"), "refusal-notice", D("2026-01-05"), holidays=[])

    assert all(found.missed[word] in found.explanation[word] for word in LANGUAGES)
    assert found.start_on == D("2026-01-05")
    assert found.kind == "law"
