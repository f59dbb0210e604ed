"""Packs as files: versions, what is broken and where, what differs between two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shared.law import packs
from shared.law.clock import due
from shared.law.errors import LawError, PackError
from shared.law.pack_files import read_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat
COMMUNE = packs.PACKS_FOLDER / "ma-commune" / "2015-07-23.toml"


def test_the_three_packs_are_there_and_sound():
    assert packs.PACKS == ("ma-commune", "ma-province", "ma-region")
    assert [pack.version for pack in packs.load_all()] == list(packs.versions())


def test_every_rule_carries_article_source_kind_date_and_texts():
    for pack in packs.load_all():
        for rule in pack.rules:
            assert rule.article.isdigit()
            assert rule.source["en"].startswith("Law 41-90" if rule.elsewhere else "Dahir 1-15-8")
            assert rule.source["fr"].startswith(
                "Loi n° 41-90" if rule.elsewhere else "Dahir n° 1-1"
            )
            assert rule.source["ar"].startswith("القانون رقم 41.90" if rule.elsewhere else "الظهير")
            assert rule.kind == "law"
            assert rule.valid_from == D("2015-07-23")
            assert all(rule.name[language] for language in ("ar", "fr", "en"))


def test_the_first_version_holds_from_its_day_on():
    assert packs.load_pack("ma-commune", D("2015-07-23")).version == "ma-commune@2015-07-23"
    assert packs.load_pack("ma-commune", None).version == "ma-commune@2015-07-23"

    with pytest.raises(LawError) as refused:
        packs.load_pack("ma-commune", D("2015-07-22"))

    assert refused.value.field == "on"


def test_an_unknown_pack_or_version_is_refused():
    with pytest.raises(LawError) as unknown:
        packs.load_pack("ma-douar", None)
    with pytest.raises(LawError) as version:
        packs.load_version("ma-commune@2014-01-01")

    assert unknown.value.field == "pack"
    assert version.value.field == "version"


def broken(folder: Path, old: str, new: str) -> Path:
    """Write the commune's pack with one passage changed."""
    text = COMMUNE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "ma-commune" / "2015-07-23.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


