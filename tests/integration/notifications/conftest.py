"""notifications under test: its harness, an identity with contacts, and events to hand it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from services.notifications.models import Notice
from services.notifications.sending import Sender
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.events.authorities import MembershipGranted, MembershipSnapshot
from shared.events.cases import CaseOpened, CaseSnapshot
from shared.events.petitions import PetitionFiled, PetitionSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import ACK, AUTHORITY, TODAY, Harness, person
from shared.testing.smtp import SmtpSink, smtp_sink

SUBJECT_LINE = Texts(ar="إحداث مركز استماع", fr="Un centre d'écoute", original="ar")


class FakeIdentity:
    """The two answers of identity that notifications needs; ``status`` makes it fail."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, Any]] = {}
        self.erased: set[str] = set()
        self.status = 200

    def knows(self, name: str, language: str, *, address: str | None = None) -> None:
        """Give somebody an account."""
        email = address or f"{name}@demo.example"
        self.contacts[person(name)] = {
            "email": email,
            "language": language,
            "name_latin": f"Surname {name}",
            "name_arabic": None,
        }

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        """Answer as a WSGI application."""
        status, body = self._answer(environ["PATH_INFO"])
        start_response(f"{status} told", [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]

    def _answer(self, path: str) -> tuple[int, dict[str, Any]]:
        if self.status != 200:
            return self.status, {}
        if path.endswith("/oauth/token"):
            return 200, {"access_token": "t", "token_type": "bearer", "expires_in": 300}
        if path.split("/")[-2] in self.erased:
            return 410, {"code": "personal-data-erased"}
        contact = self.contacts.get(path.split("/")[-2])
        return (200, contact) if contact else (404, {})


class Desk:
    """A harness of notifications with everything around it."""

    def __init__(self, harness: Harness, identity: FakeIdentity) -> None:
        self.harness = harness
        self.identity = identity
        harness.context.clients.attach("identity", identity)
        self.sender = Sender(harness.context)

    @property
    def notices(self) -> list[Any]:
        """Every notice, in order of intention."""
        return list(self.harness.rows(Notice))

    def told(self, kind: str) -> list[str]:
        """The persons who are told something of this kind, in no order."""
        return sorted(str(one.person_id) for one in self.notices if one.notice_kind == kind)

    def hear(self, what: Any, after: Any, *, subject: str, **more: Any) -> None:
        """Hand an event over; it must take effect."""
        assert self.harness.deliver(what, after, subject=subject, **more) == ACK

    def grant(
        self, name: str, role: str, *, authority: str = AUTHORITY, **period: date | None
    ) -> None:
        """Let somebody hold a role."""
        days: dict[str, Any] = {"from_on": date(2023, 1, 1), "until_on": None, **period}
        after = MembershipSnapshot(
            state="active", person=person(name), role=role, scope=None, **days
        )
        subject = f"membership/{person(name + role)}"
        self.hear(MembershipGranted(), after, subject=subject, authority=authority)

    def file_petition(self, *names: str) -> None:
        """Let a petition of these people be filed."""
        after = PetitionSnapshot(
            state="filed",
            reference="taroudant/2023/1",
            petitioner="association",
            subject=SUBJECT_LINE,
            filed_on=TODAY,
            signatures=0,
            association=None,
            people=[PersonInRole(person=person(name), role="mandatary") for name in names],
            documents=0,
            receipt="RCPT0123",
        )
        what = PetitionFiled(reference="taroudant/2023/1", receipt="RCPT0123")
        self.hear(what, after, subject=f"petition/{person('petition')}")

    def open_case(self, *names: str) -> None:
        """Let the case of these people be opened."""
        what = CaseOpened(signatures_needed=0, signatures=0)
        self.hear(what, case_snapshot(*names), subject=f"case/{person('petition')}")

    def clear_notices(self) -> None:
        """Send everything that waits, so that only later notices are looked at."""
        with self.harness.context.database.write(EVERY_AUTHORITY) as (session, _):
            session.query(Notice).delete()

    def make_due(self) -> None:
        """Let the waiting time of every notice be over."""
        with self.harness.context.database.write(EVERY_AUTHORITY) as (session, _):
            session.execute(update(Notice).values(next_try_at=now() - timedelta(minutes=1)))

    def alter(self, notice_id: UUID, **values: Any) -> None:
        """Set columns of a notice past its actions, as time or a crash would have."""
        with self.harness.context.database.write(EVERY_AUTHORITY) as (session, _):
            session.execute(update(Notice).where(Notice.id == notice_id).values(**values))


def case_snapshot(*names: str, **changes: Any) -> CaseSnapshot:
    """A case of these people."""
    facts: dict[str, Any] = {
        "state": "open",
        "reference": "taroudant/2023/1",
        "subject": SUBJECT_LINE,
        "petitioner": "association",
        "people": [PersonInRole(person=person(name), role="mandatary") for name in names],
        "filed_on": TODAY,
        "law_version": "2015-07-23",
        "refusal_due_on": date(2024, 1, 16),
        "refusal_safe_on": date(2024, 1, 16),
        "decided_on": None,
        "reasons": [],
        "committee": None,
    }
    return CaseSnapshot(**{**facts, **changes})


@pytest.fixture
def identity() -> FakeIdentity:
    """An identity without accounts."""
    return FakeIdentity()


@pytest.fixture
def desk(harness_on: Any, database_kind: str, identity: FakeIdentity) -> Desk:
    """notifications on either database, writing mails into a folder."""
    return Desk(harness_on("notifications", database_kind), identity)


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    """A mail relay on loopback."""
    with smtp_sink() as relay:
        yield relay


@pytest.fixture
def mailing_desk(
    harness_on: Any, database_kind: str, identity: FakeIdentity, sink: SmtpSink
) -> Desk:
    """notifications on either database, sending over the relay."""
    harness = harness_on(
        "notifications", database_kind, SMTP_URL=sink.url, NOTIFICATIONS_SMTP_SECONDS="2"
    )
    return Desk(harness, identity)


@pytest.fixture
def snapshot_of_case() -> Callable[..., CaseSnapshot]:
    """Makes a case's snapshot."""
    return case_snapshot
