"""Where e-mails leave: a mail relay over SMTP, or a folder of .eml files when there is none.

Every failure is one of three: for now, for good, or unknown (the relay had the whole mail and its
answer was lost). Reasons are codes: a relay's own words often repeat the address.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from shared.settings import SettingsError

MAIL_FOLDER = "outbox-mail"
"""Where mails lie that no relay takes, in the folder of data."""

SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class NotSent(Exception):
    """The mail did not leave; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSentForNow(NotSent):
    """The relay cannot take it now; the same mail may pass later."""


class NotSentForGood(NotSent):
    """The relay will never take this mail."""


class Uncertain(NotSent):
    """The whole mail went out but its answer was lost (RFC 1047)."""


class Carrier(Protocol):
    """Takes one mail to one address."""

    def send(self, message: EmailMessage) -> None:
        """Hand the mail over; raises one of the three ``NotSent``."""
        ...


@dataclass(frozen=True, kw_only=True)
class FolderCarrier:
    """Writes mails into a folder: the embedded default, where a person can read them."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write the mail under the name of its Message-ID; the same mail again replaces it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = _name_of(str(message["Message-ID"]))
        draft = self.folder / f".{name}.{os.getpid()}"
        try:
            draft.touch(mode=0o600)
            draft.write_bytes(message.as_bytes())
            draft.replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise NotSentForNow("folder-not-writable") from error

    def forget(self, identifier: str) -> None:
        """Take the mail of a Message-ID away, if it lies here: it has the address in it."""
        (self.folder / f"{_name_of(identifier)}.eml").unlink(missing_ok=True)


def _name_of(identifier: str) -> str:
    return identifier.strip("<>").split("@", 1)[0]


@dataclass(frozen=True, kw_only=True)
class SmtpCarrier:
    """Sends over one relay, a connection for each mail."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    seconds: float

    def send(self, message: EmailMessage) -> None:
        """Send the mail to the address in its To header."""
        with self._connected() as client:
            code, _said = client.mail(str(message["From"]))
            if not _is_success(code):
                # A relay that refuses our own sender says nothing about the person told.
                raise NotSentForNow(f"sender-{code}")
            self._expect(client.rcpt(str(message["To"])))
            try:
                self._expect(client.data(message.as_bytes()))
            except smtplib.SMTPDataError as error:
                raise _refusal(error.smtp_code) from error
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                raise Uncertain("answer-lost") from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            client = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentForNow("relay-not-reached") from error
        try:
            yield client
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentForNow("relay-gone") from error
        finally:
            # QUIT would wait for an answer that a dead relay never gives.
            client.close()

    def _connect(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.seconds, context=tls
            )
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            client.ehlo_or_helo_if_needed()
            if self.scheme == "smtp+starttls":
                client.starttls(context=tls)
            if self.user:
                client.login(self.user, self.password)
        except (smtplib.SMTPException, OSError):
            client.close()
            raise
        return client

    @staticmethod
    def _expect(answer: tuple[int, bytes]) -> None:
        if not _is_success(answer[0]):
            raise _refusal(answer[0])


def carrier_for(smtp_url: str, *, folder: Path, seconds: float) -> Carrier:
    """The carrier that SMTP_URL names; raises ``SettingsError`` for one that cannot be used."""
    if not smtp_url:
        return FolderCarrier(folder=folder)
    parts = urlsplit(smtp_url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise SettingsError(f"SMTP_URL must read {' or '.join(SCHEMES)}://user:password@host:port.")
    return SmtpCarrier(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or SCHEMES[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        seconds=seconds,
    )


def _is_success(code: int) -> bool:
    return 200 <= code < 300


def _refusal(code: int) -> NotSent:
    """RFC 5321, 4.2.1: 4yz may pass later, 5yz never will."""
    kind = NotSentForGood if 500 <= code < 600 else NotSentForNow
    return kind(f"smtp-{code}")
