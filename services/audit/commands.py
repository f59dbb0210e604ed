"""``arida audit replay``: asks a running system for a replay, and shows what came out."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from services.audit.reasons import EXPLANATIONS
from shared.http_client import Response, ServiceClients, ServiceUnavailable
from shared.ids import new_id
from shared.keys import client_secret, master_key
from shared.run_file import CLI_CLIENT, RunFile, read_run_file
from shared.settings import PlatformSettings, SettingsError, load_settings
from shared.terminal import language_of_terminal
from shared.web.i18n import gettext as _
from shared.web.i18n import set_language

NONE, DIVERGENCES, NOT_COMPARED = 0, 1, 2
"""What the command exits with."""

TIMEOUT_SECONDS = 600.0
"""A replay reads a whole ledger, and waits up to ten seconds for it to catch up."""


class NotCompared(Exception):
    """The running system could not be reached, or could not compare; the message says why."""


def replay(authority: str, as_json: bool) -> int:
    """Replay an authority's ledger; prints the result, or why there is none on standard error.

    Returns 0 without divergences, 1 with some, 2 when nothing could be compared.
    """
    set_language(language_of_terminal())
    try:
        result = ask_for_replay(running_system(), authority)
    except (NotCompared, SettingsError) as error:
        click.echo(str(error), err=True)
        return NOT_COMPARED
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        _show(authority, result)
    return DIVERGENCES if result["divergences"] else NONE


def running_system() -> RunFile:
    """The system to ask: the one running on DATA_DIR, else that of PUBLIC_URL and MASTER_KEY.

    Raises ``NotCompared`` when the environment names neither.
    """
    platform = load_settings(PlatformSettings)
    running = read_run_file(platform.data_dir)
    if running is not None:
        return running
    if not platform.public_url or not platform.master_key:
        raise NotCompared(
            _(
                "No system runs on %(folder)s, and PUBLIC_URL and MASTER_KEY name no other.",
                folder=platform.data_dir,
            )
        )
    secret = client_secret(master_key(platform), CLI_CLIENT.partition(":")[2])
    return RunFile(url=platform.issuer, client_id=CLI_CLIENT, client_secret=secret)


def ask_for_replay(system: RunFile, authority: str) -> dict[str, Any]:
    """The result of a replay as the running system gives it; raises ``NotCompared``."""
    clients = ServiceClients({"identity": system.url, "audit": system.url})
    try:
        token = _checked(_ask_for_token(clients, system, authority))["access_token"]
        answer = clients.post(
            "audit",
            "/audit/v1/replays",
            token=token,
            headers={"Idempotency-Key": str(new_id())},
            timeout=TIMEOUT_SECONDS,
        )
        return dict(_checked(answer))
    except (ServiceUnavailable, ValueError, KeyError) as error:
        raise NotCompared(
            _("The system at %(url)s gave no usable answer.", url=system.url)
        ) from error
    finally:
        clients.close()


def _ask_for_token(clients: ServiceClients, system: RunFile, authority: str) -> Response:
    return clients.post(
        "identity",
        "/identity/v1/oauth/token",
        data={
            "grant_type": "client_credentials",
            "client_id": system.client_id,
            "client_secret": system.client_secret,
            "scope": f"authority:{authority}",
        },
    )


def _checked(answer: Response) -> Any:
    body = answer.json()
    if not answer.is_success:
        told = body if isinstance(body, dict) else {}
        reason = told.get("detail") or told.get("error_description") or told.get("error")
        raise NotCompared(
            _(
                "The system refused (%(status)s): %(reason)s",
                status=answer.status,
                reason=reason or "-",
            )
        )
    return body


def _show(authority: str, result: dict[str, Any]) -> None:
    console = Console()
    summary = Table(title=_("Replay of the ledger of %(authority)s", authority=authority))
    labels = (
        ("cases", _("Cases")),
        ("events", _("Events")),
        ("behind", _("Still on their way")),
    )
    for _name, label in labels:
        summary.add_column(label, justify="right")
    summary.add_column(_("Divergences"), justify="right")
    counts = [str(result[name]) for name, _label in labels]
    summary.add_row(*counts, str(len(result["divergences"])))
    console.print(summary)
    if result["divergences"]:
        console.print(_divergences(result["divergences"]))


def _divergences(findings: list[dict[str, Any]]) -> Table:
    table = Table(title=_("What differs"), show_lines=True)
    for label in (_("Entry"), _("Subject"), _("Event number"), _("What is wrong")):
        table.add_column(label, overflow="fold")
    for one in findings:
        index = "-" if one.get("index") is None else str(one["index"])
        table.add_row(index, one["subject"], str(one["sequence"]), _explained(one))
    return table


def _explained(finding: dict[str, Any]) -> str:
    """The sentence for the reason, then each field with the ledger's value and the live one."""
    lines = [_(EXPLANATIONS.get(finding["reason"], finding["reason"]))]
    for name, values in (finding.get("fields") or {}).items():
        lines.append(
            _(
                "%(field)s: ledger %(ledger)s, live %(live)s",
                field=name,
                ledger=json.dumps(values["ledger"], ensure_ascii=False),
                live=json.dumps(values["live"], ensure_ascii=False),
            )
        )
    return "\n".join(lines)
