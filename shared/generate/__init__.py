"""Writes every generated document, or says which are stale; docs never drift from code."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from shared.generate.asyncapi import asyncapi_files
from shared.generate.event_map import event_map_files
from shared.generate.openapi import openapi_files
from shared.generate.retention_doc import retention_files
from shared.generate.schemas import schema_files
from shared.generate.services import Loaded, load_services
from shared.generate.settings_doc import settings_files
from shared.generate.workflows import workflow_files

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs/contracts",)
"""Folders in which nothing stands but generated files."""


def generate_all(*, check: bool = False, root: Path = ROOT) -> int:
    """Write the documents below ``root``; with ``check`` change nothing and name the stale ones.

    Returns 0, or 1 when something is stale.
    """
    with tempfile.TemporaryDirectory() as folder:
        services = load_services(Path(folder))
        files = _files(services)
    stale = stale_files(files, root)
    for path in stale:
        click.echo(f"{'stale' if check else 'written'}: {path}")
        if not check:
            _write(root / path, files.get(path))
    return 1 if check and stale else 0


def stale_files(files: Mapping[str, str], root: Path) -> list[str]:
    """Paths whose text differs from what is generated, and files that nothing makes any more."""
    differing = {
        path
        for path, text in files.items()
        if not (root / path).exists() or (root / path).read_text() != text
    }
    present = {
        str(path.relative_to(root))
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
    return sorted(differing | (present - set(files)))


def _files(services: list[Loaded]) -> dict[str, str]:
    return {
        **schema_files(),
        **asyncapi_files(),
        **openapi_files(services),
        **workflow_files(services),
        **event_map_files(services),
        **settings_files(),
        **retention_files(),
    }


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
