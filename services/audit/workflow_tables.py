"""The exported workflow tables (docs/contracts/workflows), as the replay looks steps up in them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from shared.converting import decoder_of

PROJECT = Path(__file__).resolve().parents[2]


class _Step(msgspec.Struct, rename={"from_": "from"}):
    from_: str
    to: str
    trigger: str
    event: str


class _Table(msgspec.Struct):
    kind: str
    steps: list[_Step]


class WorkflowTables:
    """The steps that each kind's workflow allows; a kind without a table is not checked."""

    def __init__(self, folder: Path) -> None:
        tables = [_read(path) for path in sorted((PROJECT / folder).glob("*.json"))]
        self._steps = {
            table.kind: {(one.trigger, one.from_, one.to, one.event) for one in table.steps}
            for table in tables
        }

    def unchecked(self, kinds: set[str]) -> list[str]:
        """Those of ``kinds`` that have no exported table."""
        return sorted(kinds - self._steps.keys())

    def allows(self, kind: str, step: tuple[str, str, str, str]) -> bool:
        """Whether (trigger, from, to, event type) is a step of the kind; True when not checked."""
        steps = self._steps.get(kind)
        return steps is None or step in steps


def _read(path: Path) -> _Table:
    return decoder_of(_Table).decode(path.read_bytes())
