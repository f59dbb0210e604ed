"""Keeps libraries from loading optional parts that no process which serves ever uses.

Where they are installed, structlog and httpx load rich and pygments (coloured tracebacks, a command
line), kombu loads yaml, and typed-settings pydantic: twenty megabytes in each process, unused.
"""

from __future__ import annotations

import sys

NOT_WHILE_SERVING = ("pydantic", "pygments", "rich", "yaml")


def do_without_extras() -> None:
    """Make importing them fail from now on; call it before the libraries are imported."""
    for name in NOT_WHILE_SERVING:
        # None means "known not to exist" to the import system (the reference, `sys.modules`).
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
