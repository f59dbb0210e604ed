import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.portal.app import create_app, new_parts
from services.portal.csrf import SESSION_COOKIE
from services.portal.parts import EXTENSION
from shared.http_client import ServiceClients
from shared.settings import PlatformSettings
from tests.integration.portal.fakes import HANDLE, FakeServices, fake_services

MASTER = b"k" * 32


@pytest.fixture
def services() -> FakeServices:
    return fake_services()


@pytest.fixture(scope="session")
def built() -> Flask:
    """One application for all tests: building it costs as much as three pages."""
    return create_app(ServiceClients({}), PlatformSettings(), master=MASTER)


@pytest.fixture
def portal(services: FakeServices, built: Flask) -> Iterator[Flask]:
    """portal, which remembers nothing of an earlier test."""
    clients = ServiceClients({}, dict(services.services))
    built.extensions[EXTENSION] = new_parts(clients, PlatformSettings(), master=MASTER)
    yield built
    clients.close()


class Reader:
    """A browser: keeps cookies, and sends forms with the hidden fields of their page."""

    def __init__(self, app: Flask, services: FakeServices) -> None:
        self.browser: FlaskClient = app.test_client()
        self._services = services
        self.browser.set_cookie("arida_language", "fr")

    def sign_in(self, *roles: str) -> None:
        """Come back with a cookie that identity knows."""
        self._services.sign_in(*roles)
        self.browser.set_cookie(SESSION_COOKIE, HANDLE)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read a page."""
        return self.browser.get(path, **options)

    def send(self, page: str, action: str, data: dict[str, Any]) -> TestResponse:
        """Send the form of ``page`` whose address is ``action``."""
        found = re.search(
            rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>',
            self.get(page).get_data(as_text=True),
            re.DOTALL,
        )
        assert found, f"{page} has no form for {action}"
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
        return self.browser.post(action, data={**dict(hidden), **data})


@pytest.fixture
def reader(portal: Flask, services: FakeServices) -> Reader:
    return Reader(portal, services)
