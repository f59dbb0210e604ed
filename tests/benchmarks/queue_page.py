"""The secretariat's queue at 100,000 open cases against 1,000: two databases, asked in turns.

What is asked is what the queue's page reads from review: its first page and one from the middle,
each case with its next legal step. Statements are counted as the database gets them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, event, insert, text

from services.review.cases.models import Case
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.law.packs import load_pack
from shared.testing.databases import service_database
from shared.testing.harness import AUTHORITY, TODAY, Harness
from shared.web.paging import encode_cursor
from tests.benchmarks.figures import Figure, median_figure

FEW, MANY = 1_000, 100_000
PAIRS = 25
CHUNK = 5_000
MOST_STATEMENTS = 8
STATES = ("open", "incomplete", "admitted", "referred")


def queue_figures(postgres_url: str) -> list[Figure]:
    """Milliseconds for a page at both sizes, their ratio, and its statements."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        few = stack.enter_context(closing(_review(postgres_url, folder, FEW)))
        many = stack.enter_context(closing(_review(postgres_url, folder, MANY)))
        figures = []
        for where in ("first", "middle"):
            figures += _figures(few, many, where)
        return figures


def _figures(few: Harness, many: Harness, where: str) -> list[Figure]:
    pairs = [(_page(few, FEW, where), _page(many, MANY, where)) for _ in range(PAIRS + 2)][2:]
    ratios = [at_many / at_few for at_few, at_many in pairs]
    with _counted(many) as statements:
        _page(many, MANY, where)
    name = f"queue, {where} page"
    return [
        median_figure(f"{name}: {FEW} cases", "ms", [1000 * pair[0] for pair in pairs]),
        median_figure(f"{name}: {MANY} cases", "ms", [1000 * pair[1] for pair in pairs]),
        median_figure(f"{name}: {MANY} / {FEW} cases", "ratio", ratios, most=1.5),
        Figure(
            name=f"{name}: SQL statements",
            unit="statements",
            value=len(statements),
            most=MOST_STATEMENTS,
        ),
    ]


def _page(harness: Harness, count: int, where: str) -> float:
    # Numbers follow urgency, so the middle of the queue is where half of the days have passed.
    middle = encode_cursor(_urgent_on(count, count // 2).isoformat(), str(UUID(int=0)))
    query = f"?cursor={middle}" if where == "middle" else ""
    began = time.perf_counter()
    answer = harness.request("GET", f"/cases{query}", role="secretariat")
    taken = time.perf_counter() - began
    if answer.status_code != 200 or len(answer.json["cases"]) != 100:
        raise AssertionError(f"not a full page: {answer.status_code} {answer.text[:300]}")
    return taken


@contextmanager
def _counted(harness: Harness) -> Iterator[list[str]]:
    engine, found = harness.context.database.engine, []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def _review(postgres_url: str, folder: Path, count: int) -> Harness:
    url = service_database(postgres_url, "review", f"bench_queue_{count}", fresh=True)
    environ = {"MASTER_KEY": "A" * 43 + "="}
    harness = Harness("review", database_url=url, folder=folder, environ=environ)
    harness.know_authority()
    for start in range(0, count, CHUNK):
        rows = [_case(number, count) for number in range(start, min(start + CHUNK, count))]
        with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
            session.execute(insert(cast(Table, Case.__table__)), rows)
    with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
        session.execute(text('ANALYZE "case"'))
    return harness


def _urgent_on(count: int, number: int) -> Any:
    return TODAY + timedelta(days=90 * number // count)


def _case(number: int, count: int) -> dict[str, Any]:
    filed_on = TODAY - timedelta(days=number % 60)
    return {
        "id": new_id(),
        "authority": AUTHORITY,
        "state": STATES[number % len(STATES)],
        "sequence": 1,
        "version": 1,
        "reference": f"{AUTHORITY}/2023/{number + 1}",
        "petitioner": "citizens",
        "subject_line": {"fr": f"Un puits numéro {number}", "original": "fr"},
        "association": None,
        "people": [{"person": str(new_id()), "role": "mandatary"}],
        "signatures": 120,
        "signatures_needed": 100,
        "filed_on": filed_on,
        "law_version": load_pack("ma-commune", filed_on).version,
        "local_rules": {},
        "refusal_due_on": filed_on + timedelta(days=92),
        "refusal_safe_on": filed_on + timedelta(days=91),
        "missing": [],
        "reasons": [],
        "session_on": None,
        "is_clash": False,
        "urgent_on": _urgent_on(count, number),
        "opened_at": now(),
    }
