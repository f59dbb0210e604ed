from importlib import import_module

import pytest

from services.portal import event_words, ledger_words, session_words, words
from services.portal.forms import Field, Form, payload, scoped, show
from services.portal.state_labels import STATES
from services.portal.timelines import legal_step, standing, timeline_acts
from shared.events import all as _all  # noqa: F401 it makes every event known
from shared.events.catalogue import EVENTS
from shared.events.event_words import EVENT_WORDS
from shared.web.i18n import lazy_gettext, use_language

LEDGERS_OWN = {"checkpoint.signed", "divergence.found"}
TEXT = lazy_gettext("Subject")


def form(*fields: Field) -> Form:
    return Form(name="act", title=TEXT, button=TEXT, fields=fields, is_act=False)


def test_every_event_has_its_words() -> None:
    known = {event_words.event_kind(type_) for type_ in EVENTS} - LEDGERS_OWN

    assert known - set(EVENT_WORDS) == set()


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


WORKFLOWS = (
    ("intake.workflow", "PetitionState", "petition"),
    ("review.cases.workflow", "CaseState", "case"),
    ("review.cases.consultation_workflow", "ConsultationState", "consultation"),
    ("review.sessions.workflow", "SessionState", "session"),
    ("review.sessions.sitting_workflow", "SittingState", "sitting"),
    ("review.sessions.workflow", "ItemState", "item"),
    ("review.control.workflow", "DecisionState", "decision"),
    ("review.council.workflow", "MandateState", "mandate"),
    ("review.council.workflow", "CommitteeState", "committee"),
    ("opinions.workflow", "BodyState", "body"),
    ("opinions.workflow", "OpinionState", "opinion"),
    ("notifications.workflow", "NoticeState", "notice"),
    ("identity.memberships.workflow", "MembershipState", "membership"),
    ("identity.authorities.workflow", "AuthorityState", "authority"),
)


@pytest.mark.parametrize(("module", "name", "kind"), WORKFLOWS)
def test_every_state_of_every_workflow_has_its_words(module: str, name: str, kind: str) -> None:
    states = {state.value for state in getattr(import_module(f"services.{module}"), name)}

    assert states - {"new"} - set(STATES[kind]) == set()


CODES = (
    ("review.cases.codes", "REFUSAL_REASONS", words.REFUSAL_REASONS),
    ("review.cases.codes", "MISSING", words.MISSING),
    ("review.cases.codes", "OUTCOMES", words.OUTCOMES),
    ("review.cases.codes", "CANCELLING_REASONS", words.CANCELLINGS),
    ("review.cases.codes", "REOPENING_REASONS", words.REOPENINGS),
    ("review.council.workflow", "RECOMMENDATIONS", words.RECOMMENDATIONS),
    ("review.sessions.codes", "SESSION_KINDS", session_words.SESSION_KINDS),
    ("review.sessions.codes", "CALLED_BY", session_words.CALLED_BY),
    ("review.sessions.codes", "POSTPONEMENT_REASONS", session_words.POSTPONEMENTS),
    ("review.sessions.codes", "DROPPING_REASONS", session_words.DROPPINGS),
    ("review.sessions.codes", "ITEM_REASONS", session_words.ENDINGS),
    ("review.sessions.codes", "OBJECTION_OUTCOMES", session_words.OBJECTION_OUTCOMES),
    ("review.sessions.codes", "NOTICES", session_words.NOTICES),
    ("review.sessions.codes", "CHANNELS", session_words.NOTICE_CHANNELS),
    ("review.control.codes", "ANSWERS", words.ANSWERS),
    ("opinions.schemas", "DECLINE_REASONS", words.DECLINING),
    ("intake.schemas", "DOCUMENT_KINDS", words.MISSING),
    ("intake.schemas", "PETITIONERS", words.PETITIONERS),
    ("audit.reasons", "EXPLANATIONS", ledger_words.DIFFERENCES),
)


@pytest.mark.parametrize(("module", "name", "table"), CODES)
def test_forms_offer_exactly_the_codes_that_services_take(
    module: str, name: str, table: words.Words
) -> None:
    assert set(getattr(import_module(f"services.{module}"), name)) == set(table)
