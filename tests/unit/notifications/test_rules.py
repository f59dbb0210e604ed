"""The table of rules is whole: every row has its people, its text in three languages, its facts."""

from __future__ import annotations

import dataclasses

import pytest

from services.notifications.audiences import AUDIENCES, ROLES_TOLD
from services.notifications.details import DETAILS
from services.notifications.handlers import HANDLERS
from services.notifications.notice_rule import Rule
from services.notifications.rules import RULES
from services.notifications.texts import TEXTS
from shared.broker.topology import SUBSCRIPTIONS
from shared.events.catalogue import kind_of
from shared.web.i18n import use_language

NAMES = [rule.notice_kind for rule in RULES]
MUST_BE_TOLD = {
    "petition.filed.v1",
    "case.opened.v1",
    "case.completion_requested.v1",
    "case.admitted.v1",
    "case.refused.v1",
    "case.referred.v1",
    "case.withdrawn.v1",
    "consultation.requested.v1",
    "consultation.lapsed.v1",
    "consultation.cancelled.v1",
    "opinion.submitted.v1",
    "session.convened.v1",
    "sitting.count_questioned.v1",
    "item.scheduled.v1",
    "item.deliberated.v1",
    "item.rectified.v1",
    "decision.adopted.v1",
    "decision.rejected.v1",
    "decision.transmitted.v1",
    "decision.enforceable.v1",
    "case.deadline_approaching.v1",
    "case.deadline_missed.v1",
    "membership.granted.v1",
}


def test_every_step_that_concerns_people_is_told() -> None:
    assert MUST_BE_TOLD - {rule.event.TYPE for rule in RULES} == set()


def test_a_kind_of_notice_and_an_event_stand_in_one_row_only() -> None:
    assert len(set(NAMES)) == len({rule.event for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_rule_has_known_people_a_text_and_a_handler_of_its_name(rule: Rule) -> None:
    assert all((name in AUDIENCES) is not (name in ROLES_TOLD) for name in rule.tells)
    assert rule.notice_kind in TEXTS
    assert HANDLERS[rule.event].__name__ == rule.handler


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_fact_of_a_rule_is_a_field_of_its_event_and_has_a_label(rule: Rule) -> None:
    fields = {
        field.name
        for declared in (rule.event, rule.event.AFTER)
        for field in dataclasses.fields(declared)  # type: ignore[arg-type]
    }
    labelled = {key for key, _label, _shape in DETAILS} | {"session"}

    assert set(rule.facts) <= fields
    assert set(rule.facts) <= labelled


def test_the_bus_brings_every_kind_that_a_rule_needs() -> None:
    needed = {kind_of(event.TYPE) for event in HANDLERS}

    assert needed <= set(SUBSCRIPTIONS["notifications"])


@pytest.mark.parametrize("kind", TEXTS)
def test_every_text_differs_between_the_three_languages(kind: str) -> None:
    text = TEXTS[kind]
    said = []
    for language in ("ar", "fr", "en"):
        with use_language(language):
            said.append((str(text.title), str(text.what), str(text.next)))

    for sentences in zip(*said, strict=True):
        assert len(set(sentences)) == 3