SOURCE = next(
    f'article = "125"\n{line}'
    for line in COMMUNE.read_text(encoding="utf-8").splitlines()
    if line.startswith("source")
)
FULL = 'article = "125"\nsource = { ar = "1.15", fr = "Loi", en = "Law" }'
AGENDA = 'value = 20\nunit = "days"\ndirection = "backward"'
FIRST_SOURCE = 'kind = "law"\nvalid_from = 2015-07-23\nvalue = 3'


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        (AGENDA, AGENDA.replace("20", '"20"'), "agenda-to-governor", "value"),
        (AGENDA, AGENDA.replace("20", "0"), "agenda-to-governor", "value"),
        (AGENDA, AGENDA.replace("20", "true"), "agenda-to-governor", "value"),
        (AGENDA, AGENDA.replace("20", "20.0"), "agenda-to-governor", "value"),
        (AGENDA, AGENDA.replace("days", "weeks"), "agenda-to-governor", "unit"),
        (AGENDA, AGENDA.replace("backward", "sideways"), "agenda-to-governor", "direction"),
        (AGENDA, AGENDA.replace("value = 20\n", ""), "agenda-to-governor", "value"),
        (AGENDA, AGENDA + "\npausable = true", "agenda-to-governor", "pausable"),
        (AGENDA, AGENDA + "\nvalues = 3", "agenda-to-governor", "values"),
        (AGENDA, AGENDA + '\nthen_may_be = ["next-day"]', "agenda-to-governor", "then"),
        (AGENDA, AGENDA + "\nextendable_by = -1", "agenda-to-governor", "extendable_by"),
        ('id = "notice-to-members"', 'id = "posting"', "posting", "id"),
        ('id = "notice-to-members"\n', "", "terms number 3", "id"),
        ('id = "agenda-to-governor"', 'id = "agenda"', "ordinary-sessions", "agenda_rule"),
        (FIRST_SOURCE, FIRST_SOURCE.replace("law", "custom"), "refusal-notice", "kind"),
        (FIRST_SOURCE, FIRST_SOURCE.replace("law", "local"), "refusal-notice", "kind"),
        (FIRST_SOURCE, FIRST_SOURCE.replace("2015", "2016"), "refusal-notice", "valid_from"),
        ('article = "125"', 'article = ""', "refusal-notice", "article"),
        (SOURCE, 'article = "125"\nsource = "Dahir"', "refusal-notice", "source"),
        (SOURCE, 'article = "125"\nsource = { ar = "1", en = "1" }', "refusal-notice", "source.fr"),
        (SOURCE, FULL.replace("fr =", "de ="), "refusal-notice", "de"),
        (SOURCE, FULL.replace("Loi", " "), "refusal-notice", "source.fr"),
        (SOURCE, FULL.replace("1.15", "1-15"), "refusal-notice", "source.ar"),
        ('en = "Last day to notify the pet', 'de = "', "refusal-notice", "de"),
        ('en = "opening of the session"', 'en = " "', "agenda-to-governor", "start.en"),
        ("value = 100, below = 35000", "value = 100", "signatures", "tiers"),
        ("value = 100, below", "value = -1, below", "signatures", "tiers"),
        ("call = 2", "call = 1", "quorum-call-3", "call"),
        ('basis = "votes-cast"', 'basis = "members-in-office"', "majorities", "basis"),
        ("more_than = [1, 2]", "more_than = [2, 2]", "majority-votes-cast", "more_than"),
        ("more_than = [1, 2]\n", "", "majority-votes-cast", "more_than"),
        ('second = "votes-cast"', 'second = "all"', "majority-members-in-office", "second"),
        ('id = "president-removal"', 'id = "shared-powers"', "majority-three-quarters", "matters"),
        ("up_to = 13, value = 3", "up_to = 13, value = 11", "vice-presidents", "by_size"),
        ("at_least = 15, up_to = 15", "at_least = 13, up_to = 15", "vice-presidents", "by_size"),
        ("months = [2, 5, 10]", "months = [2, 5, 13]", "ordinary-sessions", "months"),
        ('unit = "days", least = 1', 'unit = "days", least = 99', "president-to-bureau", "allowed"),
        ("extendable_by = 30", "extendable_by = -1", "completion-answer-due", "extendable_by"),
        ('id = "visa-tacit"', 'id = "visa"', "terms", "id"),
        (
            "years_more_than = 3",
            "years_more_than = -3",
            "association-conditions",
            "years_more_than",
        ),
        ("least = 3\nmost = 10", "least = 3\nmost = 0", "vice-presidents", "most"),
        ("least = 3\nmost = 10", "least = 0\nmost = 10", "vice-presidents", "least"),
        ('others = ["president"]', "others = []", "chair-not-president", "others"),
        ('call = 2\nshare = "any"', 'call = 1\nshare = "any"', "governor-quorum-call-2", "call"),
        ('pack = "ma-commune"', 'pack = "ma-communes"', "(head)", "pack"),
        ("valid_from = 2015-07-23", "valid_from = 2015-07-24", "(head)", "valid_from"),
        ('authority = "commune"', 'autority = "commune"', "(head)", "autority"),
        ("[law]", "[law", "(head)", "-"),
        ("[[sessions]]", "[[quorums]]", "ordinary-sessions", "months"),
        ("[[visas]]", "[[seen_to]]", "visas", "id"),
    ],
)
def test_a_broken_pack_names_its_file_rule_and_field(tmp_path, old, new, rule, field):
    with pytest.raises(PackError) as refused:
        read_pack(broken(tmp_path, old, new))

    assert refused.value.file == "2015-07-23.toml"
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert f"2015-07-23.toml: rule {rule}: field {field}: " in str(refused.value)


def test_another_kind_of_authority_needs_no_code(tmp_path):
    text = COMMUNE.read_text(encoding="utf-8").replace("ma-commune", "ma-douar")
    folder = tmp_path / "ma-douar"
    folder.mkdir()
    path = folder / "2015-07-23.toml"
    path.write_text(text, encoding="utf-8")

    pack = read_pack(path)

    assert pack.version == "ma-douar@2015-07-23"
    assert due(pack, "visa-tacit", D("2026-02-16")).due_on == D("2026-03-08")


def test_a_later_version_is_used_from_its_day_and_its_changes_are_listed(tmp_path, monkeypatch):
    folder = tmp_path / "ma-commune"
    folder.mkdir()
    text = COMMUNE.read_text(encoding="utf-8")
    (folder / "2015-07-23.toml").write_text(text, encoding="utf-8")
    reformed = text.replace("2015-07-23", "2027-01-01").replace("value = 100,", "value = 50,")
    (folder / "2027-01-01.toml").write_text(reformed, encoding="utf-8")
    monkeypatch.setattr(packs, "PACKS_FOLDER", tmp_path)
    packs._starts.cache_clear()
    packs._read.cache_clear()

    old = packs.load_pack("ma-commune", D("2026-12-31"))
    new = packs.load_pack("ma-commune", D("2027-01-01"))
    found = packs.changes(old, new)
    packs._starts.cache_clear()
    packs._read.cache_clear()

    assert (old.version, new.version) == ("ma-commune@2015-07-23", "ma-commune@2027-01-01")
    changed = {(change.rule, change.field) for change in found if change.field != "valid_from"}
    assert changed == {("signatures", "tiers")}


def test_a_rule_taken_away_is_a_change_too():
    pack = packs.load_pack("ma-commune", None)

    found = packs.changes(pack, replace(pack, terms=pack.terms[1:]))

    assert {change.rule for change in found} == {"refusal-notice"}
    assert {change.after for change in found} == {None}
