"""One populated system a service: subjects in several states, and who may act on them.

The matrix of routes, roles and authorities, the bad-input tests and the contract fuzzing all stand
on it; a new kind of id in an address needs a line in ``ids`` here, else the matrix fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.events.cases import CaseOpened, CaseSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import AUTHORITY, TODAY, Harness, person
from tests.integration.audit.conftest import Live
from tests.integration.identity.conftest import account, grant, register, sign_in
from tests.integration.notifications.conftest import Desk as NoticeDesk
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.opinions.conftest import Bodies
from tests.integration.review.case_support import Desk
from tests.integration.security.council_rows import (
    agenda_request,
    committee_report,
    document,
    failed_notice,
    follow_up,
    meeting,
)

FAST_PASSWORDS = {"IDENTITY_PASSWORD_MEMORY_KIB": "64", "IDENTITY_PASSWORD_ROUNDS": "1"}
OTHER = "tiznit"
NO_LETTER = person("no-letter")
DRAFT = {
    "petitioner": "association",
    "subject": {"ar": "إحداث مركز استماع", "fr": "Création d'un centre d'écoute"},
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative", "name_latin": "Somebody"}],
}


@dataclass(kw_only=True)
class World:
    """A service with something in it; ``ids`` gives real values for the parts of its addresses."""

    harness: Harness
    ids: Mapping[str, list[str]]
    who: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """Its name."""
        return self.harness.service

    def token(self, role: str, *, authority: str = AUTHORITY, seconds: int = 300) -> str:
        """A token of the person who holds a role here."""
        return self.harness.mint.token(
            role,
            person=person(self.who.get(role, "somebody")),
            authority=authority,
            scopes={role: self.scopes[role]} if role in self.scopes else None,
            seconds=seconds,
            client="service:audit" if role == "service" else "test",
        )

    def ask(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        role: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Any:
        """Ask as the person who holds a role here; ``options`` as for the harness."""
        sent = dict(headers or {})
        if role is not None:
            authority = options.pop("authority", AUTHORITY)
            sent.setdefault("Authorization", f"Bearer {self.token(role, authority=authority)}")
        return self.harness.request(method, path, json, headers=sent, **options)

    def counts(self) -> dict[str, int]:
        """The rows of every table: what an answer that changes nothing leaves as it is."""
        tables = self.harness.context.base.metadata.sorted_tables
        with self.harness.context.database.read(EVERY_AUTHORITY) as session:
            return {
                table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables
            }


def intake_world(harness: Harness) -> World:
    """A draft, a petition that collects signatures, and a filed one."""
    ids = []
    for step, petitioner in ((None, "association"), ("opening", "citizens"), ("filing", None)):
        said = {**DRAFT, "petitioner": petitioner or "association"}
        made = harness.request("POST", "/petitions", said, role="petitioner")
        ids.append(made.json["id"])
        if step:
            done = harness.request("POST", f"/petitions/{ids[-1]}/{step}", {}, role="petitioner")
            assert done.status_code == 200, done.text
    return World(
        harness=harness, ids={"petition_id": ids, "code": [AUTHORITY], "letter_id": [NO_LETTER]}
    )


def review_world(harness: Harness) -> World:
    """A council; an open petition, one before its committee, one decided, and an opinion asked."""
    desk = Desk(harness)
    decided = desk.referred("decided")
    desk.deliberated(decided)
    referred = desk.referred("referred")
    consultation = desk.asked(referred, is_mandatory=True)
    opened = desk.filed("open")
    shown = desk.get(f"/cases/{decided}").json
    sessions = desk.get(f"/sessions?authority={AUTHORITY}").json["sessions"]
    mandates = desk.get("/mandates").json["mandates"]
    return World(
        harness=harness,
        ids={
            "case_id": [opened, referred, decided],
            "session_id": [one["id"] for one in sessions],
            "item_id": [one["id"] for one in shown["items"]],
            "decision_id": [one["id"] for one in shown["decisions"]],
            "committee_id": list(desk.committees.values()),
            "report_id": [committee_report(desk, desk.committees["social"])],
            "meeting_id": [meeting(desk, desk.committees["social"])],
            "mandate_id": [one["id"] for one in mandates],
            "consultation_id": [consultation],
            "sitting_id": [
                one["id"] for one in desk.get(f"/sessions/{sessions[0]['id']}").json["sittings"]
            ],
            "document_id": [document(desk, decided)],
            "request_id": [agenda_request(desk, sessions[0]["id"])],
            "notice_id": [failed_notice(desk, sessions[0]["id"])],
            "action_id": [follow_up(desk, shown["decisions"][0]["id"])],
            "person": [person("plain")],
            "kind": ["admission"],
            "language": ["fr"],
            "authority": [AUTHORITY],
            "year": ["2023"],
            "number": ["1"],
            "code": [AUTHORITY],
            "letter_id": [NO_LETTER],
        },
        who={
            "president": "chief",
            "bureau": "vice",
            "committee-chair": "chair",
            "council-member": "plain",
            "petitioner": "legal",
        },
    )


def opinions_world(harness: Harness) -> World:
    """A body with its members, an opinion in drafting, and an adopted one."""
    bodies = Bodies(harness)
    body = bodies.formed()
    bodies.seated(body, "rapporteur", "m2", "m3", "m4", "m5")
    drafting, adopted = bodies.drafted(bodies.started(body)), bodies.adopted(body)
    members = harness.request("GET", f"/bodies/{body}", role="secretariat").json["members"]
    return World(
        harness=harness,
        ids={
            "body_id": [body],
            "member_id": [one["id"] for one in members],
            "opinion_id": [drafting["id"], adopted["id"]],
            "code": [AUTHORITY],
            "letter_id": [NO_LETTER],
        },
        who={"body-member": "rapporteur"},
        scopes={"body-member": [body]},
    )


def identity_world(harness: Harness) -> World:
    """An authority, an account with a role, and its sign-in."""
    register(harness)
    account(harness, "somebody")
    made = grant(harness, "somebody", "secretariat")
    answer = sign_in(harness.request, "somebody")
    return World(
        harness=harness,
        ids={
            "code": [AUTHORITY],
            "letter_id": [NO_LETTER],
            "person": [person("somebody")],
            "membership_id": [made.json["id"]],
            "handle": [answer.json["handle"]],
        },
    )


def notifications_world(harness: Harness) -> World:
    """Notices for the people of a filed petition."""
    identity = FakeIdentity()
    identity.knows("somebody", "fr")
    desk = NoticeDesk(harness, identity)
    desk.file_petition("somebody", "another")
    mine = [one for one in desk.notices if str(one.person_id) == person("somebody")]
    return World(
        harness=harness,
        ids={
            "notice_id": [str(one.id) for one in mine],
            "code": [AUTHORITY],
            "letter_id": [NO_LETTER],
        },
    )


def audit_world(harness: Harness) -> World:
    """A ledger of one entry, and live services that answer for it."""
    live = Live()
    for service in ("identity", "intake", "review", "opinions", "notifications"):
        harness.context.clients.attach(service, live.app(service))
    after = CaseSnapshot(
        state="open",
        reference="taroudant/2023/1",
        subject=Texts(fr="Un centre", original="fr"),
        petitioner="association",
        people=[PersonInRole(person=person("somebody"), role="mandatary")],
        filed_on=TODAY,
        law_version="ma-commune@2015-07-23",
        refusal_due_on=date(2024, 1, 16),
        refusal_safe_on=date(2024, 1, 16),
        decided_on=None,
        reasons=[],
        committee=None,
    )
    what = CaseOpened(signatures_needed=0, signatures=0)
    harness.deliver(what, after, subject=f"case/{person('case')}", time=now())
    return World(
        harness=harness,
        ids={
            "index": ["0"],
            "kind": ["case"],
            "key": [person("case")],
            "code": [AUTHORITY],
            "letter_id": [NO_LETTER],
        },
    )


BUILDERS: Mapping[str, Callable[[Harness], World]] = {
    "identity": identity_world,
    "intake": intake_world,
    "review": review_world,
    "opinions": opinions_world,
    "notifications": notifications_world,
    "audit": audit_world,
}


def an_id(name: str) -> UUID:
    """An id that nothing has."""
    return UUID(person(f"nothing-{name}"))
