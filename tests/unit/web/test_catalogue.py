from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from shared.web import catalogue, catalogue_checks, catalogue_files, catalogue_update, i18n

PAGE = """{% trans name=who %}Hello
   {{ name }}{% endtrans %} {{ _("Petitions") }} {{ pgettext("item", "Adopted") }}"""
CODE = """
from shared.errors import DomainError, InvalidInput
from shared.web.i18n import gettext as _, lazy_gettext, ngettext

class TooSmall(InvalidInput): ...
LABEL = lazy_gettext("A label")

def act(n):
    _("A sentence.")
    ngettext("%(num)s vote", "%(num)s votes", n)
    raise TooSmall("It has only "
                   "%(count)s parts.", field="parts", remedy="Add one more.", count=n)

class TooSlow(TooSmall):
    def __init__(self, seconds):
        super().__init__("It took %(seconds)s seconds.", seconds=seconds)

class Elsewhere(Exception):
    def __init__(self):
        super().__init__("Not for people either.")

def other():
    raise DomainError("NO_ROUTE")
    raise ValueError("not for people")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one module and one page."""
    (tmp_path / "shared").mkdir()
    pages = tmp_path / "services" / "portal" / "templates"
    pages.mkdir(parents=True)
    (pages / "hello.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "services" / "portal" / "code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "shared" / "errors.py").write_text(
        "class DomainError(Exception): ...\nclass InvalidInput(DomainError): ...\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three empty catalogues of the test's own."""
    folder = tmp_path / "locale"
    monkeypatch.setattr(i18n, "_LOCALE_FOLDER", folder)
    for language in i18n.LANGUAGES:
        catalogue_files.write(language, Catalog(locale=language, fuzzy=False))
    i18n._translations.cache_clear()
    yield folder
    i18n._translations.cache_clear()


def template_of(*messages: str) -> Catalog:
    template = Catalog(fuzzy=False)
    for message in messages:
        template.add(message)
    return template


def test_strings_are_found_in_code_pages_and_refusals(project: Path) -> None:
    template = catalogue_files.extract(project)

    assert set(catalogue_update.in_use(template)) == {
        "Hello %(name)s",
        "Petitions",
        "item|Adopted",
        "A label",
        "A sentence.",
        "%(num)s vote",
        "It has only %(count)s parts.",
        "Add one more.",
        "It took %(seconds)s seconds.",
    }


def test_a_new_string_is_reported_until_it_is_translated(locale: Path) -> None:
    template = template_of("Petitions")
    before = catalogue_checks.findings(template)

    catalogue_update.update(template, prune=False)
    after_update = catalogue_checks.findings(template)
    catalogue_update.fill({"ar": {"Petitions": "عرائض"}, "fr": {"Petitions": "Pétitions"}})

    assert before == [f"{code}: missing, run --update: 'Petitions'" for code in ("ar", "fr", "en")]
    assert after_update == ["ar: untranslated: 'Petitions'", "fr: untranslated: 'Petitions'"]
    assert catalogue_checks.findings(template) == []


def test_a_string_no_longer_used_is_kept_aside_and_comes_back(locale: Path) -> None:
    template = template_of("Petitions")
    catalogue_update.update(template, prune=False)
    catalogue_update.fill({"fr": {"Petitions": "Pétitions"}})

    catalogue_update.update(template_of(), prune=False)
    unused = catalogue_checks.findings(template_of())
    catalogue_update.update(template, prune=False)

    assert "fr: obsolete, run --update --prune: 'Petitions'" in unused
    assert catalogue_update.in_use(catalogue_files.read("fr"))["Petitions"].string == "Pétitions"


def test_pruning_drops_what_is_not_used(locale: Path) -> None:
    catalogue_update.fill({"fr": {"Petitions": "Pétitions"}})

    catalogue_update.update(template_of(), prune=True)

    assert catalogue_checks.findings(template_of()) == []


def test_a_translation_with_other_values_is_reported(locale: Path) -> None:
    template = template_of("Hello %(name)s")
    catalogue_update.update(template, prune=False)
    catalogue_update.fill({"ar": {"Hello %(name)s": "أهلا"}, "fr": {"Hello %(name)s": "%(nom)s"}})

    assert catalogue_checks.findings(template) == [
        "ar: placeholders differ, ['name'] became []: 'Hello %(name)s'",
        "fr: placeholders differ, ['name'] became ['nom']: 'Hello %(name)s'",
    ]


def test_a_plural_needs_all_its_forms_but_may_leave_the_figure_out(locale: Path) -> None:
    template = Catalog(fuzzy=False)
    template.add(("%(num)s vote", "%(num)s votes"))
    catalogue_update.update(template, prune=False)
    french, arabic = ["une voix", "%(num)s voix"], ["0", "صوت", "صوتان", "", "4", "5"]
    catalogue_update.fill({"fr": {"%(num)s vote": french}, "ar": {"%(num)s vote": arabic}})

    assert catalogue_checks.findings(template) == ["ar: untranslated: '%(num)s vote'"]


def test_an_uncertain_translation_is_reported(locale: Path) -> None:
    uncertain = Catalog(locale="fr", fuzzy=False)
    uncertain.add("Petitions", "Pétitions", flags=["fuzzy"])
    catalogue_files.write("fr", uncertain)

    assert "fr: fuzzy: 'Petitions'" in catalogue_checks.findings(template_of("Petitions"))


def test_the_files_name_no_person_place_or_moment(locale: Path) -> None:
    catalogue_update.update(template_of("Petitions"), prune=False)

    text = (locale / "fr" / "LC_MESSAGES" / "arida.po").read_text(encoding="utf-8")

    assert text == (
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\nmsgid "Petitions"\nmsgstr ""\n\n'
    )


def test_updating_twice_changes_nothing(locale: Path, project: Path) -> None:
    template = catalogue_files.extract(project)
    catalogue_update.update(template, prune=False)
    first = {path: path.read_bytes() for path in locale.rglob("*.po")}

    catalogue_update.update(template, prune=False)

    assert {path: path.read_bytes() for path in locale.rglob("*.po")} == first


def test_the_check_ends_with_1_and_names_each_string(
    locale: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogue, "ROOT", project)

    code = catalogue.main(["--update", "--check"])

    assert code == 1
    assert "fr: untranslated: 'A sentence.'" in capsys.readouterr().err
