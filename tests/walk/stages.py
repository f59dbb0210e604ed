"""Where histories begin: the rows of a council that came so far, put back in a few milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from services.review.sessions.models import CouncilSession
from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import Harness
from tests.integration.review.case_support import BODY, Desk

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A beginning: every row of the service, the business date, and events told so far."""

    rows: Rows
    today: date
    sequences: Mapping[str, int]


def rows_of(harness: Harness) -> Rows:
    """Every row of every table."""
    with harness.context.database.read(EVERY_AUTHORITY) as session:
        return {
            table.name: [dict(row._mapping) for row in session.execute(select(table))]
            for table in harness.context.base.metadata.sorted_tables
        }


def put_back(harness: Harness, rows: Rows) -> None:
    """Empty every table and fill it with these rows."""
    tables = harness.context.base.metadata.sorted_tables
    with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
        for table in reversed(tables):
            session.execute(table.delete())
        for table in tables:
            if rows[table.name]:
                session.execute(insert(table), rows[table.name])


def play_stages(harness: Harness) -> list[Stage]:
    """Play a council up to each beginning, one after the other."""
    desk = Desk(harness)
    stages: list[Stage] = []

    def keep(today: str) -> None:
        stages.append(
            Stage(
                rows=rows_of(harness),
                today=date.fromisoformat(today),
                sequences=dict(desk.sequences),
            )
        )

    for play in STAGES:
        keep(play(desk))
    return stages


def _filed(desk: Desk) -> str:
    desk.body_formed()
    desk.filed("first")
    desk.filed("second")
    desk.planned("2024-02-06")
    return "2023-10-16"


def _referred(desk: Desk) -> str:
    desk.today("2023-11-20")
    for case in _cases(desk):
        desk.done(f"/cases/{case}/admission", {"despite_reason": "Connu du bureau."}, who="vice")
        desk.done(f"/cases/{case}/referral", {"committee": desk.committees["social"]})
    desk.done(f"/cases/{_cases(desk)[0]}/consultations", {"body": BODY, "due_on": "2024-01-05"})
    return "2023-11-20"


def _convened(desk: Desk) -> str:
    desk.today("2024-01-15")
    session = _session(desk)
    for case in _cases(desk):
        desk.done(f"/sessions/{session}/items", {"case": case})
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    return "2024-01-25"


def _opened(desk: Desk) -> str:
    desk.today("2024-02-06")
    desk.done(f"/sessions/{_session(desk)}/sittings", {"call": 1, "present": 5})
    # One petition can be voted on at once, the other needs the council's choice.
    said = {"case": _cases(desk)[0], "recommendation": "favourable"}
    desk.done(f"/committees/{desk.committees['social']}/reports", said, who="chair")
    return "2024-02-06"


def _voted(desk: Desk) -> str:
    reported = _cases(desk)[0]
    items = rows_of(desk.review)["item"]
    (second,) = (one for one in items if str(one["case_id"]) != reported)
    desk.taken_up(str(second["id"]))
    for item in items:
        votes = {"votes_for": 4, "votes_against": 1, "abstentions": 0, "president": "for"}
        desk.done(f"/items/{item['id']}/vote", votes)
    return "2024-02-06"


def _closed(desk: Desk) -> str:
    desk.done(f"/sessions/{_session(desk)}/closing", who="chief")
    for decision in rows_of(desk.review)["decision"]:
        desk.done(f"/decisions/{decision['id']}/classification", {"matter": None}, who="chief")
    return "2024-02-06"


def _sat_again(desk: Desk) -> str:
    """What was voted in February is with the governor, or enforceable; the May session is open."""
    desk.today("2024-02-09")
    for decision in rows_of(desk.review)["decision"]:
        receipt = {"governor_receipt_on": "2024-02-09"}
        desk.done(f"/decisions/{decision['id']}/transmission", receipt, who="chief")
    desk.today("2024-04-15")
    desk.fire_timers()
    session = desk.planned("2024-05-07")
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie", "original": "fr"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-04-26")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-05-07")
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    return "2024-05-07"


STAGES: tuple[Callable[[Desk], str], ...] = (
    _filed,
    _referred,
    _convened,
    _opened,
    _voted,
    _closed,
    _sat_again,
)


def _cases(desk: Desk) -> list[str]:
    return [str(row["id"]) for row in rows_of(desk.review)["case"]]


def _session(desk: Desk) -> str:
    (session,) = desk.review.rows(CouncilSession)
    return str(session.id)
