"""How operators' commands end: by an exit code, and a sentence on standard error."""

from __future__ import annotations

from collections.abc import Callable

import click

from shared.commands.running_system import NotReached, Refused, RunningSystem, running_system
from shared.settings import SettingsError
from shared.terminal import language_of_terminal
from shared.web.i18n import set_language

DONE, NO, NOT_ASKED = 0, 1, 2
"""0 done, or nothing to do; 1 refused, or something to do; 2 somebody could not be asked."""


def asking(run: Callable[[RunningSystem], int]) -> int:
    """Run a command against the running system, in the terminal's language; its exit code."""
    set_language(language_of_terminal())
    try:
        with running_system() as system:
            return run(system)
    except Refused as error:
        click.echo(str(error), err=True)
        return NO
    except (NotReached, SettingsError) as error:
        click.echo(str(error), err=True)
        return NOT_ASKED
