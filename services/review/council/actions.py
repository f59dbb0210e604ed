"""Everything that changes mandates and committees; a committee reports in reporting.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.review.cases import law
from services.review.council import queries
from services.review.council.models import Committee, Mandate
from services.review.council.office import check_office
from services.review.council.state import COMMITTEE_WORKFLOW, MANDATE_WORKFLOW
from services.review.council.workflow import COMMITTEE_OFFICES, CommitteeState, MandateState
from services.review.sessions.actions.questioning import question_counts
from shared.errors import GuardRefused, InvalidInput
from shared.events.council import (
    CommitteeFormed,
    CommitteeRemitRecorded,
    MandateEnded,
    MandateStarted,
)
from shared.law import composition
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def start_mandate(
    uow: UnitOfWork,
    mandate: Mandate,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> Mandate:
    """Record that somebody took office; the act's date is the first day unless another is given."""
    mandate.state = MandateState.NEW.value
    _check_span(mandate)
    _check_committee(uow, mandate)
    meanwhile = queries.overlapping(uow.session, uow.authority, mandate.from_on, mandate.until_on)
    own = [other for other in meanwhile if other.person_id == mandate.person_id]
    facts = {
        "own": own,
        "holders": [
            other
            for other in meanwhile
            if (other.office, other.committee_id) == (mandate.office, mandate.committee_id)
        ],
        **_bounds(uow, mandate, own),
    }
    uow.add(mandate)
    act = Act(what=MandateStarted(), acted_on=acted_on, late_reason=late_reason, facts=facts)
    move(MANDATE_WORKFLOW, mandate, "start", uow, act)
    question_counts(uow, mandate, first=mandate.from_on, last=mandate.until_on)
    return mandate


def end_mandate(
    uow: UnitOfWork, mandate: Mandate, *, reason: str, acted_on: date | None = None, **act: Any
) -> Mandate:
    """End an office; the act's date is its last day. Counts already taken stand as recorded;
    where one is another number by it, that is told as a finding.
    """
    last_day = acted_on or uow.today
    if last_day < mandate.from_on:
        raise InvalidInput(
            "An office cannot end before it began, on %(first)s.",
            field="acted_on",
            remedy="Give the last day in office.",
            first=mandate.from_on,
        )
    was_until, mandate.until_on = mandate.until_on, last_day
    what = MandateEnded(reason=reason)
    move(MANDATE_WORKFLOW, mandate, "end", uow, Act(what=what, acted_on=acted_on, **act))
    question_counts(uow, mandate, first=last_day + timedelta(days=1), last=was_until)
    return mandate


def form_committee(
    uow: UnitOfWork,
    *,
    code: str,
    name: Mapping[str, str | None],
    remit: Mapping[str, str | None] | None = None,
    id_: UUID | None = None,
    **act: Any,
) -> Committee:
    """Record a permanent committee; its code is its own within the authority.

    ``remit`` is what it deals with, in the languages it is known in; it is public.
    """
    if queries.has_committee(uow.session, uow.authority, code):
        raise GuardRefused(
            "There is a committee with this code already.",
            field="code",
            remedy="Choose another code.",
        )
    committee = Committee(
        id=id_,
        code=code,
        name=dict(name),
        remit=dict(remit) if remit else None,
        state=CommitteeState.NEW.value,
    )
    uow.add(committee)
    pack = law.pack_in_force(uow.profile, act.get("acted_on") or uow.today)
    facts = {
        "committees": queries.count_committees(uow.session, uow.authority),
        "most_committees": composition.most(pack, composition.COMMITTEES),
    }
    done = Act(what=CommitteeFormed(), facts=facts, **act)
    move(COMMITTEE_WORKFLOW, committee, "form", uow, done)
    return committee


def record_remit(
    uow: UnitOfWork, committee: Committee, *, remit: Mapping[str, str | None], **act: Any
) -> Committee:
    """Record what a committee deals with (locked by the caller), in place of what stood before."""
    check_office(uow, act.get("acted_on") or uow.today)
    committee.remit = dict(remit)
    move(
        COMMITTEE_WORKFLOW,
        committee,
        "record_remit",
        uow,
        Act(what=CommitteeRemitRecorded(), **act),
    )
    return committee


def _bounds(uow: UnitOfWork, mandate: Mandate, own: Sequence[Mandate]) -> dict[str, Any]:
    """What the law of the day lets a council have; by its size, where its size is recorded."""
    pack = law.pack_in_force(uow.profile, mandate.from_on)
    size = uow.profile.profile.get("council_seats")
    apart = composition.kept_apart(pack, mandate.office, {other.office for other in own})
    return {
        "most_vice_presidents": composition.most(pack, composition.VICE_PRESIDENTS, size),
        "most_committees_of_a_member": composition.most(pack, composition.SEATS_OF_A_MEMBER),
        "kept_apart": apart.id if apart else None,
    }


def _check_span(mandate: Mandate) -> None:
    if mandate.until_on is not None and mandate.until_on < mandate.from_on:
        raise InvalidInput(
            "An office cannot end before it began, on %(first)s.",
            field="until_on",
            remedy="Give the last day in office.",
            first=mandate.from_on,
        )


def _check_committee(uow: UnitOfWork, mandate: Mandate) -> None:
    """An office of a committee names it; every other office names none."""
    is_needed = mandate.office in COMMITTEE_OFFICES
    if is_needed != (mandate.committee_id is not None):
        raise InvalidInput(
            "Only an office in a committee names a committee, and it must name it.",
            field="committee",
            remedy="Name the committee for its chair and its members, for nobody else.",
        )
    if is_needed and not queries.is_formed(uow.session, uow.authority, mandate.committee_id):  # type: ignore[arg-type]
        raise InvalidInput(
            "There is no such committee.",
            field="committee",
            remedy="Choose one of the committees of this council.",
        )
