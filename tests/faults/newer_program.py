"""This program as a later release could be, beside the one of today: one event has a new version.

``petition.filed.v2`` says through which door a petition came. The later release emits it, handles
it, and lifts what was emitted as v1.
"""

from __future__ import annotations

from functools import partial

import pytest

from services.intake import actions as intake_actions
from services.intake.workflow import TRANSITIONS
from services.review.handlers import HANDLERS
from shared import worker
from shared.background import _run_until_stopped
from shared.events.catalogue import EVENTS, Event, event
from shared.events.petitions import PetitionFiled, PetitionSnapshot
from shared.events.upcasters import UPCASTERS, Plain
from shared.logs import configure_logs
from shared.parts import load_part
from shared.relay import Relay
from tests.faults.failpoint_play import DRAFT, World, petitioner

OLDER, NEWER = "petition.filed.v1", "petition.filed.v2"
DRAFT_AND_FILE = 8


def become_newer() -> None:
    """Be the later release from here on; there is no way back for this process."""
    # The catalogue holds the newest version of each event, older ones are lifted.
    del EVENTS[OLDER]

    @event(NEWER, after=PetitionSnapshot)
    class PetitionFiledThrough(Event):
        """A petition was filed, and through which door."""

        reference: str
        receipt: str
        door: str

    assert isinstance(UPCASTERS, dict)
    UPCASTERS[OLDER] = (NEWER, _lifted)
    step = next(one for one in TRANSITIONS if one["trigger"] == "file")
    step["event"] = PetitionFiledThrough
    newest = partial(PetitionFiledThrough, door="counter")
    pytest.MonkeyPatch().setattr(intake_actions, "PetitionFiled", newest)
    HANDLERS[PetitionFiledThrough] = HANDLERS.pop(PetitionFiled)


def _lifted(what: Plain, after: Plain) -> tuple[Plain, Plain]:
    return {**what, "door": "unknown"}, after


def file_some(world: World, is_newer: bool, name: str) -> None:
    """File petitions, and ask for the withdrawal of every other one."""
    _begin(is_newer)
    intake = world.open("intake")
    ask = petitioner(intake)
    for number in range(DRAFT_AND_FILE):
        key = f"{name}-{number}"
        petition = ask("/petitions", DRAFT, f"draft-{key}")["id"]
        ask(f"/petitions/{petition}/filing", {}, f"file-{key}")
        if number % 2:
            ask(f"/petitions/{petition}/withdrawal-request", {}, f"withdraw-{key}")
    intake.close()


def relay(world: World) -> None:
    """Relay intake's events until the end; a relay takes bytes and knows no versions."""
    _begin(is_newer=False)
    intake = world.open("intake")
    _run_until_stopped(intake, [Relay(intake).run], wake=intake.relay_wake)


def work(world: World, is_newer: bool) -> None:
    """Be review's worker until the end; what is parked is looked at twice a second."""
    _begin(is_newer)
    worker.RELEASE_SECONDS = 0.5
    review = world.open("review")
    made = load_part("review").create_worker(review)
    _run_until_stopped(review, [made.consume, made.run_timers])


def _begin(is_newer: bool) -> None:
    configure_logs("versions", "CRITICAL", json=True)
    if is_newer:
        become_newer()
