"""What is to follow a commit follows it: never before others can see the rows, nor without them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from services.intake.models import Petition
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, unit_of_work

ACTOR = Actor(id=str(UUID(int=7)), role="secretariat")


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL."""
    harness: Harness = harness_on("intake")
    return harness


def acting(intake: Harness) -> Any:
    """A unit of work of the secretariat."""
    cause = Cause(correlation_id="test")
    return unit_of_work(intake.context, authority=AUTHORITY, actor=ACTOR, cause=cause)


def drafts(intake: Harness) -> int:
    """How many petitions another transaction can see."""
    with intake.context.database.read(EVERY_AUTHORITY) as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def petition() -> Petition:
    """A draft."""
    line = {"fr": "Un puits", "original": "fr"}
    return Petition(state="draft", petitioner="citizens", subject_line=line, drafted_at=now())


def draft_and_fail(intake: Harness, seen: list[int]) -> None:
    """Begin something that has consequences, and end it by an error."""
    with acting(intake) as uow:
        uow.once_committed(lambda: seen.append(drafts(intake)))
        uow.add(petition())
        raise ZeroDivisionError


def test_what_follows_a_commit_finds_its_rows(intake: Harness) -> None:
    seen: list[int] = []

    with acting(intake) as uow:
        uow.once_committed(lambda: seen.append(drafts(intake)))
        uow.add(petition())
        assert seen == []

    assert seen == [1]


def test_nothing_follows_what_is_rolled_back(intake: Harness) -> None:
    seen: list[int] = []

    with pytest.raises(ZeroDivisionError):
        draft_and_fail(intake, seen)

    assert (seen, drafts(intake)) == ([], 0)
