"""Each service keeps to its own OpenAPI document, whatever reads it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.fuzzing import fuzz_slice, populated, slices

pytestmark = [pytest.mark.early(25), pytest.mark.timeout(120)]


@pytest.mark.parametrize(("service", "number"), slices(reads=True))
def test_a_service_keeps_to_its_document_whatever_it_is_asked(
    service: str, number: int, postgres_url: str, process_name: str, tmp_path: Path
) -> None:
    made = populated(service, postgres_url=postgres_url, process_name=process_name, folder=tmp_path)

    with made as world:
        fuzz_slice(world, number, reads=True)
