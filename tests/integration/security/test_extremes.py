"""Each field of each route at its ends: the first and last day there is, huge numbers, long texts.

These requests may be sound, so they may change something; none may break the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from shared.web.auth import EVERYONE, SIGNED_IN
from tests.integration.security.routes import Route, routes_of
from tests.integration.security.worlds import World

ENDS: Mapping[str, tuple[Any, ...]] = {
    "date": ("0001-01-01", "1900-01-01", "9999-12-31", "2023-02-30", "2023-10-16T00:00", ""),
    "integer": (-1, 0, 2**31, 2**53, 1.5, "1", True),
    "string": ("", " ", "x" * 200_000, "\u202e", "'; --", "%(x)s %s {}", 1, ["x"]),
    "uuid": ("00000000-0000-0000-0000-000000000000", "x", 1),
    "boolean": ("yes", 2, "x"),
    "array": ([], ["x"] * 5000, [None], {}),
    "object": ({}, [], {"fr": " "}, {"fr": 1}, {"x": "y"}),
}

pytestmark = pytest.mark.early(20)

TAKEN_APART = {"object", "array"}


def test_no_value_of_a_field_breaks_the_program(world: World) -> None:
    told = {}
    for route in routes_of(world):
        for place, body in _bodies(route):
            headers = {"If-Match": '"1"', "Accept-Language": "fr"}
            role = None if EVERYONE in route.roles else _role(route)
            answer = world.ask(route.method, route.at(world), body, role=role, headers=headers)
            told[f"{route} {place}"] = answer.status_code

    assert {call: status for call, status in told.items() if status >= 500} == {}


@pytest.mark.parametrize("world", ["intake"], indirect=True)
def test_every_end_of_every_field_is_tried(world: World) -> None:
    tried = [place for route in routes_of(world) for place, _ in _bodies(route)]

    assert any("association.founded_on" in place for place in tried)


def _role(route: Route) -> str:
    return "secretariat" if SIGNED_IN in route.roles else route.roles[0]


def _bodies(route: Route) -> Iterator[tuple[str, Any]]:
    """The route's body with one field at one of its ends, field by field."""
    body = route.body()
    if body is None:
        return
    content = route.operation["requestBody"]["content"]["application/json"]
    for path, kind in _fields(content["schema"], route.schemas, ()):
        for end in ENDS.get(kind, ()):
            shown = end if len(str(end)) < 40 else f"{str(end)[:20]}..."
            yield f"{'.'.join(path)}={shown!r}", _with(body, path, end)


def _fields(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if path:
        yield path, schema.get("format", kind) if kind == "string" else kind
    for name, inner in schema.get("properties", {}).items():
        yield from _fields(inner, schemas, (*path, name))


def _with(body: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    name, *rest = path
    if not rest:
        return {**body, name: value}
    inner = body.get(name)
    return {**body, name: _with(inner if isinstance(inner, dict) else {}, tuple(rest), value)}
