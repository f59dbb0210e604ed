"""A name in files is erased from every state but its end, and only when nothing needs it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from transitions import MachineError

from services.intake.state import KINDS, REDACTION_WORKFLOW
from services.intake.workflow import (
    RedactionState,
    nobody_of_it_was_erased,
    nothing_keeps_the_name,
)

pytestmark = pytest.mark.unit

CELLS = {
    ("new", "put_off"): "waiting",
    ("new", "carry_out"): "done",
    ("waiting", "put_off"): "waiting",
    ("waiting", "carry_out"): "done",
}


@pytest.mark.parametrize("state", [state.value for state in RedactionState])
@pytest.mark.parametrize("trigger", ["put_off", "carry_out"])
def test_each_cell_leads_where_the_table_says_or_is_refused(state: str, trigger: str) -> None:
    subject = SimpleNamespace(state=state)
    step = REDACTION_WORKFLOW.machine.events[trigger]
    wanted = CELLS.get((state, trigger))

    if wanted is None:
        with pytest.raises(MachineError):
            step.trigger(subject, facts={"waits_for": []})
        assert subject.state == state
    else:
        assert step.trigger(subject, facts={"waits_for": []})
        assert subject.state == wanted


def test_a_name_that_a_file_needs_is_not_erased() -> None:
    assert nothing_keeps_the_name(SimpleNamespace(), {"waits_for": []})
    assert not nothing_keeps_the_name(SimpleNamespace(), {"waits_for": ["case-open"]})


def test_a_draft_of_which_a_name_was_erased_goes_no_further() -> None:
    assert nobody_of_it_was_erased(SimpleNamespace(erased_on=None), {})
    assert not nobody_of_it_was_erased(SimpleNamespace(erased_on=date(2023, 10, 16)), {})


def test_every_kind_with_events_is_shown_to_audit() -> None:
    assert [flow.kind for _, flow in KINDS] == ["petition", "redaction"]
