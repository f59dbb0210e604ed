"""The table of a divergence, cell by cell."""

from __future__ import annotations

from services.audit.reasons import EXPLANATIONS
from services.audit.state import DIVERGENCE_WORKFLOW


def test_a_new_divergence_can_only_be_found() -> None:
    assert DIVERGENCE_WORKFLOW.triggers_from("new") == ["find"]


def test_an_open_divergence_has_no_way_on_yet() -> None:
    assert DIVERGENCE_WORKFLOW.triggers_from("open") == []


def test_every_reason_has_its_sentence() -> None:
    from services.audit import reasons

    codes = {
        value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)
    }
    assert codes == set(EXPLANATIONS)
