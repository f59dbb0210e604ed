"""docs/settings.md: every setting with its default, from the settings classes themselves."""

from __future__ import annotations

from typing import Any

import attrs

from shared.generate.text import BY
from shared.parts import WITH_DATABASE, load_part
from shared.settings import PlatformSettings


def settings_files() -> dict[str, str]:
    """The settings as Markdown."""
    text = f"# Settings\n\n{BY} All are environment variables, read and checked once at start.\n"
    text += "\n## Every process\n" + _table(PlatformSettings, "")
    for name in WITH_DATABASE:
        text += f"\n## {name}\n" + _table(load_part(name).settings, f"{name.upper()}_")
    return {"docs/settings.md": text}


def _table(settings: Any, prefix: str) -> str:
    rows = "".join(
        f"| `{prefix}{field.name.upper()}` | {_default(field)} | {_help(field)} |\n"
        for field in attrs.fields(settings)
    )
    return f"\n| name | default | what it does |\n|---|---|---|\n{rows}"


def _default(field: Any) -> str:
    return f"`{field.default}`" if field.default not in ("", None) else "none"


def _help(field: Any) -> str:
    return str(field.metadata.get("typed-settings", {}).get("help") or "")
