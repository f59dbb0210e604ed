"""One service on a real database, without a bus: requests and events in, rows and events out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from flask import Flask
from sqlalchemy import Table, inspect, select, text
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response as WsgiResponse

from shared.broker.connection import connect
from shared.broker.delivery import ACK, Delivery, Outcome
from shared.broker.topology import declare
from shared.clock import now
from shared.context import ServiceContext, open_context
from shared.db.authorities import AuthorityProfile, remember_authority
from shared.db.engine import EVERY_AUTHORITY, Database
from shared.db.migrations import is_current, migrate
from shared.events.canonical import to_plain
from shared.events.catalogue import Event, Snapshot
from shared.events.envelope import Data, Envelope, decode, encode
from shared.http_client import ServiceClients
from shared.ids import new_id
from shared.parts import Part, load_part
from shared.testing.tokens import TokenMint
from shared.web.scope import EXTENSION
from shared.web.tokens import TokenVerifier

AUTHORITY = "taroudant"
TODAY = date(2023, 10, 16)
APPEND_ONLY = {"ledger_entry"}

NEIGHBOURS = {"review": ("intake",)}
"""Whom a service asks in its requests; until a test attaches another, that one knows nothing."""

_FREE_APPS: dict[tuple[object, ...], list[tuple[Flask, ServiceContext]]] = {}
"""Applications of closed harnesses, by service and settings, with the context they had."""

ASKED_OF_THE_CONTEXT = {"BROKER_URL", "BROKER_PREFIX", "MASTER_KEY"}
"""Settings of which an application keeps nothing itself."""

_DATABASES: dict[str, Database] = {}
"""The databases on servers that were used before, by address: each knows its statements by now."""


def person(name: str) -> str:
    """The same opaque id for the same name in every test."""
    return str(uuid5(NAMESPACE_URL, f"urn:test:{name}"))


class Answer(TestResponse):
    """An answer whose JSON a test may look into without asking whether there is any."""

    json: Any


class Harness:
    """A service under test. ``request`` asks its HTTP interface, ``deliver`` hands it an event."""

    def __init__(
        self,
        service: str,
        *,
        database_url: str,
        folder: Path,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        part = load_part(service)
        given = environ or {}
        kept = {key: value for key, value in given.items() if key not in ASKED_OF_THE_CONTEXT}
        self._settings = (service, *sorted(kept.items()))
        environ = {
            "DATA_DIR": str(folder),
            f"{service.upper()}_DATABASE_URL": database_url,
            **given,
        }
        self.service = service
        clients = ServiceClients({}, dict.fromkeys(NEIGHBOURS.get(service, ()), _knows_nothing))
        self.context = open_context(
            service, part.settings, part.base, environ=environ, clients=clients
        )
        if not self.context.database.is_sqlite:
            self.context.database = _used_before(self.context.database)
        if not is_current(self.context.database, service):
            migrate(self.context.database, service)
        self._empty()
        self.mint = TokenMint(self.context.platform.issuer)
        self.context.tokens = TokenVerifier(
            issuer=self.mint.issuer, fetch_keys=self.mint.published_keys
        )
        self.is_usual = not given
        self.app = self._take_app(part)
        self.worker = part.create_worker(self.context)
        self._events = 0

    def declare_bus(self) -> None:
        """Declare every queue on the harness's own bus, as a relay does when it starts."""
        connection = connect(self.context.platform.bus_url)
        declare(connection, prefix=self.context.platform.broker_prefix)
        connection.release()

    def know_authority(
        self,
        code: str = AUTHORITY,
        *,
        kind: str = "commune",
        today: date | None = TODAY,
        **profile: Any,
    ) -> None:
        """Let the service know an authority, with its business date."""
        facts = {"population": 80149, "has_arrondissements": False, "holidays": [], **profile}
        known = AuthorityProfile(
            code=code,
            kind=kind,
            zone="Africa/Casablanca",
            business_date=today,
            name={"fr": code, "original": "fr"},
            profile={"languages": ["ar", "fr"], "local_rules": {}, **facts},
            sequence=1,
        )
        with self.context.database.write(EVERY_AUTHORITY) as (session, _):
            remember_authority(session, self.context.base.plumbing, known)

    def request(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        role: str | None = None,
        who: str = "somebody",
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """Ask ``/<service>/v1`` + ``path`` in a role; a POST gets a fresh Idempotency-Key.

        ``options`` may be authority, scopes, client, and whatever werkzeug's client takes.
        """
        sent = {"Idempotency-Key": str(new_id())} if method == "POST" else {}
        if role is not None:
            token = self.mint.token(
                role,
                person=person(who),
                authority=options.pop("authority", AUTHORITY),
                scopes=options.pop("scopes", None),
                client=options.pop("client", "test"),
            )
            sent["Authorization"] = f"Bearer {token}"
        sent |= headers or {}
        answer = self.app.test_client().open(
            f"/{self.service}/v1{path}", method=method, json=json, headers=sent, **options
        )
        return cast(Answer, answer)

    @property
    def browser(self) -> Any:
        """The application's bare test client, for requests that are no act of somebody."""
        return self.app.test_client()

    def deliver(
        self,
        what: Event,
        after: Snapshot,
        *,
        subject: str,
        sequence: int = 1,
        acted_on: date = TODAY,
        **attributes: Any,
    ) -> Outcome:
        """Hand the worker one event as the bus would; returns its outcome."""
        envelope = event_envelope(
            what, after, subject=subject, sequence=sequence, acted_on=acted_on, **attributes
        )
        return self.deliver_bytes(encode(envelope), message_id=envelope.id)

    def deliver_bytes(self, body: bytes, *, message_id: str = "", attempts: int = 0) -> Outcome:
        """Hand the worker raw bytes."""
        return self.worker.receive(
            Delivery(
                body=body,
                headers={},
                message_id=message_id,
                deliveries=0,
                attempts=attempts,
                routing_key="",
            )
        )

    def emitted(self, type_: str | None = None) -> list[Envelope]:
        """The events waiting in the outbox, in order of recording, all or of one type."""
        outbox = self.context.base.plumbing.outbox
        with self.context.database.read(EVERY_AUTHORITY) as session:
            bodies = session.scalars(
                select(outbox.c.body).order_by(outbox.c.recorded_at, outbox.c.event_id)
            ).all()
        envelopes = [decode(body) for body in bodies]
        return [one for one in envelopes if type_ is None or one.type == type_]

    def rows(self, model: Any) -> Sequence[Any]:
        """Every row of a table, in order of its key."""
        with self.context.database.read(EVERY_AUTHORITY) as session:
            return session.scalars(select(model).order_by(*inspect(model).primary_key)).all()

    def close(self) -> None:
        """Leave connections to a server and the application to the next harness."""
        self.context.notifier.close()
        if "clients" in self.context.__dict__:
            self.context.clients.close()
        if self.context.database.is_sqlite:
            self.context.database.close()
        _FREE_APPS.setdefault(self._settings, []).append((self.app, self.context))

    def _take_app(self, part: Part) -> Flask:
        """An application around this context: building one costs as much as ten requests."""
        free = _FREE_APPS.get(self._settings)
        if not free:
            return part.create_app(self.context)
        app, before = free.pop()
        self.context.prints, self.context.limits = before.prints, before.limits
        self.context.least_in_log = before.least_in_log
        app.extensions[EXTENSION] = self.context
        return app

    def _empty(self) -> None:
        # Most tables are empty, and emptying those costs less than truncating them.
        tables = reversed(self.context.base.metadata.sorted_tables)
        if not self.context.database.is_sqlite:
            with self.context.database.write(EVERY_AUTHORITY) as (session, _):
                session.execute(text(";".join(_emptying(table) for table in tables)))


_knows_nothing = WsgiResponse(status=404)


def _used_before(database: Database) -> Database:
    """The same database as an earlier harness had it; others give their connections back."""
    for url, other in _DATABASES.items():
        if url != database.url:
            other.close()
    return _DATABASES.setdefault(database.url, database)


def _emptying(table: Table) -> str:
    # The ledger refuses every deletion, as it must.
    return f'TRUNCATE "{table.name}"' if table.name in APPEND_ONLY else str(table.delete())


def event_envelope(
    what: Event,
    after: Snapshot,
    *,
    subject: str,
    sequence: int = 1,
    acted_on: date = TODAY,
    **attributes: Any,
) -> Envelope:
    """An envelope around an event, as its owner would have made it."""
    defaults: dict[str, Any] = {
        "id": str(new_id()),
        "source": "/test",
        "time": now(),
        "authority": AUTHORITY,
        "correlationid": str(new_id()),
        "causationid": None,
        "actorid": person("owner"),
        "actorrole": "service",
        "onbehalfof": None,
        "traceparent": None,
    }
    plain = to_plain(after)
    data = Data(
        workflow=subject.split("/", maxsplit=1)[0],
        trigger="test",
        from_="",
        to=plain["state"],
        acted_on=acted_on,
        corrects=None,
        what=to_plain(what),
        after=plain,
    )
    return Envelope(
        type=what.TYPE, subject=subject, sequence=sequence, data=data, **{**defaults, **attributes}
    )


__all__ = ["ACK", "AUTHORITY", "TODAY", "Harness", "event_envelope", "person"]
