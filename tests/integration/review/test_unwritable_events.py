"""An event that the database cannot take is condemned; one that a database away met is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from services.review.cases.models import Case
from shared.applying import Applier
from shared.broker.delivery import ACK, Dead, Delay
from shared.db.engine import Database
from shared.db.faults import Unwritable
from shared.events.envelope import Envelope
from shared.testing.harness import Harness, person
from shared.worker import MOST_ATTEMPTS
from tests.integration.review.test_case_opening import FILED
from tests.integration.review.test_inbox_attempts import filed, later, receive, review, rows

__all__ = ["review"]

WIDE = f"SELECT {', '.join('1' * 2500)}"
"""PostgreSQL: 54011, too many columns; SQLite: SQLITE_ERROR, too many columns in result set."""

ONLY_READING = {
    "postgresql": "SET TRANSACTION READ ONLY",  # 25006, as a standby says.
    "sqlite": "PRAGMA query_only = ON",  # SQLITE_READONLY, as a disk says that is mounted so.
}


@pytest.fixture
def led_to(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``led_to(sql)``: handling a filed petition also sends this statement."""
    told = Applier._told

    def send(sql: str) -> None:
        def tell(self: Applier, uow: Any, envelope: Envelope) -> bool:
            if envelope.type == FILED.TYPE and envelope.subject != f"petition/{person('fine')}":
                uow.session.connection().exec_driver_sql(sql)
            return told(self, uow, envelope)

        monkeypatch.setattr(Applier, "_told", tell)

    return send


def test_an_event_whose_statement_no_database_takes_ends_as_a_dead_letter_with_its_reason(
    review: Harness, led_to: Any
) -> None:
    led_to(WIDE)
    event = filed()

    outcomes = [receive(review, event, attempts=n) for n in range(MOST_ATTEMPTS)]

    assert [type(one) for one in outcomes] == [Delay] * (MOST_ATTEMPTS - 1) + [Dead]
    assert outcomes[-1].reason.startswith("Unwritable: the database cannot take it (SQL")
    assert "1, 1" not in outcomes[-1].reason
    assert review.rows(Case) == []
    assert receive(review, later()) == ACK
    assert [row.reason for row in rows(review, "inbox_parked")] == ["stopped"]
    assert receive(review, filed(f"petition/{person('fine')}")) == ACK


def test_a_database_that_only_reads_condemns_no_event(
    review: Harness, database_kind: str, led_to: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = filed()
    with monkeypatch.context():
        led_to(ONLY_READING[database_kind])
        outcomes = [receive(review, event, attempts=n) for n in range(MOST_ATTEMPTS + 10)]
    review.context.database.engine.dispose()

    assert {type(one) for one in outcomes} & {Dead} == set()
    assert [row.failed for row in rows(review, "inbox_attempt")] in ([], [0])
    led_to("SELECT 1")
    assert receive(review, event, attempts=3) == ACK
    assert len(review.rows(Case)) == 1


def test_a_file_that_is_no_database_is_away_and_no_fault_of_what_is_asked(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database at all, but some text" * 100)
    database = Database(f"sqlite:///{tmp_path}/broken.db")

    with pytest.raises(OperationalError), database.write("*"):
        pass
    assert not database.answers()
    database.close()


def test_more_values_than_a_driver_sends_are_no_outage(
    harness_on: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"n{number}" for number in range(70_000)]
    sql = text(f"SELECT {', '.join(f':{name}' for name in names)}")

    def tell(_self: Applier, uow: Any, _envelope: Envelope) -> bool:
        uow.session.execute(sql, dict.fromkeys(names, 1))
        return True

    monkeypatch.setattr(Applier, "_told", tell)

    with pytest.raises(Unwritable):
        harness_on("review").worker.applier.apply(filed(), b"")
