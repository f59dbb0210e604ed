"""How much room is left where documents lie, and databases and bus of an embedded system."""

from __future__ import annotations

import shutil
from pathlib import Path

LOW_BYTES = 64 * 1024 * 1024
"""Journals of a busy hour fit into this; below it an operator is told, before acts are refused."""


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written into a folder, or where it is going to be made."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free
