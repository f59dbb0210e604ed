"""Each service keeps to its own OpenAPI document, whatever acts it is asked for.

review, the largest, lies in test_api_acts_of_review.py, so that two test processes share the work.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.fuzzing import fuzz_slice, populated, slices

pytestmark = [pytest.mark.early(40), pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    ("service", "number"), [one for one in slices(reads=False) if one[0] != "review"]
)
def test_a_service_keeps_to_its_document_whatever_it_is_asked(
    service: str, number: int, postgres_url: str, process_name: str, tmp_path: Path
) -> None:
    made = populated(service, postgres_url=postgres_url, process_name=process_name, folder=tmp_path)

    with made as world:
        fuzz_slice(world, number, reads=False)
