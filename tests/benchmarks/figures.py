"""What a benchmark says: figures with their budgets, as a table and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: the median of its runs, how far they spread, and what it has to keep.

    ``most`` and ``least`` are budgets; a figure without either is for information. ``spread`` is
    the distance between the quartiles.
    """

    name: str
    unit: str
    value: float
    spread: float = 0.0
    most: float | None = None
    least: float | None = None
    runs: tuple[float, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether the budget is kept, if there is one."""
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def budget(self) -> str:
        """The budget in words."""
        if self.most is not None:
            return f"<= {self.most:g}"
        return "" if self.least is None else f">= {self.least:g}"


def median_figure(name: str, unit: str, runs: Sequence[float], **more: Any) -> Figure:
    """A figure from several runs: their median and the distance between their quartiles."""
    low, _, high = quartiles(runs)
    return Figure(
        name=name,
        unit=unit,
        value=statistics.median(runs),
        spread=high - low,
        runs=tuple(round(run, 6) for run in runs),
        **more,
    )


def quartiles(runs: Sequence[float]) -> tuple[float, float, float]:
    """The three quartiles; of a single run, three times that run."""
    if len(runs) < 2:
        return runs[0], runs[0], runs[0]
    low, middle, high = statistics.quantiles(runs, n=4, method="inclusive")
    return low, middle, high


def percentile(runs: Sequence[float], percent: float) -> float:
    """The smallest run that so many percent of all runs do not exceed (nearest rank)."""
    ordered = sorted(runs)
    return ordered[max(0, -(-len(ordered) * int(percent) // 100) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of a table for a terminal."""
    rows = [("figure", "median", "spread", "unit", "budget", "")]
    for one in figures:
        kept = "" if not one.budget else ("kept" if one.is_kept else "MISSED")
        rows.append((one.name, f"{one.value:.4g}", f"{one.spread:.2g}", one.unit, one.budget, kept))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in {0, 3, 5} else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def write_json(path: Path, figures: Sequence[Figure], machine: dict[str, Any]) -> None:
    """Write figures and machine to a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = [{**asdict(one), "budget": one.budget, "is_kept": one.is_kept} for one in figures]
    path.write_text(json.dumps({"machine": machine, "figures": plain}, indent=1) + "\n")
