import threading

import pytest
from jinja2 import Environment

from shared.web import i18n
from shared.web.dates import civil_date, days_between, local_moment, moment_text, utc_text
from shared.web.i18n import (
    UnknownLanguage,
    current_language,
    gettext,
    lazy_gettext,
    lazy_pgettext,
    negotiate,
    ngettext,
    pgettext,
    text_in,
    use_language,
)
from shared.web.marshmallow_messages import FIXED, WITH_VALUES, translate_message


def test_arabic_is_spoken_when_nobody_chose() -> None:
    assert current_language() == "ar"
    assert gettext("Sign in") == "تسجيل الدخول"


def test_a_language_holds_inside_its_block_only() -> None:
    with use_language("fr"):
        inside = gettext("Sign in")

    assert inside == "Se connecter"
    assert current_language() == "ar"


def test_a_language_chosen_in_one_thread_does_not_reach_another() -> None:
    seen: list[str] = []

    with use_language("en"):
        thread = threading.Thread(target=lambda: seen.append(current_language()))
        thread.start()
        thread.join()

    assert seen == ["ar"]


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(UnknownLanguage, match="'de'"), use_language("de"):
        pass


def test_values_take_their_place_in_the_translation() -> None:
    with use_language("fr"):
        assert gettext("Must be less than %(max)s.", max=5) == "Doit être inférieur à 5."


def test_the_number_of_a_law_keeps_its_order_in_arabic_and_is_left_alone_elsewhere() -> None:
    english = (
        "In writing with agenda and documents, at least {notice-to-members} before (113-14, 35)."
    )

    assert "(\u2066113-14\u2069، المادة 35)" in gettext(english)
    assert gettext("Write year, month and day, as 2024-05-01.").count("\u2066") == 1
    with use_language("fr"):
        assert "(113-14, art. 35)" in gettext(english)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "بقي يوم واحد"),
        (2, "بقي يومان"),
        (3, "بقيت 3 أيام"),
        (10, "بقيت 10 أيام"),
        (11, "بقي 11 يوما"),
        (99, "بقي 99 يوما"),
        (100, "بقي 100 يوم"),
        (103, "بقيت 103 أيام"),
    ],
)
def test_arabic_counts_with_its_six_forms(days: int, words: str) -> None:
    assert ngettext("%(num)s day left", "%(num)s days left", days) == words


def test_french_says_zero_in_the_singular() -> None:
    with use_language("fr"):
        assert ngettext("%(num)s day left", "%(num)s days left", 0) == "encore 0 jour"


def test_the_same_english_word_agrees_with_its_noun() -> None:
    with use_language("fr"):
        assert pgettext("item", "Postponed") == "Reporté"
        assert pgettext("session", "Postponed") == "Reportée"


def test_a_lazy_text_is_translated_when_it_is_read() -> None:
    plain, in_context = lazy_gettext("Sign in"), lazy_pgettext("item", "Postponed")

    with use_language("fr"):
        assert (str(plain), str(in_context)) == ("Se connecter", "Reporté")
    with use_language("en"):
        assert (str(plain), str(in_context)) == ("Sign in", "Postponed")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ar"),
        ("", "ar"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("ar-MA", "ar"),
        ("en;q=0.2, fr;q=0.7", "fr"),
        ("de, en;q=0.1", "en"),
        ("de", "ar"),
        ("*", "ar"),
        ("ar;q=0, *;q=0.5", "fr"),
        ("fr;q=0", "ar"),
        ("EN-gb", "en"),
        ("fr, ar", "fr"),
        ("fr;q=2, en", "en"),
        (";;;,,=, en", "en"),
        ("fr;q=0.500, en;q=0.5", "fr"),
    ],
)
def test_the_accepted_language_of_highest_quality_is_chosen(
    header: str | None, language: str
) -> None:
    assert negotiate(header) == language


def test_only_supported_languages_are_chosen() -> None:
    assert negotiate("ar, fr;q=0.5", supported=("fr", "en")) == "fr"


def test_a_text_comes_with_the_language_it_is_really_in() -> None:
    texts = {"ar": "عريضة", "fr": "pétition"}

    assert text_in(texts, "fr") == ("pétition", "fr")
    assert text_in(texts, "en") == ("عريضة", "ar")


def test_a_missing_text_gives_way_to_the_language_it_was_written_in() -> None:
    texts = {"ar": "عريضة", "fr": "pétition", "original": "fr"}

    assert text_in(texts, "en") == ("pétition", "fr")


def test_a_text_in_a_fourth_language_is_given_as_undetermined() -> None:
    assert text_in({"original": "una petición"}, "ar") == ("una petición", "und")


def test_a_text_in_no_language_is_an_error() -> None:
    with pytest.raises(LookupError):
        text_in({"ar": "", "fr": None}, "ar")


def test_templates_speak_the_language_of_the_reader_and_not_of_the_first_one() -> None:
    environment = Environment(autoescape=True)
    i18n.install_in_jinja(environment)
    page = environment.from_string("{{ _('Sign in') }} {{ direction() }}")

    assert page.render() == "تسجيل الدخول rtl"
    with use_language("fr"):
        assert page.render() == "Se connecter ltr"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_sentence_of_marshmallow_is_translated(language: str) -> None:
    with use_language(language):
        assert [text for text in (*FIXED, *WITH_VALUES) if gettext(text) == text] == []


def test_a_finished_sentence_of_marshmallow_is_translated_with_its_values() -> None:
    with use_language("fr"):
        assert translate_message("Length must be between 3 and 200.") == (
            "La longueur doit être comprise entre 3 et 200."
        )
        assert translate_message(
            "Must be greater than or equal to 1 and less than or equal to 9."
        ) == ("Doit être compris entre 1 et 9 inclus.")
        assert (
            translate_message("Must be one of: a, b.") == "Doit être l'une de ces valeurs : a, b."
        )
        assert translate_message("Unknown field.") == "Champ inconnu."


def test_dates_are_written_as_moroccans_write_them() -> None:
    assert civil_date("2024-08-03") == "3 غشت 2024"
    assert civil_date("2024-02-06", weekday=True) == "الثلاثاء 6 فبراير 2024"
    with use_language("fr"):
        assert civil_date("2024-08-01") == "1er août 2024"


def test_a_moment_is_told_in_the_zone_of_the_authority() -> None:
    """Morocco is one hour ahead of UTC, but not in Ramadan (March 2024)."""
    with use_language("fr"):
        assert moment_text("2024-02-06T23:30:00Z") == "7 février 2024 à 00:30"
        assert moment_text("2024-03-20T23:30:00Z") == "20 mars 2024 à 23:30"
    assert utc_text("2024-02-07T00:30:00+01:00") == "2024-02-06T23:30:00Z"


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_moment("2024-02-06T23:30:00")


def test_an_instant_is_not_taken_for_a_civil_date() -> None:
    with pytest.raises(TypeError, match="civil date"):
        civil_date(local_moment("2024-02-06T23:30:00Z"))


def test_days_between_two_dates_count_civil_days() -> None:
    assert days_between("2023-11-20", "2023-11-23") == 3
