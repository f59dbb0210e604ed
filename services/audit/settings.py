"""Settings of audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import typed_settings

from shared.settings import ServiceSettings

if TYPE_CHECKING:
    from shared.context import ServiceContext

WORKFLOW_TABLES = Path("docs/contracts/workflows")


@typed_settings.settings(frozen=True, kw_only=True)
class AuditSettings(ServiceSettings):
    """How long audit waits, and where the exported workflow tables lie."""

    cause_wait_hours: int = typed_settings.option(
        default=24, help="Hours after which an event enters the ledger without its cause."
    )
    replay_wait_seconds: int = typed_settings.option(
        default=10, help="Seconds that a replay waits for the ledger to catch up."
    )
    workflow_tables: Path = typed_settings.option(
        default=WORKFLOW_TABLES,
        help="Folder of the exported workflow tables; a relative one starts at the project.",
    )


def settings_of(context: ServiceContext) -> AuditSettings:
    """audit's own settings, from its context."""
    return cast(AuditSettings, context.settings)
