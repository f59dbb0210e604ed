"""intake tells what became of the names in files; the account goes after them."""

from __future__ import annotations

from uuid import UUID

from services.identity.erasures import actions
from services.identity.erasures.models import Erasure
from shared.errors import TryLater
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.events.erasures import RedactionCarriedOut, RedactionPutOff, RedactionSnapshot
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_redaction_put_off_say_what_waits(
    uow: UnitOfWork, event: Received[RedactionPutOff, RedactionSnapshot]
) -> None:
    """The request shows for what the names wait."""
    actions.wait_for_names(uow, _erasure(uow, event.after), event.after)


def when_redaction_carried_out_erase_account(
    uow: UnitOfWork, event: Received[RedactionCarriedOut, RedactionSnapshot]
) -> None:
    """No file has the person's name any more: the account goes too, unless a role needs it."""
    actions.settle(uow, _erasure(uow, event.after), event.after)


def _erasure(uow: UnitOfWork, told: RedactionSnapshot) -> Erasure:
    erasure = uow.find(Erasure, UUID(told.erasure))
    if erasure is None:
        raise TryLater("The erasure %(id)s is not known here yet.", id=told.erasure)
    return erasure


HANDLERS: dict[type[Event], Handler] = {
    RedactionPutOff: when_redaction_put_off_say_what_waits,
    RedactionCarriedOut: when_redaction_carried_out_erase_account,
}
