"""The date of an act that is kept in a plain table: held to the same rules as a step's."""

from __future__ import annotations

from datetime import date

from shared.errors import InvalidInput
from shared.unit_of_work import UnitOfWork


def date_of_act(uow: UnitOfWork, acted_on: date | None, late_reason: str | None) -> date:
    """The civil date of an act (None: today); raises ``InvalidInput``.

    It is not after the business date, and an earlier one comes with the reason for the delay.
    """
    on = acted_on or uow.today
    if on > uow.today:
        raise InvalidInput(
            "The date of an act cannot be after today, %(today)s.",
            field="acted_on",
            remedy="Give the day on which it was done.",
            today=uow.today,
        )
    if on < uow.today and not late_reason:
        raise InvalidInput(
            "This act is recorded after its date, by so many days: %(days)s.",
            field="late_reason",
            remedy="Say why it is recorded late.",
            days=(uow.today - on).days,
        )
    return on
