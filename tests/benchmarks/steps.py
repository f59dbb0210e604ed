"""One persisted step of a workflow against a bare UPDATE and commit, and against viewflow.

The step opens a citizens' petition: load the row under its lock with its people and documents,
ask the guard, move, write row, history and event, commit. All sides keep one connection to the
same PostgreSQL and take their turns, one step after the other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from uuid import UUID

import psycopg
from sqlalchemy import Table, insert, make_url

from services.intake.actions import open_petition
from services.intake.models import Petition, PetitionPerson
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.testing.databases import service_database
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.benchmarks.figures import Figure, median_figure
from tests.benchmarks.peers import Peer, peer
from tests.benchmarks.recorded import recorded_steps, send_again

STEPS = 100
PAIRS = 9
VIEWFLOW = Path(__file__).with_name("viewflow_side.py")
ACTOR = Actor(id=str(UUID(int=7)), role="secretariat")
BARE_TABLE = "CREATE TABLE bare_step (id uuid PRIMARY KEY, state text, version integer)"
BARE_ROW = "INSERT INTO bare_step VALUES (%s, 'draft', 1)"
BARE_STEP = "UPDATE bare_step SET state = 'collecting', version = version + 1 WHERE id = %s"
Turn = tuple[float, float, float, float]


def step_figures(postgres_url: str) -> list[Figure]:
    """Steps a second on three sides, and the ratios; the last is what the statements alone take."""
    with TemporaryDirectory() as folder:
        url = service_database(postgres_url, "intake", "bench_steps", fresh=True)
        environ = {"MASTER_KEY": "A" * 43 + "="}
        harness = Harness("intake", database_url=url, folder=Path(folder), environ=environ)
        harness.know_authority()
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as bare, peer(VIEWFLOW, plain) as other:
            turns = _turns(harness, bare, other)
        harness.close()
    ours, bare_updates, viewflow, alone = ([turn[at] for turn in turns] for at in range(4))
    return [
        median_figure("step: load, guard, move, event, commit", "steps/s", ours),
        median_figure("step: bare UPDATE and commit", "updates/s", bare_updates),
        median_figure("step: the same with viewflow 2.4", "steps/s", viewflow),
        median_figure("step: ours / bare UPDATE", "ratio", _ratios(ours, bare_updates), least=0.30),
        median_figure("step: its statements alone / bare", "ratio", _ratios(alone, bare_updates)),
        median_figure("step: ours / viewflow", "ratio", _ratios(ours, viewflow), least=1.5),
    ]


def _ratios(ones: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(ones, others, strict=True)]


def _turns(harness: Harness, bare: psycopg.Connection, other: Peer) -> list[Turn]:
    count = STEPS * (PAIRS + 1)
    drafts, bare_rows = _drafts(harness, count), _bare_rows(bare, count)
    recorded = recorded_steps(harness, _drafts(harness, count), ACTOR)
    peers = other.ask(f"prepare {count}").split()
    turns = [
        (
            STEPS / _ours(harness, drafts[at : at + STEPS]),
            STEPS / _bare(bare, bare_rows[at : at + STEPS]),
            STEPS / float(other.ask(" ".join(["run", *peers[at : at + STEPS]]))),
            STEPS / send_again(bare, recorded[at : at + STEPS]),
        )
        for at in range(0, count, STEPS)
    ]
    # The first turn opens connections and fills caches.
    return turns[1:]


def _ours(harness: Harness, ids: Sequence[UUID]) -> float:
    began = time.perf_counter()
    for id_ in ids:
        cause = Cause(correlation_id=str(id_))
        with unit_of_work(harness.context, authority=AUTHORITY, actor=ACTOR, cause=cause) as uow:
            open_petition(uow, uow.get(Petition, id_))
    return time.perf_counter() - began


def _bare(connection: psycopg.Connection, ids: Sequence[UUID]) -> float:
    began = time.perf_counter()
    for id_ in ids:
        connection.execute(BARE_STEP, [id_])
        connection.commit()
    return time.perf_counter() - began


def _drafts(harness: Harness, count: int) -> list[UUID]:
    ids = [new_id() for _ in range(count)]
    same = {"authority": AUTHORITY, "petitioner": "citizens", "state": "draft", "reasons": ""}
    subject = {"subject_line": {"fr": "Un puits", "original": "fr"}, "drafted_at": now()}
    petitions = [{"id": id_, **same, **subject} for id_ in ids]
    people = [
        {"petition_id": id_, "authority": AUTHORITY, "person_id": new_id(), "role": "mandatary"}
        for id_ in ids
    ]
    with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
        session.execute(insert(cast(Table, Petition.__table__)), petitions)
        session.execute(insert(cast(Table, PetitionPerson.__table__)), people)
    return ids


def _bare_rows(connection: psycopg.Connection, count: int) -> list[UUID]:
    ids = [new_id() for _ in range(count)]
    connection.execute(BARE_TABLE)
    with connection.cursor() as cursor:
        cursor.executemany(BARE_ROW, [[id_] for id_ in ids])
    connection.commit()
    return ids
