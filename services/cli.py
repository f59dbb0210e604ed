"""The ``arida`` command. It alone may load several services, by name and only when asked."""

from __future__ import annotations

import click

from shared.settings import PlatformSettings, SettingsError, load_settings
from shared.web.i18n import DEFAULT_LANGUAGE  # noqa: F401


@click.group()
def main() -> None:
    """Arida: petitions and consultative opinions of local councils."""


