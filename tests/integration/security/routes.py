"""Every route of a service as its application knows it, and a request that would fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.testing.harness import TODAY, person
from shared.web.openapi import openapi_of, roles_of
from tests.integration.security.worlds import World, an_id

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TEXTS = {"fr": "Un texte"}
MORE: Mapping[str, Mapping[str, Any]] = {
    "review POST /sessions/{session_id}/items": {"subject": TEXTS},
    "identity POST /memberships": {"person": person("somebody")},
    "review POST /sessions/{session_id}/sittings": {"present": 5},
    "review POST /items/{item_id}/vote": {"votes_for": 4, "votes_against": 1, "abstentions": 0},
    "review POST /items/{item_id}/taking-up": {
        "votes_for": 4,
        "votes_against": 1,
        "abstentions": 0,
    },
    "review POST /items/{item_id}/vote-rectification": {
        "votes_for": 4,
        "votes_against": 1,
        "abstentions": 0,
    },
    "review POST /items/{item_id}/recusals": {"count": 1},
    "identity POST /erasures": {"ground": "no-longer-needed"},
    "identity POST /accounts": {"name_latin": "Somebody"},
}
"""What a body needs beyond its required fields, for rules that no schema can tell."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method of one address; ``names`` are the variable parts of the address."""

    service: str
    method: str
    path: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    operation: Mapping[str, Any]
    schemas: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.service} {self.method} {self.path}"

    def at(self, world: World, *, known: bool = True) -> str:
        """The address with real ids of the world, or with ids that nothing has."""
        path = self.path
        for name in self.names:
            value = world.ids[name][0] if known else _nothing(world.ids[name][0], name)
            path = path.replace(f"{{{name}}}", value)
        return path + self._query(world)

    def body(self) -> Any:
        """A body with every required field, or None for a route that takes none."""
        content = self.operation.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        made = _value(content["application/json"]["schema"], self.schemas)
        return {**made, **MORE.get(str(self), {})}

    def form(self) -> dict[str, Any]:
        """The fields of a form, and a file beside them."""
        schema = self.operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
        return {**_value(schema["schema"], self.schemas), "file": (b"", "a.pdf")}

    def _query(self, world: World) -> str:
        needed = [
            one["name"]
            for one in self.operation.get("parameters", ())
            if one.get("in") == "query" and one.get("required")
        ]
        said = {"subject": f"case/{world.ids.get('case_id', ['x'])[0]}", "kind": "case"}
        said |= {"authority": "taroudant", "reference": "taroudant/2023/1", "code": "X"}
        said |= {"sha256": "a" * 64, "until": "2024-03-01"}
        said |= {"about": world.ids.get("case_id", ["x"])[0]}
        said |= {"from": "ma-commune@2015-07-23", "to": "ma-commune@2015-07-23"}
        return "?" + "&".join(f"{name}={said[name]}" for name in needed) if needed else ""


def routes_of(world: World) -> list[Route]:
    """What the application answers to, its description included; a new route is in by itself."""
    app = world.harness.app
    document = openapi_of(app)
    prefix = f"/{world.service}/v1"
    found = []
    for rule in app.url_map.iter_rules():
        path = document_path(rule.rule)
        if not path.startswith(prefix):
            continue
        described = document["paths"].get(path, {})
        found += [
            Route(
                service=world.service,
                method=method,
                path=path.removeprefix(prefix),
                names=tuple(sorted(rule.arguments)),
                roles=roles_of(app.view_functions[rule.endpoint]),
                operation=described.get(method.lower(), {}),
                schemas=document["components"]["schemas"],
            )
            for method in sorted(set(METHODS) & (rule.methods or set()))
        ]
    return found


def document_path(rule: str) -> str:
    """The address as OpenAPI writes it."""
    parts = rule.split("/")
    named = ["{" + part[1:-1].split(":")[-1] + "}" if part[:1] == "<" else part for part in parts]
    return "/".join(named)


def _nothing(known: str, name: str) -> str:
    """A value of the same form that belongs to nothing."""
    if known.isdigit():
        return "4711"
    return str(an_id(name)) if len(known) == 36 else known


def _value(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """A value that the schema allows, as small as may be."""
    if "$ref" in schema:
        return _value(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "enum" in schema:
        return next(one for one in schema["enum"] if one is not None)
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return _object(schema, schemas)
    if kind == "array":
        return [_value(schema["items"], schemas)]
    plain = {"integer": schema.get("minimum", 1), "number": 1, "boolean": True}
    return plain[kind] if kind in plain else _string(schema)


def _object(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    if {"ar", "fr", "en"} <= set(properties):
        return dict(TEXTS)
    return {name: _value(properties[name], schemas) for name in schema.get("required", ())}


def _string(schema: Mapping[str, Any]) -> str:
    formats = {"uuid": str(an_id("field")), "date": TODAY.isoformat(), "email": "a@example.org"}
    return formats.get(schema.get("format", ""), "a-long-word-of-letters")
