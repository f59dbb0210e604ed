"""The states of a notice, from the intention to tell somebody to the proof that they read it."""

from __future__ import annotations

from enum import StrEnum

from shared.events.bounces import BounceNoted
from shared.events.notices import (
    NoticeAcknowledged,
    NoticeCancelled,
    NoticeDelivered,
    NoticeFailed,
    NoticeSent,
)


class NoticeState(StrEnum):
    """An intended notice is a private draft: it may change until the first event speaks of it."""

    INTENDED = "intended"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRANSITIONS = [
    {"trigger": "send", "source": "intended", "dest": "sent", "event": NoticeSent},
    # The person read it in the portal while the e-mail was on its way; that it left is kept too.
    {"trigger": "send", "source": "acknowledged", "dest": "acknowledged", "event": NoticeSent},
    {"trigger": "deliver", "source": "sent", "dest": "delivered", "event": NoticeDelivered},
    {"trigger": "fail", "source": ["intended", "sent"], "dest": "failed", "event": NoticeFailed},
    {"trigger": "cancel", "source": "intended", "dest": "cancelled", "event": NoticeCancelled},
    # Whatever became of the e-mail, the notice stands in the portal and can be read there.
    {
        "trigger": "acknowledge",
        "source": ["intended", "sent", "delivered", "failed"],
        "dest": "acknowledged",
        "event": NoticeAcknowledged,
    },
]


class BounceState(StrEnum):
    """A bounce is noted once; what follows from it is decided where the notice was due."""

    NEW = "new"
    NOTED = "noted"


BOUNCE_TRANSITIONS = [
    {"trigger": "note", "source": "new", "dest": "noted", "event": BounceNoted},
]
