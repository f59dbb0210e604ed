"""The system that operators' commands talk to, over HTTP with the command line's own client."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from shared.http_client import Response, ServiceClients, ServiceUnavailable
from shared.ids import new_id
from shared.keys import client_secret, master_key
from shared.run_file import CLI_CLIENT, RunFile, read_run_file
from shared.settings import SERVICES, PlatformSettings, load_settings
from shared.web.i18n import gettext as _

WITH_BUS = tuple(name for name in SERVICES if name != "portal")


class NotReached(Exception):
    """A service, or the whole system, gave no usable answer; the message says which."""


class Refused(Exception):
    """The service said no; the message is its own."""


class RunningSystem:
    """Asks the services of one running system as an operator; close it at the end."""

    def __init__(self, run: RunFile, urls: Mapping[str, str]) -> None:
        self._clients = ServiceClients(urls)
        self._run = run
        self._token = ""

    def sign_in(self) -> None:
        """Get an operator's token for five minutes; raises ``NotReached``."""
        try:
            given = self._ask_for_token()
        except (NotReached, Refused) as error:
            # The remedy concerns the whole system, as nothing can be asked without a token.
            remedy = _("Start it, or name another by DATA_DIR, or PUBLIC_URL and MASTER_KEY.")
            reached = _("The system at %(url)s does not let this command in.", url=self._run.url)
            raise NotReached(f"{reached} {error} {remedy}") from error
        self._token = str(given["access_token"])

    def get(self, service: str, path: str) -> Any:
        """The JSON under ``/<service>/v1`` + ``path``; raises ``NotReached`` or ``Refused``."""
        full = f"/{service}/v1{path}"
        return _read(service, lambda: self._clients.get(service, full, token=self._token))

    def post(self, service: str, path: str, body: Any = None) -> Any:
        """Send an act under a key of its own; raises ``NotReached`` or ``Refused``."""
        content = {} if body is None else {"json": body}
        return _read(
            service,
            lambda: self._clients.post(
                service,
                f"/{service}/v1{path}",
                token=self._token,
                headers={"Idempotency-Key": str(new_id())},
                **content,
            ),
        )

    def close(self) -> None:
        """Close the connections."""
        self._clients.close()

    def _ask_for_token(self) -> Any:
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._run.client_id,
            "client_secret": self._run.client_secret,
        }
        return _read(
            "identity",
            lambda: self._clients.post("identity", "/identity/v1/oauth/token", data=asked),
        )


@contextmanager
def running_system() -> Iterator[RunningSystem]:
    """The system running on DATA_DIR, else that of PUBLIC_URL and MASTER_KEY, let in.

    Raises ``NotReached`` when the environment names neither or it does not answer, and
    ``SettingsError`` when the environment is wrong.
    """
    system = _named()
    try:
        system.sign_in()
        yield system
    finally:
        system.close()


def _named() -> RunningSystem:
    platform = load_settings(PlatformSettings)
    run = read_run_file(platform.data_dir)
    if run is not None:
        return RunningSystem(run, dict.fromkeys(WITH_BUS, run.url))
    if not platform.public_url or not platform.master_key:
        raise NotReached(
            _(
                "No system runs on %(folder)s, and PUBLIC_URL and MASTER_KEY name no other.",
                folder=platform.data_dir,
            )
        )
    secret = client_secret(master_key(platform), CLI_CLIENT.partition(":")[2])
    named = RunFile(url=platform.issuer, client_id=CLI_CLIENT, client_secret=secret)
    return RunningSystem(named, platform.service_urls)


def _read(service: str, ask: Callable[[], Response]) -> Any:
    try:
        answer = ask()
        body = answer.json()
    except (ServiceUnavailable, ValueError) as error:
        raise NotReached(_("The service %(service)s does not answer.", service=service)) from error
    if answer.is_success:
        return body
    said = _("%(service)s says: %(reason)s", service=service, reason=_reason(answer.status, body))
    raise (NotReached if answer.status >= 500 else Refused)(said)


def _reason(status: int, body: Any) -> str:
    """The sentence of a problem document (RFC 9457) with its fields and remedy, or the status."""
    told = body if isinstance(body, dict) else {}
    detail = told.get("detail") or told.get("error_description") or told.get("error") or status
    fields = [f"{one.get('field')}: {one.get('message')}" for one in told.get("errors") or ()]
    return " ".join(part for part in (str(detail), *fields, told.get("remedy") or "") if part)
