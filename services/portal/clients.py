"""Calls from pages to services: JSON in, JSON out, and a refusal kept as its problem document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.http_client import Response, ServiceClients
from shared.ids import new_id

Json = dict[str, Any]


class Refused(Exception):
    """A service answered with a problem document (RFC 9457), already in the reader's language."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('code', '')}")
        self.status = status
        self.problem = dict(problem)

    @property
    def is_sign_in_over(self) -> bool:
        """Whether the service did not take the token."""
        return self.status == 401


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Calls services for one reader, with that person's token if there is one."""

    clients: ServiceClients
    token: str | None = None
    address: str | None = None
    """The network address of the person, told to the services that count attempts by it."""

    def read(self, service: str, path: str, **params: Any) -> Json:
        """Read ``/<service>/v1`` + path; parameters that are None are left out."""
        given = {name: value for name, value in params.items() if value is not None}
        headers = _headers("", None, self.address)
        answer = self.clients.get(
            service, _full(service, path), token=self.token, params=given, headers=headers
        )
        return _body(answer)

    def read_bytes(self, service: str, path: str) -> bytes:
        """Read bytes that are no JSON document of an interface, such as an event as stored."""
        answer = self.clients.get(service, _full(service, path), token=self.token)
        _refuse(answer)
        return answer.body

    def read_file(self, service: str, path: str, **params: Any) -> Response:
        """Read a file with its headers, to be passed on as it is."""
        given = {name: value for name, value in params.items() if value is not None}
        headers = _headers("", None, self.address)
        answer = self.clients.get(
            service, _full(service, path), token=self.token, params=given, headers=headers
        )
        _refuse(answer)
        return answer

    def act(
        self, service: str, path: str, body: Json, *, key: str = "", version: str | None = None
    ) -> Json:
        """Send one act; ``key`` makes repeating it safe, ``version`` is what the person saw."""
        return _body(
            self.clients.post(
                service,
                _full(service, path),
                token=self.token,
                json=body,
                headers=_headers(key or str(new_id()), version, self.address),
            )
        )

    def change(
        self, method: str, service: str, path: str, body: Json, *, version: str | None
    ) -> Json:
        """Send a PUT or PATCH of what the person edited in ``version``."""
        return _body(
            self.clients.send(
                method,
                service,
                _full(service, path),
                token=self.token,
                json=body,
                headers=_headers("", version),
            )
        )

    def upload(
        self, service: str, path: str, form: Json, *, files: Mapping[str, Any], key: str
    ) -> Json:
        """Send a form with files; each file is (name, stream, media type)."""
        return _body(
            self.clients.post(
                service,
                _full(service, path),
                token=self.token,
                data=form,
                files=dict(files),
                headers=_headers(key, None),
            )
        )

    def delete(self, service: str, path: str) -> None:
        """Take something away."""
        _refuse(self.clients.send("DELETE", service, _full(service, path), token=self.token))


def _full(service: str, path: str) -> str:
    return f"/{service}/v1{path}"


def _headers(key: str, version: str | None, address: str | None = None) -> dict[str, str]:
    headers = {"Idempotency-Key": key} if key else {}
    if address:
        headers["X-Forwarded-For"] = address
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return headers


def _body(answer: Response) -> Json:
    _refuse(answer)
    body = answer.json()
    return body if isinstance(body, dict) else {"rows": body}


def _refuse(answer: Response) -> None:
    if answer.is_success:
        return
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    raise Refused(answer.status, problem if isinstance(problem, dict) else {})
