"""Pytest plugin: where tests find the real servers and the browser. A missing one is a failure."""

import os
import shutil

import pytest
import structlog
from hypothesis import HealthCheck, settings

from shared.logs import clear_ids
from shared.testing.servers import read_env
from shared.web.i18n import DEFAULT_LANGUAGE, set_language


def pytest_configure() -> None:
    """Time no single example, and print tracebacks plainly.

    How long a test takes is for the gates to judge: on a busy machine one example of many is slow.
    structlog's own way of printing takes seconds for a deep traceback.
    """
    unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("unhurried", unhurried)
    settings.load_profile("unhurried")
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


@pytest.fixture(autouse=True)
def clean_context() -> None:
    """Begin each test in the default language and without ids that an earlier one bound."""
    set_language(DEFAULT_LANGUAGE)
    clear_ids()


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the address of a PostgreSQL server, as its superuser, at the database `postgres`.

    The server is shared by all test processes: make databases of your own in it, named after
    `process_name`.
    """
    return _address("TEST_DATABASE_URL")


@pytest.fixture(scope="session")
def broker_url(process_name: str) -> str:
    """Return the address of a RabbitMQ broker, in a virtual host of this test process alone.

    `make services-up` makes the virtual hosts; a broker given by TEST_BROKER_URL needs gw0, gw1...
    too, unless the tests run in one process (WORKERS=0).
    """
    address = _address("TEST_BROKER_URL")
    if process_name == "main":
        return address
    return address.rstrip("/") + "/" + process_name


@pytest.fixture(scope="session")
def process_name() -> str:
    """Return the name of this test process: `gw0`, `gw1`... side by side, else `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def chrome_path() -> str:
    """Return the path of a Chromium: CHROME_PATH, or the one found on the path."""
    names = ("chromium", "google-chrome")
    found = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail("No Chromium: run `make test`, or set CHROME_PATH.", pytrace=False)
    return found


def _address(variable: str) -> str:
    address = read_env().get(variable)
    if not address:
        pytest.fail(f"No {variable}: run `make services-up`, or set it.", pytrace=False)
    return address
