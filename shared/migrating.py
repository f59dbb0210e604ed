"""``arida migrate``: brings the databases of services up to date."""

from __future__ import annotations

from collections.abc import Iterable

from shared.db.migrations import migrate
from shared.opening import open_service
from shared.parts import WITH_DATABASE


def migrate_all(names: Iterable[str] = WITH_DATABASE) -> None:
    """Bring the databases of these services up to date."""
    for name in names:
        context = open_service(name)
        migrate(context.database, name)
        context.close()
