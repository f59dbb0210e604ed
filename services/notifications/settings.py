"""Settings of notifications."""

from __future__ import annotations

import typed_settings

from shared.settings import ServiceSettings


@typed_settings.settings(frozen=True, kw_only=True)
class NotificationsSettings(ServiceSettings):
    """What notifications adds; the mail relay itself is the platform's SMTP_URL."""

    mail_from: str = typed_settings.option(
        default="", help="Sender of e-mails; default no-reply@ the host of PUBLIC_URL."
    )
    smtp_seconds: float = typed_settings.option(
        default=10.0, help="How long the mail relay may take to answer."
    )
    timer_seconds: float = typed_settings.option(
        default=3.0, help="How often waiting notices are looked for when nothing woke the sender."
    )
