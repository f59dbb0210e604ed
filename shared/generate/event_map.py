"""docs/event-map.md: each event, the function that emits it, and every function that handles it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EACH, EVENTS, OWNERS, kind_of
from shared.generate.services import Loaded
from shared.generate.text import BY

ROOT = Path(__file__).parents[2]
HEAD = f"""# Event map

{BY} An event is emitted by the one function that builds it for `move()`. A service
that is not named is not told, or only moves its cursor. audit keeps every event's bytes.

| event | emitted by | handled by |
|---|---|---|
"""


def event_map_files(services: Sequence[Loaded]) -> dict[str, str]:
    """The map as Markdown."""
    handled = _handled(services)
    emitted = {owner: _emitters(_folder(owner)) for owner in set(OWNERS.values())}
    rows = [
        f"| `{type_}` | {_cell(emitted[OWNERS[kind_of(type_)]][declared.__name__])} "
        f"| {_cell(handled[type_])} |\n"
        for type_, declared in sorted(EVENTS.items())
    ]
    return {"docs/event-map.md": HEAD + "".join(rows)}


def _folder(owner: str) -> Path:
    """Where a kind's owner has its code; what each service emits is emitted by shared code."""
    return ROOT / "shared" if owner == EACH else ROOT / "services" / owner


def _handled(services: Sequence[Loaded]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for service in services:
        for declared, handler in service.handlers.items():
            found[declared.TYPE].append(f"{service.name}: `{_place(handler)}`")
    return found


def _place(function: Any) -> str:
    return f"{function.__module__.replace('.', '/')}.py:{function.__name__}"


def _emitters(folder: Path) -> dict[str, list[str]]:
    """Where each class is called, by the name of the function around the call."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for function, name in _calls(ast.parse(path.read_text())):
            place = f"`{path.relative_to(ROOT)}:{function}`"
            if place not in found[name]:
                found[name].append(place)
    return found


def _calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield function.name, node.func.id


def _cell(places: Sequence[str]) -> str:
    return "<br>".join(places) if places else "-"
