"""A cluster that does not come up leaves nothing running behind it."""

from pathlib import Path
from typing import Any

import pytest

from shared.testing import cluster, postgres_server, rabbitmq_node
from shared.testing.postgres_server import is_up
from shared.testing.processes import ServerError, detach, is_running
from shared.testing.running import Running


def test_what_had_come_up_is_ended_when_the_rest_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []

    def remembered(*arguments: Any) -> Any:
        begun.append(detach(*arguments))
        return begun[-1]

    def refused(primary: Running, *_: Any) -> None:
        begun.append(primary)
        raise ServerError("The standby cannot be copied.")

    monkeypatch.setattr(rabbitmq_node, "detach", remembered)
    monkeypatch.setattr(postgres_server, "start_standby", refused)

    with pytest.raises(ServerError, match="cannot be copied"):
        cluster.start(tmp_path)

    epmd, node, primary = begun
    assert not is_running(epmd)
    assert not is_running(node)
    assert not is_up(primary)
