import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from services.portal import formats
from services.portal.state_labels import STATES
from shared.web.i18n import use_language

PORTAL = Path(formats.__file__).parent
TONES = {"draft", "waiting", "active", "good", "bad", "warning", "over"}
CASES = [(kind, state) for kind, table in STATES.items() for state in table]


@pytest.fixture
def environment() -> Environment:
    """Templates as portal loads them, with a static address of the test's own."""
    loader = FileSystemLoader(PORTAL / "templates")
    made = Environment(loader=loader, autoescape=True)
    formats.install_formats(made)
    made.globals["url_for"] = lambda endpoint, filename="": f"/{endpoint}/{filename}"
    return made


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Most expectations are written in French, where the order of characters is plain to see."""
    with use_language("fr"):
        yield


def test_an_id_reads_from_left_to_right_and_is_escaped() -> None:
    assert formats.ltr("taroudant/2023/1") == Markup('<bdi dir="ltr">taroudant/2023/1</bdi>')
    assert formats.ltr("<b>") == Markup('<bdi dir="ltr">&lt;b&gt;</bdi>')
    assert formats.ltr(0) == Markup('<bdi dir="ltr">0</bdi>')
    assert formats.ltr(None) == formats.NOTHING


def test_a_date_keeps_its_iso_form_for_machines() -> None:
    assert formats.civil_date("2024-02-06") == Markup(
        '<time datetime="2024-02-06">6 février 2024</time>'
    )


def test_a_moment_keeps_utc_for_machines_and_shows_the_local_clock() -> None:
    assert formats.moment("2023-10-16T09:05:00Z") == Markup(
        '<time datetime="2023-10-16T09:05:00Z">16 octobre 2023 à 10:05</time>'
    )


def test_a_text_in_the_readers_language_is_only_escaped() -> None:
    assert formats.text({"fr": "L'eau & <la route>"}) == "L&#39;eau &amp; &lt;la route&gt;"


def test_a_text_in_another_language_says_so() -> None:
    assert formats.text({"ar": "عريضة"}) == Markup(
        '<span lang="ar" dir="rtl">عريضة</span>'
        ' <small class="language-note">(texte en arabe)</small>'
    )


def test_thousands_are_set_apart_as_each_language_does() -> None:
    assert formats.number(80149) == Markup('<bdi dir="ltr">80\u202f149</bdi>')
    with use_language("ar"):
        assert formats.number(80149) == Markup('<bdi dir="ltr">80.149</bdi>')


def test_an_act_recorded_after_its_date_says_how_much_later() -> None:
    assert formats.recorded_later("2023-11-20", "2023-11-23T14:40:00Z") == (
        "consigné 3 jours plus tard"
    )
    assert formats.recorded_later("2023-11-20", "2023-11-20T22:00:00Z") == ""


def test_an_act_recorded_after_local_midnight_is_a_day_late() -> None:
    assert formats.recorded_later("2023-11-20", "2023-11-20T23:30:00Z") == (
        "consigné 1 jour plus tard"
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "dernier jour aujourd'hui"), (1, "encore 1 jour"), (-2, "2 jours de retard")],
)
def test_a_due_date_is_told_by_its_distance(count: int, words: str) -> None:
    assert formats.days_left(count) == words


@pytest.mark.parametrize(("kind", "state"), CASES)
def test_every_state_has_a_colour_and_a_name_in_three_languages(kind: str, state: str) -> None:
    names = set()
    for language in ("ar", "fr"):
        with use_language(language):
            names.add(formats.state_label(kind, state))
    with use_language("en"):
        english = formats.state_label(kind, state)

    assert formats.state_tone(kind, state) in TONES
    assert len(names) == 2
    assert any("\u0600" <= letter <= "\u06ff" for name in names for letter in name)
    assert english


def test_a_state_is_found_with_hyphens_too() -> None:
    assert formats.state_label("sitting", "quorum-met") == formats.state_label(
        "sitting", "quorum_met"
    )
    assert formats.state_tone("sitting", "quorum-met") == "good"


def test_an_unknown_state_is_named_as_unknown() -> None:
    assert formats.state_label("case", "strange") == "État inconnu (strange)"
    assert formats.state_tone("case", "strange") == "draft"


def test_the_first_error_of_a_field_wins() -> None:
    errors = [
        {"field": "subject", "message": "Trop long.", "remedy": "Raccourcissez."},
        {"field": "subject", "message": "Autre."},
    ]

    assert formats.errors_by_field(errors) == {
        "subject": {"message": "Trop long.", "remedy": "Raccourcissez."}
    }


def test_a_date_written_into_a_template_follows_the_reader(environment: Environment) -> None:
    """Jinja would otherwise keep the words of whoever read the page first."""
    page = environment.from_string("{{ '2023-10-16'|civil_date }}")
    first = page.render()

    with use_language("ar"):
        assert "16 أكتوبر 2023" in page.render()
    assert "16 octobre 2023" in first


def test_a_timeline_shows_both_dates_of_an_act(environment: Environment) -> None:
    page = environment.from_string(
        "{% from '_macros/timeline.html' import timeline %}{{ timeline(acts) }}"
    )
    act = {"title": "Acceptée", "acted_on": "2023-11-20", "recorded_at": "2023-11-23T14:40:00Z"}

    html = page.render(acts=[act])

    assert "20 novembre 2023" in html
    assert "23 novembre 2023 à 15:40" in html
    assert "consigné 3 jours plus tard" in html


def test_a_refused_field_is_tied_to_its_error_and_the_summary(environment: Environment) -> None:
    page = environment.from_string(
        "{% from '_macros/forms.html' import error_summary, text_field %}"
        "{{ error_summary(errors, {'subject': 'Objet'}) }}"
        "{{ text_field('subject', 'Objet', value='<x>', errors=errors, required=true) }}"
    )
    errors = {"subject": {"message": "Trop long.", "remedy": "Raccourcissez."}}

    html = page.render(errors=errors)

    assert 'href="#field-subject"' in html
    assert 'id="field-subject"' in html
    assert 'aria-describedby="error-subject"' in html
    assert "Raccourcissez." in html
    assert 'value="&lt;x&gt;"' in html


@pytest.mark.parametrize("name", ["base.html", "sign_in.html", "problem.html", "print_base.html"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_pages_of_the_frame_speak_each_language_in_its_direction(
    environment: Environment, name: str, language: str
) -> None:
    problem = {"status": 404, "title": "x", "detail": "y", "errors": [], "request_id": "r"}

    with use_language(language):
        html = environment.get_template(name).render(problem=problem, action="/", csrf_token="t")

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_nothing_in_the_templates_needs_script_or_inline_style() -> None:
    """The strict content security policy would silently drop them."""
    for path in (PORTAL / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert "<script" not in source, path
        assert "style=" not in source, path
        assert not re.search(r"\son[a-z]+=", source), path
