"""Sending: take a notice in hand, ask whom to write to, hand the mail over, record the result.

E-mail cannot be sent exactly once (RFC 5321, 6.1): intents are, and a mail is doubled only when
the process dies between the relay's yes and our commit, or when the answer to a legal notice is
lost. The doubled one has the same Message-ID.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from typing import cast

import structlog

from services.notifications import actions
from services.notifications.carriers import (
    MAIL_FOLDER,
    Carrier,
    NotSent,
    NotSentForGood,
    NotSentForNow,
    Uncertain,
    carrier_for,
)
from services.notifications.contacts import Contact, PersonErased, contact_of
from services.notifications.due import InHand
from services.notifications.erased_people import take_back
from services.notifications.mail import build_message, mail_host, message_id
from services.notifications.models import Notice
from services.notifications.rendering import words_of
from services.notifications.rules import BY_KIND
from services.notifications.settings import NotificationsSettings
from services.notifications.workflow import NoticeState
from shared.clock import monotonic, now, sleep
from shared.context import ServiceContext
from shared.db.authorities import AuthorityProfile, load_authority, profile_from
from shared.db.engine import EVERY_AUTHORITY
from shared.http_client import ServiceUnavailable
from shared.ids import new_id
from shared.logs import ids_bound
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from shared.web.i18n import use_language

log = structlog.get_logger()

LEASE_SECONDS = 120.0
"""Longer than the slowest sending: identity and the relay both answer or fail well within it."""

TURN_SECONDS = 5.0
"""The longest turn, so that the timers' lease is renewed and a stop is noticed in time."""


CALM_SECONDS = 0.05
"""What was just committed is followed by other events of the same act, on this machine too: mail
lets them go first, and finds the notices of all of them in one turn."""


class Sender:
    """Sends what is due. Several processes may; each leases its own notices."""

    def __init__(self, context: ServiceContext) -> None:
        own = cast(NotificationsSettings, context.settings)
        self.wake = threading.Event()
        self._context = context
        self._wait_seconds = own.timer_seconds
        self._host = mail_host(context.platform.issuer)
        self._from = own.mail_from or f"no-reply@{self._host}"
        self._carrier: Carrier = carrier_for(
            context.platform.smtp_url,
            folder=context.platform.data_dir / MAIL_FOLDER,
            seconds=own.smtp_seconds,
        )

    def take_turn(self, _context: ServiceContext) -> None:
        """Send what is due, then wait a little for more; a commit of new notices wakes it."""
        until = monotonic() + self._wait_seconds
        while True:
            self.wake.clear()
            self.send_due()
            left = until - monotonic()
            # The timers' lease is renewed between two turns, however much there is to send.
            if left <= 0 or not self.wake.wait(left):
                return
            sleep(CALM_SECONDS)

    def send_due(self) -> int:
        """Send notices until none is due or the turn is over; returns how many were tried."""
        tried, until = 0, monotonic() + TURN_SECONDS
        while monotonic() < until:
            taken = self._take()
            if taken is None:
                break
            correlation_id = taken.notice.correlation_id
            with ids_bound(service=self._context.name, correlation_id=correlation_id):
                self._send(taken)
            tried += 1
        return tried

    def _take(self) -> InHand | None:
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            return actions.take_in_hand(session, moment, lease=str(new_id()), seconds=LEASE_SECONDS)

    def _send(self, taken: InHand) -> None:
        """One attempt and its record; the network is used outside any transaction."""
        notice = taken.notice
        try:
            contact = contact_of(self._context, notice)
            if contact.address is not None:
                self._hand_over(taken, contact)
        except PersonErased:
            self._taken_back(notice)
        except ServiceUnavailable:
            self._not_sent(notice, NotSentForNow("identity-away"))
        except NotSent as error:
            self._not_sent(notice, error)
        else:
            self._sent(notice, contact)

    def _sent(self, notice: Notice, contact: Contact) -> None:
        channel = actions.EMAIL if contact.address else actions.PORTAL
        with self._recording(notice) as uow:
            held = actions.in_hand(uow, notice.id, str(notice.lease))
            if held is not None:
                actions.record_sent(uow, held, channel=channel, language=contact.language)
        log.info("notice_sent", notice_id=str(notice.id), channel=channel)

    def _taken_back(self, notice: Notice) -> None:
        with self._recording(notice) as uow:
            held = actions.in_hand(uow, notice.id, str(notice.lease))
            if held is not None and held.state == NoticeState.INTENDED:
                take_back(uow, held)
        log.info("notice_taken_back", notice_id=str(notice.id))

    def _hand_over(self, taken: InHand, contact: Contact) -> None:
        if not contact.is_writable:
            raise NotSentForGood("address-unusable")
        context, notice = self._context, taken.notice
        profile = self._authority_of(taken)
        with use_language(contact.language):
            message = build_message(
                words_of(context, profile, notice),
                sender=self._from,
                recipient=str(contact.address),
                identifier=message_id(context.key("message-id"), notice.id, self._host),
                moment=now(),
            )
        self._carrier.send(message)

    def _authority_of(self, taken: InHand) -> AuthorityProfile:
        if taken.known is not None:
            return profile_from(taken.known)
        context, code = self._context, taken.notice.authority
        with context.database.read(code) as session:
            return load_authority(session, context.base.plumbing, code)

    def _not_sent(self, notice: Notice, error: NotSent) -> None:
        """Later, or never: a mail of unknown fate goes again only when the law wants it told."""
        is_courtesy = BY_KIND[notice.notice_kind].is_courtesy
        is_final = isinstance(error, NotSentForGood) or (
            isinstance(error, Uncertain) and is_courtesy
        )
        with self._recording(notice) as uow:
            held = actions.in_hand(uow, notice.id, str(notice.lease))
            if held is None:
                return
            if is_final:
                actions.record_failed(uow, held, reason=error.reason)
            else:
                actions.put_off(uow, held, problem=error.reason)
        log.warning("notice_not_sent", notice_id=str(notice.id), reason=error.reason)

    def _recording(self, notice: Notice) -> AbstractContextManager[UnitOfWork]:
        return unit_of_work(
            self._context,
            authority=notice.authority,
            actor=Actor(id=f"service:{self._context.name}", role="service"),
            cause=Cause(
                correlation_id=notice.correlation_id, causation_id=str(notice.cause_event_id)
            ),
        )
