"""Whether the person who acts holds the office their role stands for, by the council's own record.

A token says in which role somebody came; who holds an office on a day is known here alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.review.council.queries import holds_office
from shared.errors import NotAllowed
from shared.unit_of_work import UnitOfWork

OFFICES_OF_ROLE: Mapping[str, tuple[str, ...]] = {
    "president": ("president",),
    "bureau": ("president", "vice-president"),
    "committee-chair": ("committee-chair",),
}
"""The bureau is the president and the vice-presidents (113-14, article 7)."""


def check_office(uow: UnitOfWork, on: date, *, committee: UUID | None = None) -> None:
    """Refuse who acts for an office without holding it on the day of the act.

    Roles that are no offices of the council pass. Raises ``NotAllowed``.
    """
    offices = OFFICES_OF_ROLE.get(uow.actor.role)
    if offices is None:
        return
    where = committee if uow.actor.role == "committee-chair" else None
    is_held = holds_office(
        uow.session, uow.authority, UUID(uow.actor.id), offices=offices, on=on, committee=where
    )
    if not is_held:
        raise NotAllowed(
            "You do not hold the office for this act on %(day)s.",
            remedy="Ask the secretariat to record your mandate, or let its holder act.",
            day=on,
        )
