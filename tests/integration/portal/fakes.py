"""Small stand-ins for the services: portal is tested alone. What they answer, what they got."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.integration.portal import answers

HANDLE = "handle-of-a-session"


@dataclass
class Call:
    """One request that a service got."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass
class FakeService:
    """Answers by (method, path) from a table; everything else is a 404 problem."""

    name: str
    table: dict[tuple[str, str], Any]
    calls: list[Call] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        path = request.path.removeprefix(f"/{self.name}/v1")
        is_json = request.mimetype == "application/json"
        body = json.loads(request.get_data()) if is_json else request.form.to_dict()
        self.calls.append(Call(request.method, path, body, dict(request.headers)))
        request.close()
        known = self.table.get((request.method, path))
        status, content = known if isinstance(known, tuple) else (200, known)
        if content is None and status == 200:
            status, content = 404, answers.problem(404, "not-found")
        answer = Response(json.dumps(content), status, mimetype="application/json")
        return answer(environ, start_response)


@dataclass
class FakeServices:
    """All services, and who is signed in at identity."""

    services: dict[str, FakeService]
    roles: list[str] = field(default_factory=list)

    def answer(self, service: str, method: str, path: str, content: Any, status: int = 200) -> None:
        """Let a service answer from now on."""
        self.services[service].table[method, path] = (status, content)

    def sign_in(self, *roles: str) -> None:
        """Let the handle stand for a person with these roles."""
        known = {**answers.SIGN_IN, "roles": list(roles)}
        self.answer("identity", "GET", f"/sessions/{HANDLE}", known)

    def acts(self) -> list[Call]:
        """What was asked of the services beside reading and signing in."""
        plumbing = ("/oauth/token", f"/sessions/{HANDLE}/tokens")
        return [
            call
            for service in self.services.values()
            for call in service.calls
            if call.method != "GET" and call.path not in plumbing
        ]


def fake_services() -> FakeServices:
    """The services with one of everything."""
    tables = answers.tables(HANDLE)
    return FakeServices({name: FakeService(name, dict(table)) for name, table in tables.items()})
