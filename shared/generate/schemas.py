"""JSON Schemas of every event and of every kind's state."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EVENTS, SNAPSHOTS, Event
from shared.generate.text import pretty

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_files() -> dict[str, str]:
    """One file per event type and per state schema."""
    events = {
        f"docs/contracts/events/{type_}.json": pretty(event_schema(declared))
        for type_, declared in EVENTS.items()
    }
    states = {
        f"docs/contracts/states/{name}.json": pretty(_schema(declared, name))
        for name, declared in SNAPSHOTS.items()
    }
    return {**events, **states}


def event_schema(declared: type[Event]) -> dict[str, Any]:
    """The schema of a whole event: envelope, and ``data`` with ``what`` and ``after``."""
    what = _schema(declared, declared.TYPE)
    after = _schema(declared.AFTER, declared.AFTER.SCHEMA)
    definitions = {**what.pop("$defs", {}), **after.pop("$defs", {})}
    definitions |= {"What": _inlined(what, definitions), "After": _inlined(after, definitions)}
    return {
        "$schema": DIALECT,
        "$id": f"urn:arida:schema:{declared.TYPE}",
        "title": declared.TYPE,
        "description": (declared.__doc__ or "").strip(),
        "type": "object",
        "required": [*REQUIRED, "data"],
        "properties": {
            **ENVELOPE,
            "type": {"const": declared.TYPE},
            "data": {**DATA, "properties": {**DATA["properties"], **PARTS}},
        },
        "$defs": definitions,
    }


TEXT = {"type": "string"}
REQUIRED = [
    "specversion",
    "id",
    "source",
    "subject",
    "time",
    "sequence",
    "authority",
    "correlationid",
    "actorid",
    "actorrole",
    "dataschema",
    "datacontenttype",
]
ENVELOPE: dict[str, Any] = {
    "specversion": {"const": "1.0"},
    "id": {"type": "string", "format": "uuid"},
    "source": TEXT,
    "subject": {"type": "string", "pattern": "^[a-z]+/[^/]+$"},
    "time": {"type": "string", "format": "date-time"},
    "sequence": {"type": "string", "pattern": "^[1-9][0-9]*$"},
    "authority": TEXT,
    "correlationid": TEXT,
    "causationid": {"type": "string", "format": "uuid"},
    "actorid": TEXT,
    "actorrole": TEXT,
    "onbehalfof": TEXT,
    "traceparent": TEXT,
    "dataschema": TEXT,
    "datacontenttype": {"const": "application/json"},
}
DATA: dict[str, Any] = {
    "type": "object",
    "required": ["workflow", "trigger", "from", "to", "acted_on", "corrects", "what", "after"],
    "properties": {
        "workflow": TEXT,
        "trigger": TEXT,
        "from": TEXT,
        "to": TEXT,
        "acted_on": {"type": "string", "format": "date"},
        "corrects": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]},
    },
}
PARTS = {"what": {"$ref": "#/$defs/What"}, "after": {"$ref": "#/$defs/After"}}


def _schema(declared: type, name: str) -> dict[str, Any]:
    schema = msgspec.json.schema(declared)
    return {"$id": f"urn:arida:schema:{name}", **schema}


def _inlined(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """msgspec puts the class itself behind a reference; here it stands under its part's name."""
    reference = schema.get("$ref", "")
    own = definitions.get(reference.removeprefix("#/$defs/"))
    return own if own is not None else {k: v for k, v in schema.items() if k != "$id"}
