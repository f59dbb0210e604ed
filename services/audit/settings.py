"""Settings of audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

from shared.settings import ServiceSettings, about

if TYPE_CHECKING:
    from shared.context import ServiceContext

WORKFLOW_TABLES = Path("docs/contracts/workflows")


class AuditSettings(ServiceSettings, frozen=True, kw_only=True):
    """How long audit waits, and where the exported workflow tables lie."""

    cause_wait_hours: Annotated[
        int, about("Hours after which an event enters the ledger without its cause.")
    ] = 24
    replay_wait_seconds: Annotated[
        int, about("Seconds that a replay waits for the ledger to catch up.")
    ] = 10
    workflow_tables: Annotated[
        Path, about("Folder of the exported workflow tables; a relative one starts at the project.")
    ] = WORKFLOW_TABLES


def settings_of(context: ServiceContext) -> AuditSettings:
    """audit's own settings, from its context."""
    return cast(AuditSettings, context.settings)
