"""What the documents name exists: links, paths, commands, tests, log events."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from services.cli import main
from shared.generate.settings_doc import settings_files
from shared.worker import MOST_ATTEMPTS, RETRY_AFTER_SECONDS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "services", "shared", "deploy")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(path for top in FOLDERS for path in (ROOT / top).rglob("*.md"))]
)
CODE = re.compile(r"`([^`\n]+)`")
# A decision names what was decided against, too.
DECIDED_AGAINST = {"deploy/gunicorn.conf.py", "deploy/alembic.ini"}
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=DOCUMENTS, ids=_name)
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_relative_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    relative = [target for target in targets if "://" not in target]

    assert [target for target in relative if not (document.parent / target).exists()] == []


def test_every_path_that_is_named_exists(document: Path) -> None:
    named = {
        match.split("::")[0]
        for match in CODE.findall(document.read_text())
        if re.match(r"(services|shared|tests|deploy|docs)/[^\s<{]*$", match)
    }

    assert [path for path in named - DECIDED_AGAINST if not any(ROOT.glob(_path(path)))] == []


def _path(named: str) -> str:
    return re.sub(r":[\w.]+$", "", named).rstrip("/")


def test_every_test_that_is_named_exists(document: Path) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::(\w+)", document.read_text())
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text()
    ]

    assert missing == []


def test_every_guarantee_names_the_test_that_shows_it() -> None:
    text = (ROOT / "docs/delivery-guarantees.md").read_text()
    promised, _, others = text.partition("## What is not promised")
    sentences = re.split(r"^- ", promised, flags=re.MULTILINE)[1:]

    assert others
    assert len(sentences) > 40
    assert [one for one in sentences if not re.search(r"`tests/[\w/]+\.py::\w+`", one)] == []


def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", document.read_text(), re.MULTILINE))

    assert named - targets == set()


def test_every_arida_command_that_is_named_exists(document: Path) -> None:
    lines = re.findall(r"(?:`|/|^ {4})arida ([a-z][a-z -]*)", document.read_text(), re.MULTILINE)

    assert [line for line in lines if not _is_command(line.split())] == []


def _is_command(words: list[str]) -> bool:
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return not isinstance(command, click.Group)


def test_the_readme_opens_with_the_two_commands() -> None:
    commands = re.findall(r"^ {4}(make \w+)", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert commands[:2] == ["make run", "make test"]
    assert (ROOT / "README.md").read_text().splitlines()[2].startswith("    make run")


def test_every_decision_has_its_four_parts_and_a_line_in_the_list() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", (ROOT / "docs/adr/README.md").read_text())

    assert listed == [path.name for path in decisions]
    for number, path in enumerate(decisions, start=1):
        parts = re.findall(r"^## (\w+)", path.read_text(), re.MULTILINE)
        assert path.name.startswith(f"{number:04d}-")
        assert parts == ["Context", "Decision", "Status", "Consequences"]


def _logged() -> Iterator[str]:
    for path in [*(ROOT / "services").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            is_log = isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
            if is_log and node.func.attr in LOG_METHODS:
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                yield str(node.args[0].value)


def test_every_log_event_is_listed_and_every_listed_one_is_logged() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/log-events.md").read_text(), re.MULTILINE)

    assert sorted(listed) == sorted(set(_logged()))
    assert [name for name in listed if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_the_retry_times_are_those_of_the_worker() -> None:
    text = (ROOT / "docs/delivery-guarantees.md").read_text()

    assert f"after {', '.join(map(str, RETRY_AFTER_SECONDS))} seconds" in text
    assert f"{MOST_ATTEMPTS} times in all" in text


def test_no_default_setting_depends_on_where_the_project_lies() -> None:
    (text,) = settings_files().values()

    assert str(ROOT) not in text
