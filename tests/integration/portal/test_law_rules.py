"""The rules in force, and two versions beside each other: pages for everyone."""

import html
import re
from datetime import date

import pytest

from services.review.law.reading import pack_shown
from services.review.law.schemas import PackOut
from shared.law.model import LANGUAGES, Language
from shared.law.packs import load_all, load_version
from tests.integration.portal.answers import PACK, RULE
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def read(reader: Reader, language: Language) -> str:
    """The page of rules, its French colons set apart by plain spaces."""
    page = reader.get(f"/law/rules?lang={language}").get_data(as_text=True)
    return html.unescape(page).replace("\N{NO-BREAK SPACE}", " ")


def rows_of(
    reader: Reader, services: FakeServices, pack: str, language: Language
) -> dict[str, str]:
    """What the page of rules says of each rule of a version, as HTML."""
    law = load_version(f"{pack}@2015-07-23")
    shown = PackOut().dump(pack_shown(law, law, date(2026, 1, 1)))
    services.answer("review", "GET", "/law/packs", {"packs": [shown]})
    page = read(reader, language)
    rows = re.findall(r'<tr id="rule-([a-z0-9-]+)">(.*?)</tr>', page, re.DOTALL)
    return dict(rows)


SETS = [
    ("ma-region", "signatures", "at least 5% of them from each prefecture or province"),
    ("ma-region", "ordinary-sessions", "opening on the first Monday of the month"),
    ("ma-province", "ordinary-sessions", "opening on the second Monday of the month"),
    ("ma-province", "association-conditions", "more than 100 members"),
    ("ma-commune", "enforceable-if-unopposed", "then the day after the period ends"),
    ("ma-commune", "enforceable-if-visa-tacit", "then the day after the period ends"),
    ("ma-commune", "third-meeting", "then the first working day after the period ends"),
    ("ma-commune", "session-end", "the first day counts"),
]


@pytest.mark.parametrize(("pack", "rule", "said"), SETS)
def test_a_rule_is_shown_with_everything_that_it_sets(
    reader: Reader, services: FakeServices, pack: str, rule: str, said: str
) -> None:
    assert said in rows_of(reader, services, pack, "en")[rule]


@pytest.mark.parametrize("pack", ["ma-commune", "ma-province", "ma-region"])
@pytest.mark.parametrize(
    ("language", "mark"), [("ar", "غير محسوم"), ("fr", "incertain"), ("en", "uncertain")]
)
def test_what_the_law_leaves_unsettled_is_marked_and_nothing_else(
    reader: Reader, services: FakeServices, pack: str, language: Language, mark: str
) -> None:
    law = load_version(f"{pack}@2015-07-23")
    doubts = {rule.id: getattr(rule, "doubt", None) for rule in law.rules}
    unsettled = {rule: doubt for rule, doubt in doubts.items() if doubt}

    rows = rows_of(reader, services, pack, language)

    assert {rule for rule, row in rows.items() if f">{mark}</span>" in row} == set(unsettled)
    assert all(doubt[language] in rows[rule] for rule, doubt in unsettled.items())
    assert {"third-meeting", "general-silence"} <= set(unsettled)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", [pack.version for pack in load_all()])
def test_every_rule_of_every_pack_is_shown_in_words(
    reader: Reader, services: FakeServices, pack: str, language: Language
) -> None:
    law = load_version(pack)
    shown = PackOut().dump(pack_shown(law, law, date(2026, 1, 1)))
    services.answer("review", "GET", "/law/packs", {"packs": [shown]})

    text = read(reader, language)

    for rule in law.rules:
        assert f'id="rule-{rule.id}"' in text
        assert rule.name[language] in text
    for open_rule in law.open:
        assert open_rule.name[language] in text
    assert "local" not in text.split("<tbody>")[1].split("</tbody>")[0]


def test_the_authoritys_own_rules_are_marked(reader: Reader, services: FakeServices) -> None:
    own = {
        **RULE,
        "id": "committee-report-due",
        "kind": "local",
        "is_local": True,
        "written": "Règlement intérieur, art 20",
        "value": 30,
        "unit": "days",
    }
    services.answer("review", "GET", "/law/packs", {"packs": [{**PACK, "rules": [RULE, own]}]})

    text = reader.get("/law/rules?authority=taroudant").get_data(as_text=True)
    rows = text.split("<tr id=")

    assert "règle locale" not in rows[1]
    assert "règle locale" in rows[2]
    assert "30 jours" in rows[2]
    assert "Règlement intérieur, art 20" in rows[2]
    assert "23 juillet 2015" in rows[2]
    assert "23 juillet 2015" not in rows[1]


def test_the_rules_of_an_unknown_authority_are_not_found(reader: Reader) -> None:
    assert reader.get("/law/rules?authority=nowhere").status_code == 404


def test_two_versions_stand_side_by_side_where_they_differ(
    reader: Reader, services: FakeServices
) -> None:
    other = {**RULE, "value": 2, "written": "112-14 art 116"}
    province = {
        **PACK,
        "version": "ma-province@2015-07-23",
        "pack": "ma-province",
        "rules": [other],
    }
    services.answer("review", "GET", "/law/packs", {"packs": [PACK, province]})

    page = reader.get("/law/changes?from=ma-commune@2015-07-23&to=ma-province@2015-07-23")

    text = html.unescape(page.get_data(as_text=True))
    assert "3 mois" in text
    assert "2 mois" in text
    assert "article 116 de la loi 112-14" in re.sub("<[^>]+>", "", text)


def test_a_version_that_is_none_shows_those_in_force(reader: Reader) -> None:
    assert reader.get("/law/changes?from=x&to=y").status_code == 200


@pytest.mark.parametrize(
    ("language", "law", "decree"),
    [
        ("ar", "الظهير الشريف رقم 1.15.85 بتاريخ 7 يوليوز 2015", "المرسوم رقم 2.16.403، المادة 3"),
        ("fr", "Dahir n° 1-15-85 du 7 juillet 2015", "décret n° 2-16-403, article 3"),
        ("en", "Dahir 1-15-85, 7 July 2015", "decree 2-16-403, article 3"),
    ],
)
def test_sources_are_in_the_readers_language_and_named_where_they_are_not_the_laws_own(
    reader: Reader, services: FakeServices, language: Language, law: str, decree: str
) -> None:
    rows = rows_of(reader, services, "ma-commune", language)
    page = html.unescape(reader.get(f"/law/rules?lang={language}").get_data(as_text=True))

    assert law in page
    assert decree in rows["file-identity-cards"]
    assert law not in rows["refusal-notice"]
