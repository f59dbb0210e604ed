"""review keeps to its own OpenAPI document, whatever acts it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.fuzzing import fuzz_slice, populated, slices

pytestmark = [pytest.mark.early(50), pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    "number", [number for service, number in slices(reads=False) if service == "review"]
)
def test_review_keeps_to_its_document_whatever_it_is_asked(
    number: int, postgres_url: str, process_name: str, tmp_path: Path
) -> None:
    made = populated(
        "review", postgres_url=postgres_url, process_name=process_name, folder=tmp_path
    )

    with made as world:
        fuzz_slice(world, number, reads=False)
