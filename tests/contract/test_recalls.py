"""Every kind that a service tells of can be taken back from the log."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect

from shared.events.catalogue import EACH, EVENTS, OWNERS, kind_of
from shared.parts import WITH_DATABASE, load_part

NOT_TOLD_YET = {"checkpoint"}


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_every_kind_of_a_service_has_a_way_back(service: str) -> None:
    load_part(service).create_worker  # noqa: B018 - imports every event that the service knows.
    kinds = {kind_of(type_) for type_ in EVENTS} - NOT_TOLD_YET
    own = {kind for kind in kinds if OWNERS[kind] == service}

    assert own == set(load_part(service).recalls)


@pytest.mark.parametrize("service", WITH_DATABASE)
def test_every_renamed_field_names_a_column(service: str) -> None:
    for recall in load_part(service).recalls.values():
        columns: Any = inspect(recall.model).columns

        assert set(recall.columns.values()) <= set(columns.keys())


def test_letters_are_the_only_kind_of_each_service() -> None:
    assert {kind for kind, owner in OWNERS.items() if owner == EACH} == {"letter"}
