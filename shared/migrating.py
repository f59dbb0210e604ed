"""``arida migrate``: brings the databases of services up to date."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.exc import OperationalError

from shared.db.migrations import migrate
from shared.opening import open_service
from shared.parts import WITH_DATABASE
from shared.settings import SettingsError
from shared.terminal import reason_of


def migrate_all(names: Iterable[str] = WITH_DATABASE) -> None:
    """Bring the databases of these services up to date.

    Raises ``SettingsError`` where the named database does not answer.
    """
    for name in names:
        context = open_service(name)
        try:
            migrate(context.database, name)
        except OperationalError as error:
            told = f"{name}'s database was not brought up to date: {reason_of(error)}"
            raise SettingsError(told) from error
        finally:
            context.close()
