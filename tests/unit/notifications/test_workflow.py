"""Every cell of the table of notices: what each state allows, and what it refuses."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from transitions import MachineError

from services.notifications.state import NOTICE_WORKFLOW
from services.notifications.workflow import TRANSITIONS, NoticeState

ALLOWED = {
    ("intended", "send"): "sent",
    ("acknowledged", "send"): "acknowledged",
    ("sent", "deliver"): "delivered",
    ("intended", "fail"): "failed",
    ("sent", "fail"): "failed",
    ("intended", "cancel"): "cancelled",
    ("intended", "acknowledge"): "acknowledged",
    ("sent", "acknowledge"): "acknowledged",
    ("delivered", "acknowledge"): "acknowledged",
    ("failed", "acknowledge"): "acknowledged",
}
TRIGGERS = sorted({str(step["trigger"]) for step in TRANSITIONS})
CELLS = list(itertools.product([state.value for state in NoticeState], TRIGGERS))


@pytest.mark.parametrize(("state", "trigger"), CELLS, ids=["-".join(cell) for cell in CELLS])
def test_each_cell_of_the_table_leads_where_it_says_or_nowhere(state: str, trigger: str) -> None:
    row = SimpleNamespace(state=state)
    step = NOTICE_WORKFLOW.machine.events[trigger]

    if (state, trigger) in ALLOWED:
        step.trigger(row, facts={})
        assert row.state == ALLOWED[state, trigger]
    else:
        with pytest.raises(MachineError):
            step.trigger(row, facts={})
        assert row.state == state
