"""The house rules on size: files, functions and parameters stay small enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for top in ("services", "shared") for path in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MAX_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_PARAMETERS = 6
# The two entry points, and the consumer, which gives a message back whatever its handler raised.
BROAD_EXCEPT_ALLOWED = {
    "shared/web/problems.py",
    "shared/worker.py",
    "shared/broker/consumer.py",
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[tuple[str, Function]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield f"{_name(path)}:{node.lineno} {node.name}", node


def _parameters(function: Function) -> int:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len([each for each in named if each.arg not in {"self", "cls"}])


def test_there_are_files_to_measure() -> None:
    assert FILES


def test_no_file_is_longer_than_300_lines() -> None:
    files = [*FILES, *TESTS]
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {
        place: (function.end_lineno or function.lineno) - function.lineno + 1
        for path in FILES
        # A migration is a list of statements; cutting it up would not make it clearer.
        if "migrations" not in path.parts
        for place, function in _functions(path)
    }

    assert {place: lines for place, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}


def test_no_function_takes_more_than_6_parameters() -> None:
    counts = {
        place: _parameters(function) for path in FILES for place, function in _functions(path)
    }

    assert {place: count for place, count in counts.items() if count > MAX_PARAMETERS} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        _name(path)
        for path in FILES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_name(path) for path in FILES if path.stem in VAGUE_NAMES] == []


def test_only_the_two_outermost_places_catch_everything() -> None:
    broad = {
        f"{_name(path)}:{node.lineno}"
        for path in FILES
        if _name(path) not in BROAD_EXCEPT_ALLOWED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }

    assert broad == set()


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler takes any exception and keeps it, rather than raising it again."""
    caught = handler.type
    broad = caught is None or (
        isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"}
    )
    return broad and not any(isinstance(node, ast.Raise) for node in handler.body)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("try:\n    f()\nexcept Exception:\n    pass", True),
        ("try:\n    f()\nexcept:\n    pass", True),
        ("try:\n    f()\nexcept BaseException:\n    g()\n    raise", False),
        ("try:\n    f()\nexcept ValueError:\n    pass", False),
    ],
    ids=["exception", "bare", "cleans up and raises", "named"],
)
def test_a_broad_handler_is_recognised(code: str, expected: bool) -> None:
    handler = next(
        node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ExceptHandler)
    )

    assert _catches_everything(handler) is expected
