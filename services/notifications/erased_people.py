"""A person's data was erased: what was to be told to them and did not leave is taken back.

What is intended afterwards is taken back at its sending, when identity says that the person's data
is gone (contacts.py).
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from services.notifications.carriers import MAIL_FOLDER, FolderCarrier
from services.notifications.mail import mail_host, message_id
from services.notifications.models import Notice
from services.notifications.state import NOTICE_WORKFLOW
from services.notifications.workflow import NoticeState
from shared.events.envelope import Received
from shared.events.erasures import ErasureCarriedOut, ErasureSnapshot
from shared.events.notices import NoticeCancelled
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

BECAUSE = "person-erased"


def when_erasure_carried_out_take_back_unsent(
    uow: UnitOfWork, event: Received[ErasureCarriedOut, ErasureSnapshot]
) -> None:
    """Take back every notice to the person that waits to be sent.

    One that a sender has in hand may have left already: its result counts.
    """
    unsent = select(Notice.id).where(
        Notice.authority == uow.authority,
        Notice.person_id == UUID(event.after.person),
        Notice.state == NoticeState.INTENDED.value,
    )
    for notice_id in uow.session.scalars(unsent.order_by(Notice.id)).all():
        notice = uow.get(Notice, notice_id)
        if notice.is_unsent(uow.recorded_at):
            take_back(uow, notice)
    _forget_mails(uow, UUID(event.after.person))


def _forget_mails(uow: UnitOfWork, person: UUID) -> None:
    """Take away the mails to a person that lie in the folder of mails: the address is in them."""
    platform = uow.context.platform
    folder = FolderCarrier(folder=platform.data_dir / MAIL_FOLDER)
    key, host = uow.context.key("message-id"), mail_host(platform.issuer)
    told = select(Notice.id).where(Notice.authority == uow.authority, Notice.person_id == person)
    for notice_id in uow.session.scalars(told):
        folder.forget(message_id(key, notice_id, host))


def take_back(uow: UnitOfWork, notice: Notice) -> None:
    """Take one notice back: the person it was for is known to nobody any more."""
    notice.lease, notice.leased_until = None, None
    move(NOTICE_WORKFLOW, notice, "cancel", uow, Act(what=NoticeCancelled(because=BECAUSE)))
