"""The private servers: what they promise tests, and that only what was started is ever ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shared.testing import postgres_server, rabbitmq_server
from shared.testing.processes import Process, detach, end, identify, is_running
from shared.testing.running import Running


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that nobody here may end."""
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    yield child
    child.kill()
    child.wait()


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Running]:
    server = postgres_server.start(tmp_path / "postgres")
    yield server
    postgres_server.stop(server)


def test_a_number_given_to_another_process_is_not_taken_for_ours(
    stranger: subprocess.Popen[bytes],
) -> None:
    stale = Process(pid=stranger.pid, started="an earlier life")

    end(stale, polite=signal.SIGTERM, patience=0.1)

    assert not is_running(stale)
    assert stranger.poll() is None


def test_a_process_that_ended_but_was_not_collected_does_not_run(
    stranger: subprocess.Popen[bytes],
) -> None:
    process = identify(stranger.pid)
    assert process is not None

    end(process, polite=signal.SIGTERM, patience=5.0)

    assert not is_running(process)


def test_a_program_that_was_started_and_ended_leaves_nothing_to_collect(tmp_path: Path) -> None:
    process = detach([sys.executable, "-c", "import signal; signal.pause()"], tmp_path)

    end(process, polite=signal.SIGTERM, patience=5.0)

    with pytest.raises(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)


def test_postgres_keeps_what_it_confirms_and_takes_many_clients(postgres: Running) -> None:
    with psycopg.connect(postgres.url.replace("+psycopg", "")) as connection:
        settings = connection.execute(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('max_connections'), current_setting('listen_addresses')"
        ).fetchone()

    assert settings == ("on", "on", "200", "127.0.0.1")


def test_stopping_postgres_ends_it_and_removes_its_data(tmp_path: Path) -> None:
    server = postgres_server.start(tmp_path / "postgres")

    postgres_server.stop(server)

    assert not postgres_server.is_up(server)
    assert not Path(server.folder).exists()


def test_a_postgres_that_was_killed_is_not_up(postgres: Running) -> None:
    end(postgres.processes[0], polite=signal.SIGKILL, patience=5.0)

    assert not postgres_server.is_up(postgres)


def test_a_living_process_that_does_not_speak_amqp_is_no_broker(postgres: Running) -> None:
    assert not rabbitmq_server.is_up(postgres)


def test_the_broker_has_a_virtual_host_for_each_test_process(broker_url: str) -> None:
    port = int(broker_url.partition("@")[2].partition(":")[2].partition("/")[0])

    assert rabbitmq_server.answers(port)
    assert "gw0" in rabbitmq_server.VIRTUAL_HOSTS


def test_the_server_given_to_tests_answers(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
