"""The story on one embedded system: it plays, a second run adds nothing, the ledger agrees."""

from __future__ import annotations

import json

import pytest

from tests.end_to_end.conftest import EmbeddedProcess

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(180)]


def test_the_story_plays_twice_and_an_auditor_replays_it(embedded: EmbeddedProcess) -> None:
    first = embedded.arida("demo", "--url", embedded.url)
    assert first.returncode == 0, first.stdout + first.stderr
    after_first = _replayed(embedded)

    second = embedded.arida("demo", "--url", embedded.url)
    assert second.returncode == 0, second.stdout + second.stderr
    after_second = _replayed(embedded)

    assert after_first["cases"] == 2
    assert after_first["divergences"] == []
    assert after_second == after_first


def _replayed(embedded: EmbeddedProcess) -> dict[str, object]:
    done = embedded.arida("audit", "replay", "--authority", "taroudant", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    assert result["behind"] == 0
    return result
