"""What a case does when others say something. A petition becomes a case here."""

from __future__ import annotations

from services.review.cases import actions
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.events.petitions import PetitionFiled, PetitionSnapshot
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_petition_filed_open_case(
    uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot]
) -> None:
    """A filed petition becomes a case of the council (113-14, article 125)."""
    actions.open_case(uow, event)


HANDLERS: dict[type[Event], Handler] = {PetitionFiled: when_petition_filed_open_case}
