from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.identity.authorities.state import AUTHORITY_WORKFLOW
from services.identity.authorities.workflow import (
    AuthorityState,
    date_is_not_in_the_future,
    date_moves_forward,
)
from services.identity.erasures.state import ERASURE_WORKFLOW
from services.identity.erasures.workflow import nothing_is_asked_already, nothing_keeps_the_data
from services.identity.kinds import KINDS
from services.identity.memberships.state import MEMBERSHIP_WORKFLOW
from services.identity.memberships.workflow import (
    MembershipState,
    dates_are_in_order,
    scope_fits_the_role,
)
from shared.workflow import Workflow

CELLS = {
    "authority": {
        ("new", "register"): "registered",
        ("registered", "change"): "registered",
        ("registered", "set_business_date"): "registered",
    },
    "membership": {("new", "grant"): "granted", ("granted", "end"): "ended"},
    "erasure": {
        ("new", "ask"): "requested",
        ("requested", "put_off"): "waiting",
        ("requested", "carry_out"): "done",
        ("requested", "refuse"): "refused",
        ("waiting", "put_off"): "waiting",
        ("waiting", "carry_out"): "done",
        ("waiting", "refuse"): "refused",
    },
}
FACTS: dict[str, Any] = {
    "was": None,
    "real_date": date(2026, 1, 1),
    "is_asked": False,
    "waits_for": [],
}


def row(**facts: Any) -> SimpleNamespace:
    """A row that every guard lets through, unless told otherwise."""
    defaults = {
        "business_date": None,
        "from_on": date(2023, 1, 1),
        "until_on": None,
        "role": "secretariat",
        "scope": None,
    }
    return SimpleNamespace(**{**defaults, **facts})


def every_cell() -> list[Any]:
    """Each state with each trigger of each kind."""
    return [
        pytest.param(flow, state.value, trigger, id=f"{flow.kind}-{state.value}-{trigger}")
        for flow in (AUTHORITY_WORKFLOW, MEMBERSHIP_WORKFLOW, ERASURE_WORKFLOW)
        for state in flow.states
        for trigger in {step["trigger"]: None for step in flow.table}
    ]


@pytest.mark.parametrize(("flow", "state", "trigger"), every_cell())
def test_each_cell_leads_where_the_table_says_or_is_refused(
    flow: Workflow, state: str, trigger: str
) -> None:
    subject = row(state=state)
    wanted = CELLS[flow.kind].get((state, trigger))

    if wanted is None:
        with pytest.raises(MachineError):
            flow.machine.events[trigger].trigger(subject, facts=FACTS)
        assert subject.state == state
    else:
        assert flow.machine.events[trigger].trigger(subject, facts=FACTS)
        assert subject.state == wanted


@pytest.mark.parametrize(
    ("was", "to", "goes"),
    [
        (None, date(2001, 1, 1), True),
        (date(2023, 8, 5), date(2023, 8, 6), True),
        (date(2023, 8, 5), date(2023, 8, 5), True),
        (date(2023, 8, 5), date(2023, 8, 4), False),
    ],
)
def test_the_business_date_never_goes_back(was: date | None, to: date, goes: bool) -> None:
    assert date_moves_forward(row(business_date=to), {"was": was}) is goes


@pytest.mark.parametrize(("day", "goes"), [(1, True), (2, False)])
def test_the_business_date_never_passes_the_real_date(day: int, goes: bool) -> None:
    assert date_is_not_in_the_future(row(business_date=date(2026, 1, day)), FACTS) is goes


@pytest.mark.parametrize(
    ("role", "scope", "fits"),
    [
        ("committee-chair", "some-committee", True),
        ("committee-chair", None, False),
        ("body-member", "some-body", True),
        ("body-member", None, False),
        ("secretariat", None, True),
        ("secretariat", "some-body", False),
    ],
)
def test_only_chairs_and_body_members_are_limited_to_an_id(
    role: str, scope: str | None, fits: bool
) -> None:
    assert scope_fits_the_role(row(role=role, scope=scope), {}) is fits


@pytest.mark.parametrize(
    ("until", "goes"), [(None, True), (date(2023, 1, 1), True), (date(2022, 12, 31), False)]
)
def test_a_role_does_not_end_before_it_begins(until: date | None, goes: bool) -> None:
    assert dates_are_in_order(row(until_on=until), {}) is goes


def test_an_erasure_is_asked_for_once_and_waits_for_what_is_needed() -> None:
    assert nothing_is_asked_already(row(), {"is_asked": False})
    assert not nothing_is_asked_already(row(), {"is_asked": True})
    assert nothing_keeps_the_data(row(), {"waits_for": []})
    assert not nothing_keeps_the_data(row(), {"waits_for": ["role-held"]})


def test_every_kind_with_events_is_shown_to_audit() -> None:
    assert [flow.kind for _, flow in KINDS] == ["authority", "membership", "erasure"]
    assert {state.value for state in AuthorityState} == {"new", "registered"}
    assert {state.value for state in MembershipState} == {"new", "granted", "ended"}
