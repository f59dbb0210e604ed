"""Every service refuses in the asked language: strangers, foreign ids, addresses that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from shared.testing.harness import AUTHORITY
from shared.web.auth import EVERYONE, SIGNED_IN
from tests.integration.security.refusals import assert_is_problem, fields_of, nothing_changes
from tests.integration.security.routes import Route, routes_of
from tests.integration.security.worlds import OTHER, World

ARABIC = re.compile("[\u0600-\u06ff]")
LANGUAGES = ("ar", "fr", "en")


def all_refusals(world: World, language: str) -> Mapping[str, Any]:
    """What a stranger, a broken token and another authority's people are told, by call."""
    spoken = {"Accept-Language": language, "If-Match": '"1"'}
    broken = {**spoken, "Authorization": "Bearer a.b.c"}
    told = {}
    for route in [one for one in routes_of(world) if EVERYONE not in one.roles]:
        ask = (route.method, route.at(world), route.body())
        told[f"{route} without a token"] = world.ask(*ask, headers=spoken)
        told[f"{route} with a broken token"] = world.ask(*ask, headers=broken)
        if "404" in route.operation.get("responses", {}) or route.names:
            who = {"role": _role(route), "authority": OTHER}
            told[f"{route} from elsewhere"] = world.ask(*ask, headers=spoken, **who)
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_is_told_so_in_their_language(world: World, language: str) -> None:
    with nothing_changes(world.harness):
        told = all_refusals(world, language)

    assert told
    for call, answer in told.items():
        assert answer.status_code in {401, 403, 404, 415, 422}, call
        assert_is_problem(answer)
        assert answer.headers["Content-Language"] == language
        for sentence in (answer.json["title"], answer.json["detail"], *_remedies(answer)):
            assert bool(ARABIC.search(sentence)) == (language == "ar"), (call, sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_is_none_is_told_so_in_the_asked_language(
    world: World, language: str
) -> None:
    spoken = {"Accept-Language": language}
    unknown = world.ask("GET", "/nothing-here", headers=spoken)
    misused = world.ask("DELETE", f"/authorities/{AUTHORITY}", headers=spoken)

    for answer, status in ((unknown, 404), (misused, 405)):
        assert answer.status_code == status
        assert_is_problem(answer)
        assert bool(ARABIC.search(answer.json["remedy"])) == (language == "ar")


def test_an_unknown_language_is_refused_by_name(world: World) -> None:
    answer = world.ask("GET", "/health?lang=tlh", headers={"Accept-Language": "fr"})

    assert answer.status_code == 422
    assert fields_of(answer) == ["lang"]
    assert answer.headers["Content-Language"] == "fr"


def test_a_language_that_nobody_speaks_here_is_answered_in_arabic(world: World) -> None:
    answer = world.ask("GET", "/nothing-here", headers={"Accept-Language": "tlh"})

    assert answer.headers["Content-Language"] == "ar"


def _role(route: Route) -> str:
    return "secretariat" if SIGNED_IN in route.roles else route.roles[0]


def _remedies(answer: Any) -> list[str]:
    named = [one["remedy"] for one in answer.json.get("errors", [])]
    return [*named, answer.json["remedy"]] if "remedy" in answer.json else named
