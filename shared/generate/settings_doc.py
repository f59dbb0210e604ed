"""docs/settings.md: every setting with its default, from the settings classes themselves."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from shared.generate.text import BY
from shared.parts import WITH_DATABASE, load_part
from shared.settings import PlatformSettings, Settings, meta_of


def settings_files() -> dict[str, str]:
    """The settings as Markdown."""
    text = f"# Settings\n\n{BY} All are environment variables, read and checked once at start.\n"
    text += "\n## Every process\n" + _table(PlatformSettings, "")
    for name in WITH_DATABASE:
        text += f"\n## {name}\n" + _table(load_part(name).settings, f"{name.upper()}_")
    return {"docs/settings.md": text}


def _table(settings: type[Settings], prefix: str) -> str:
    rows = "".join(
        f"| `{prefix}{field.name.upper()}` | {_default(field)} | {meta_of(field).description} |\n"
        for field in structs.fields(settings)
    )
    return f"\n| name | default | what it does |\n|---|---|---|\n{rows}"


def _default(field: Any) -> str:
    return f"`{field.default}`" if field.default not in ("", None) else "none"
