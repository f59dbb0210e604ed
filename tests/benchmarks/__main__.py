"""`python -m tests.benchmarks`: measures, prints a table, writes JSON, fails on a missed budget.

PostgreSQL and RabbitMQ are those of `make services-up`. The exit code is 1 when a budget is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from shared.logs import configure_logs
from shared.testing.installation import Installation
from shared.testing.servers import read_env
from tests.benchmarks.figures import Figure, table, write_json
from tests.benchmarks.filing import filing_figures
from tests.benchmarks.ground import installation
from tests.benchmarks.idle import embedded_figures, separate_figures
from tests.benchmarks.journeys import journey_figures
from tests.benchmarks.law import law_figures
from tests.benchmarks.machine import machine
from tests.benchmarks.outage import outage_figures
from tests.benchmarks.queue_page import queue_figures
from tests.benchmarks.relay_drain import relay_figures
from tests.benchmarks.steps import step_figures

LONG = "outage"
ALONE: dict[str, Callable[[str, str], list[Figure]]] = {
    "law": lambda _postgres, _broker: law_figures(),
    "step": lambda postgres, _broker: step_figures(postgres),
    "queue": lambda postgres, _broker: queue_figures(postgres),
    "relay": relay_figures,
    "embedded": lambda _postgres, _broker: embedded_figures(),
    "separate": separate_figures,
    LONG: outage_figures,
}
SEPARATE: dict[str, Callable[[Installation], list[Figure]]] = {
    # In this order: filing ends the processes it does not measure.
    "journey": journey_figures,
    "filing": filing_figures,
}
PARTS = [name for name in (*ALONE, *SEPARATE) if name != LONG]


def main(arguments: Sequence[str]) -> int:
    """Run the parts asked for (default all); returns the exit code."""
    asked = _parser().parse_args(arguments)
    configure_logs("bench", "ERROR", json=False)
    about = machine()
    parts = asked.only or (PARTS + [LONG] * asked.long)
    figures = _measured(parts)
    print(f"\n{about['processor']}, load {about['load_average_at_start']:.2f} at the start\n")
    print(table(figures))
    write_json(asked.out, figures, about)
    missed = [one.name for one in figures if not one.is_kept]
    print(f"\nwritten to {asked.out}")
    for name in missed:
        print(f"budget missed: {name}", file=sys.stderr)
    return 1 if missed else 0


def _measured(parts: Sequence[str]) -> list[Figure]:
    servers = read_env()
    addresses = (servers["TEST_DATABASE_URL"], servers["TEST_BROKER_URL"])
    figures: list[Figure] = []
    for name in parts:
        if name in ALONE:
            figures += _told(name, partial(ALONE[name], *addresses))
    wanted = [name for name in SEPARATE if name in parts]
    if wanted:
        with installation(*addresses) as made:
            for name in wanted:
                figures += _told(name, partial(SEPARATE[name], made))
    return figures


def _told(name: str, measure: Callable[[], list[Figure]]) -> list[Figure]:
    print(f"measuring {name} ...", flush=True)
    return measure()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(".bench/results.json"))
    parser.add_argument(
        "--only", action="append", choices=(*PARTS, LONG), help="may be given again"
    )
    parser.add_argument("--long", action="store_true", help=f"with {LONG}, which takes minutes")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
