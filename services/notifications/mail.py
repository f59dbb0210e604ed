"""An e-mail made of a notice's words: plain text, one person, one deterministic Message-ID."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from services.notifications.rendering import Words
from shared.web.i18n import current_language, gettext


def message_id(key: bytes, notice_id: UUID, host: str) -> str:
    """The same Message-ID at every attempt: mail programs see a doubled mail as one (RFC 5322)."""
    digest = hmac.new(key, notice_id.bytes, hashlib.sha256).hexdigest()
    return f"<{digest[:40]}@{host}>"


def mail_host(public_url: str) -> str:
    """The host that Message-IDs and the default sender are named after; never a bare address."""
    host = urlsplit(public_url).hostname or "localhost"
    return host if any(sign.isalpha() for sign in host) and ":" not in host else "localhost"


def build_message(
    words: Words, *, sender: str, recipient: str, identifier: str, moment: datetime
) -> EmailMessage:
    """The mail in the current language; ``moment`` (aware) becomes its Date.

    The address appears in the To header only: neither in the text nor in anything stored.
    """
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, recipient
    message["Subject"] = " ".join(words.title.split())
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = identifier
    # RFC 3834: out-of-office answers are not wanted.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail_text(words), cte="base64")
    message["Content-Language"] = current_language()
    return message


def mail_text(words: Words) -> str:
    """What happened, the facts with both dates, what happens next, and where to read it."""
    details = "\n".join(_line(label, value) for label, value in words.details)
    # The catalogue's reader sees no string inside an f-string.
    follows, opens = gettext("What happens next"), gettext("Open this notice in Arida")
    closing = gettext("Arida sent this message by itself; please do not answer it.")
    next_step, where = _line(follows, words.next), f"{opens}\n{words.link}"
    parts = (words.what, details, next_step, where, words.authority, closing)
    return "\n\n".join(parts) + "\n"


def _line(label: str, value: str) -> str:
    # French puts a space before the colon.
    return gettext("%(label)s: %(value)s", label=label, value=value)
