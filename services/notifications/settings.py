"""Settings of notifications."""

from __future__ import annotations

from typing import Annotated

from shared.settings import ServiceSettings, about


class NotificationsSettings(ServiceSettings, frozen=True, kw_only=True):
    """What notifications adds; the mail relay itself is the platform's SMTP_URL."""

    mail_from: Annotated[
        str, about("Sender of e-mails; default no-reply@ the host of PUBLIC_URL.")
    ] = ""
    smtp_seconds: Annotated[float, about("How long the mail relay may take to answer.")] = 10.0
    timer_seconds: Annotated[
        float, about("How often waiting notices are looked for when nothing woke the sender.")
    ] = 3.0
