from services.portal import event_words, words
from services.portal.forms import Field, Form, payload, scoped, show
from services.portal.timelines import legal_step, standing, timeline_acts
from shared.events import all as _all  # noqa: F401 it makes every event known
from shared.events.catalogue import EVENTS
from shared.web.i18n import lazy_gettext, use_language

LEDGERS_OWN = {"checkpoint.signed", "divergence.found"}
TEXT = lazy_gettext("Subject")


def form(*fields: Field) -> Form:
    return Form(name="act", title=TEXT, button=TEXT, fields=fields, is_act=False)


def test_every_event_has_its_words() -> None:
    known = {event_words.event_kind(type_) for type_ in EVENTS} - LEDGERS_OWN

    assert known - set(event_words.EVENTS) == set()


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert words.word(words.OUTCOMES, "unheard-of") == "unheard-of"
    assert words.word(words.OUTCOMES, None) == ""


def test_empty_fields_are_left_out_and_numbers_are_numbers() -> None:
    asked = form(
        Field(name="subject.ar", label=TEXT),
        Field(name="subject.fr", label=TEXT),
        Field(name="count", label=TEXT, kind="number"),
        Field(name="agreed", label=TEXT, kind="yes"),
    )

    body, errors = payload(asked, {"subject.fr": " Un ", "count": "٣", "agreed": "yes"})

    assert body == {"subject": {"fr": "Un"}, "count": 3, "agreed": True}
    assert errors == {}


def test_a_field_that_names_a_place_is_not_sent() -> None:
    asked = form(Field(name="committee", label=TEXT, is_place=True))

    assert payload(asked, {"committee": "x"}) == ({}, {})


def test_forms_of_several_subjects_have_inputs_of_their_own() -> None:
    field = Field(name="votes", label=TEXT)

    assert show(scoped(form(field), 7), "/").input_name(field) == "act_7-votes"


def test_a_step_shows_the_day_to_act_by_and_the_legal_day() -> None:
    step = {"act": "decide", "who": "bureau", "due_on": "2024-01-16", "safe_on": "2024-01-15"}

    with use_language("en"):
        shown = legal_step(step, None)

    assert shown is not None
    assert (shown["due_on"], shown["legal_on"]) == ("2024-01-15", "2024-01-16")
    assert shown["who"] == "Council bureau"


def test_an_act_names_the_committee_it_is_about() -> None:
    act = {"type": "case.referred.v1", "acted_on": "2024-01-01", "what": {"committee": "c"}}

    assert timeline_acts([act], {"c": {"fr": "Finances"}})[0]["text"] == {"fr": "Finances"}


def test_a_petition_stands_where_its_decision_stands() -> None:
    assert standing({"state": "referred", "decisions": [{"state": "adopted"}]}) == (
        "decision",
        "adopted",
    )
    assert standing({"state": "referred", "items": [{"state": "scheduled"}]}) == (
        "case",
        "scheduled",
    )
    assert standing({"state": "open"}) == ("case", "open")
