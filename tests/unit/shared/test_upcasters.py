"""Older versions of events are lifted step by step to the newest one."""

from __future__ import annotations

import pytest

from shared.events.upcasters import UPCASTERS, Plain, upcast


def test_an_event_is_lifted_through_every_version_between(monkeypatch: pytest.MonkeyPatch) -> None:
    def second(what: Plain, after: Plain) -> tuple[Plain, Plain]:
        return {**what, "door": "unknown"}, after

    def third(what: Plain, after: Plain) -> tuple[Plain, Plain]:
        return what, {**after, "door": what["door"]}

    monkeypatch.setitem(UPCASTERS, "thing.done.v1", ("thing.done.v2", second))
    monkeypatch.setitem(UPCASTERS, "thing.done.v2", ("thing.done.v3", third))

    lifted = upcast("thing.done.v1", {"a": 1}, {"state": "done"})

    assert lifted == (
        "thing.done.v3",
        {"a": 1, "door": "unknown"},
        {"state": "done", "door": "unknown"},
    )


def test_an_event_without_a_newer_version_stays_as_it_is() -> None:
    assert upcast("thing.done.v1", {"a": 1}, {}) == ("thing.done.v1", {"a": 1}, {})
