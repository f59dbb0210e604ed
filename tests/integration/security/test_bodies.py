"""What no route takes, whatever its schema: tried on every route with a JSON body."""

from __future__ import annotations

from typing import Any

import pytest

from shared.web.auth import EVERYONE
from shared.web.bodies import DEEPEST
from tests.integration.security.refusals import assert_is_problem
from tests.integration.security.routes import Route, routes_of
from tests.integration.security.worlds import World

JSON = "application/json"
DEEP = "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)
DEEPER = '{"a":' * 50_000 + "1" + "}" * 50_000
BAD_BODIES = {
    "no JSON": (b"{", JSON, 400),
    "no UTF-8": (b'{"a": "\xff"}', JSON, 400),
    "a number of 5000 digits": (b'{"a": ' + b"9" * 5000 + b"}", JSON, 400),
    "JSON deeper than any reader goes": (DEEPER.encode(), JSON, 400),
    "JSON nested too deeply": (f'{{"a": {DEEP}}}'.encode(), JSON, 422),
    "a field given twice": (b'{"a": 1, "a": 2}', JSON, 422),
    "a NUL in a text": (rb'{"a": "x\u0000y"}', JSON, 422),
    "half a surrogate": (rb'{"a": "\ud800"}', JSON, 422),
    "no number": (b'{"a": NaN}', JSON, 422),
    "a number beyond all": (b'{"a": 1e400}', JSON, 422),
    "a number beyond 53 bits": (b'{"a": 9007199254740993}', JSON, 422),
    "a list": (b"[1]", JSON, 422),
    "a word": (b'"word"', JSON, 422),
    "an unknown field": (b'{"a": 1}', JSON, 422),
    "a form": (b"a=1", "application/x-www-form-urlencoded", 415),
    "a text": (b'{"a": 1}', "text/plain", 415),
}


@pytest.fixture
def with_json(world: World) -> list[Route]:
    """The routes that read a JSON object through a schema."""
    return [
        route
        for route in routes_of(world)
        if route.body() is not None and "law" not in route.path and _role(route) != "nobody"
    ]


@pytest.mark.parametrize("name", list(BAD_BODIES))
def test_a_bad_body_is_named_and_changes_nothing(
    world: World, with_json: list[Route], name: str
) -> None:
    body, media_type, status = BAD_BODIES[name]
    before = world.counts()

    told = {str(route): _send(world, route, body, media_type) for route in with_json}

    assert {call: answer.status_code for call, answer in told.items()} == dict.fromkeys(
        told, status
    )
    assert world.counts() == before
    for answer in told.values():
        assert_is_problem(answer)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_bad_field_is_told_in_the_asked_language(
    world: World, with_json: list[Route], language: str
) -> None:
    for route in with_json:
        answer = _send(world, route, b'{"a": 1}', JSON, {"Accept-Language": language})

        named = {one["field"]: one for one in answer.json["errors"]}
        assert named["a"]["message"] == UNKNOWN_FIELD[language]
        assert named["a"]["remedy"]
        assert answer.headers["Content-Language"] == language


def test_a_query_with_a_nul_is_refused(world: World) -> None:
    reads = [route for route in routes_of(world) if route.method == "GET" and not route.names]
    for route in reads:
        answer = world.ask("GET", f"{route.path}?cursor=a%00b&lang=fr", role=_role(route))

        assert answer.status_code == 422, (str(route), answer.text)
        assert [one["field"] for one in answer.json["errors"]] == ["cursor"]


def test_an_address_with_a_nul_is_not_there(world: World) -> None:
    reads = [route for route in routes_of(world) if route.method == "GET" and route.names]
    for route in reads:
        path = route.path
        for name in route.names:
            path = path.replace(f"{{{name}}}", "a%00b")

        assert world.ask("GET", path, role=_role(route)).status_code == 404, str(route)


def test_a_foreign_page_marker_is_refused(world: World) -> None:
    lists = [
        route
        for route in routes_of(world)
        if any(one.get("name") == "cursor" for one in route.operation.get("parameters", ()))
    ]
    for route in lists:
        for marker in ("x", "W10", "WzEsMiwzLDRd", "W251bGxd", "Wy0xXQ", "é", "W1tbMV1dXQ"):
            sign = "&" if "?" in route.at(world) else "?"
            answer = world.ask("GET", f"{route.at(world)}{sign}cursor={marker}", role=_role(route))

            assert answer.status_code in {404, 422}, (str(route), marker, answer.text)


UNKNOWN_FIELD = {"ar": "خانة غير معروفة.", "fr": "Champ inconnu.", "en": "Unknown field."}


def _role(route: Route) -> str | None:
    if EVERYONE in route.roles:
        return None
    return next((role for role in route.roles if role != "signed-in"), "secretariat")


def _send(world: World, route: Route, body: bytes, media_type: str, headers: Any = None) -> Any:
    sent = {"If-Match": '"1"', **(headers or {})}
    return world.ask(
        route.method,
        route.at(world),
        role=_role(route),
        headers=sent,
        data=body,
        content_type=media_type,
    )
