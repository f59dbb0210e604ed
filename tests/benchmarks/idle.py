"""How long a start takes, and what a system takes while nobody asks it anything."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from shared.testing.installation import Installation
from tests.benchmarks.figures import Figure, median_figure
from tests.benchmarks.ground import checked, embedded, installation
from tests.benchmarks.processes import cpu_seconds, family_of, idle_of, pss_mebibytes

STARTS = 3
SETTLE_SECONDS = 10.0
IDLE_SECONDS = 60.0
BEHIND = ("-relay", "-worker")


def embedded_figures() -> list[Figure]:
    """The embedded system: starts on a fresh and on an existing folder, then idle."""
    fresh, existing = [], []
    with tempfile.TemporaryDirectory() as unused, embedded(Path(unused)):
        # The first start of all fills the file cache; only warm ones count.
        time.sleep(1)
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as folder:
            with embedded(Path(folder)) as (_, seconds):
                fresh.append(seconds)
            with embedded(Path(folder)) as (_, seconds):
                existing.append(seconds)
    return [
        median_figure("embedded: start, fresh folder", "s", fresh, most=10.0),
        median_figure("embedded: start, existing folder", "s", existing, most=10.0),
        *_embedded_idle(),
    ]


def _embedded_idle() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, embedded(Path(folder)) as (process, _):
        time.sleep(SETTLE_SECONDS)
        found = idle_of([process.pid], seconds=IDLE_SECONDS)
    about = {"processes": found.processes, "seconds": IDLE_SECONDS}
    return [
        Figure(
            name="embedded: idle memory",
            unit="MiB",
            value=found.mebibytes,
            most=300.0,
            about=about,
        ),
        Figure(
            name="embedded: idle processor",
            unit="% of a core",
            value=found.percent_of_core,
            most=3.0,
            about=about,
        ),
    ]


def separate_figures(postgres_url: str, broker_url: str) -> list[Figure]:
    """Separate processes with the story's data, one web worker each, servers not counted."""
    with installation(postgres_url, broker_url) as made:
        checked(made, "demo", "--url", made.url)
        return _separate_idle(made)


def _separate_idle(made: Installation) -> list[Figure]:
    time.sleep(SETTLE_SECONDS)
    families = {name: family_of([one.pid]) for name, one in made.processes.items()}
    behind = {pid for name, pids in families.items() if name.endswith(BEHIND) for pid in pids}
    before, began = cpu_seconds(behind), time.monotonic()
    time.sleep(IDLE_SECONDS)
    percent = 100 * (cpu_seconds(behind) - before) / (time.monotonic() - began)
    memory = {name: round(pss_mebibytes(pids), 1) for name, pids in families.items()}
    return [
        Figure(
            name="separate: idle memory of all processes",
            unit="MiB",
            value=sum(memory.values()),
            most=1.2 * 1024,
            about=memory,
        ),
        Figure(
            name="separate: idle processor of relays and workers",
            unit="% of a core",
            value=percent,
            most=2.0,
            about={"processes": len(behind), "seconds": IDLE_SECONDS},
        ),
    ]
