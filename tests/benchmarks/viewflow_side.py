"""The same persisted step with viewflow 2.4 on Django: a process that answers `run ID...`.

Started by steps.py with the packages of requirements/peers.txt; argument: the database's address.
It loads a petition with its people and documents under its lock, asks a guard, moves, and writes
row, history and event in one commit. It knows no authority, no row-level security, no schema of
events, no canonical bytes and no business date.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone


def _configure(url: str) -> None:
    parts = urlsplit(url)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port,
        "CONN_MAX_AGE": None,
    }
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=[], USE_TZ=True)
    django.setup()


_configure(sys.argv[1])

from viewflow.fsm import State  # noqa: E402 - it reads the settings when it is imported


class Petition(models.Model):
    """A petition as intake keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    authority = models.TextField()
    state = models.TextField(default="draft")
    sequence = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    petitioner = models.TextField()
    subject_line = models.JSONField()
    reasons = models.TextField(default="")
    signatures = models.IntegerField(default=0)
    drafted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One table, of no installed application."""

        app_label = "peer"


class Person(models.Model):
    """Somebody of the file."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="people")
    person_id = models.UUIDField()
    role = models.TextField()

    class Meta:
        """One table, of no installed application."""

        app_label = "peer"


class Document(models.Model):
    """A document of the file."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="documents")
    sha256 = models.TextField()

    class Meta:
        """One table, of no installed application."""

        app_label = "peer"


class History(models.Model):
    """What happened, row by row."""

    event_id = models.UUIDField(primary_key=True)
    subject = models.TextField()
    sequence = models.IntegerField()
    trigger = models.TextField()
    from_state = models.TextField()
    to_state = models.TextField()
    actor = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        """One table, of no installed application."""

        app_label = "peer"
        unique_together = (("subject", "sequence"),)


class Outbox(models.Model):
    """Events to be published."""

    event_id = models.UUIDField(primary_key=True)
    subject = models.TextField()
    sequence = models.IntegerField()
    body = models.BinaryField()

    class Meta:
        """One table, of no installed application."""

        app_label = "peer"
        unique_together = (("subject", "sequence"),)


TABLES = (Petition, Person, Document, History, Outbox)


def is_by_citizens(flow: PetitionFlow) -> bool:
    """The guard of the step."""
    return bool(flow.petition.petitioner == "citizens")


class PetitionFlow:
    """The workflow of one petition."""

    state = State(("draft", "collecting"), default="draft")

    def __init__(self, petition: Petition) -> None:
        self.petition = petition

    @state.setter()
    def _set_state(self, value: str) -> None:
        self.petition.state = value

    @state.getter()
    def _get_state(self) -> str:
        return str(self.petition.state)

    @state.transition(source="draft", target="collecting", conditions=[is_by_citizens])
    def open(self) -> None:
        """Begin to collect signatures."""

    @state.on_success()
    def _record(self, _descriptor: Any, source: str, target: str) -> None:
        petition = self.petition
        petition.sequence += 1
        petition.version += 1
        petition.save()
        event = {
            "event_id": uuid.uuid4(),
            "subject": f"petition/{petition.id}",
            "sequence": petition.sequence,
        }
        moved = {"trigger": "open", "from_state": source, "to_state": target}
        History.objects.create(**event, **moved, actor="someone", recorded_at=timezone.now())
        Outbox.objects.create(**event, body=_body(petition, source, target))


def _body(petition: Petition, source: str, target: str) -> bytes:
    after = {
        "state": petition.state,
        "petitioner": petition.petitioner,
        "subject": petition.subject_line,
        "signatures": petition.signatures,
        "people": [
            {"person": str(one.person_id), "role": one.role} for one in petition.people.all()
        ],
        "documents": len(petition.documents.all()),
    }
    return json.dumps({"from": source, "to": target, "after": after}, sort_keys=True).encode()


def prepare(count: int) -> str:
    """Make the tables anew with so many drafts; answers with their ids."""
    with connection.cursor() as cursor:
        for model in reversed(TABLES):
            cursor.execute(f'DROP TABLE IF EXISTS "{model._meta.db_table}" CASCADE')
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.create_model(model)
    made = [
        Petition(authority="taroudant", petitioner="citizens", subject_line={"fr": "Un puits"})
        for _ in range(count)
    ]
    Petition.objects.bulk_create(made)
    Person.objects.bulk_create(
        [Person(petition=one, person_id=uuid.uuid4(), role="mandatary") for one in made]
    )
    return " ".join(str(one.id) for one in made)


def run(ids: list[str]) -> str:
    """Take the step with each; answers with the seconds it took."""
    began = time.perf_counter()
    for id_ in ids:
        with transaction.atomic():
            found = Petition.objects.select_for_update(of=("self",))
            PetitionFlow(found.prefetch_related("people", "documents").get(pk=id_)).open()
    return str(time.perf_counter() - began)


def main() -> None:
    """Answer line by line until the input ends."""
    for line in sys.stdin:
        word, *rest = line.split()
        answer = prepare(int(rest[0])) if word == "prepare" else run(rest)
        print(answer, flush=True)


if __name__ == "__main__":
    main()
