"""The council as it is set up on a day: bureau, committees with their seats, what the law finds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases.law import pack_in_force
from services.review.council import queries, schemas
from services.review.council.names import names_of
from shared.clock import now
from shared.db.authorities import load_authority
from shared.db.personal import PersonalVault
from shared.law.composition import SetUp, findings

Json = dict[str, Any]


def set_up(
    session: Session, vault: PersonalVault, authority: str, *, on: date | None = None
) -> Json:
    """The council on a civil date (None: today), each finding with its rule and article."""
    profile = load_authority(session, Base.plumbing, authority)
    on = on or profile.today(now())
    bureau = queries.bureau_on(session, authority, on)
    seats = queries.seats_by_committee(session, authority, on)
    committees = queries.committees(session, authority, None).rows
    stands = SetUp(
        seats={str(one.id): seats.get(one.id, 0) for one in committees},
        vice_presidents=sum(one.office == "vice-president" for one in bureau),
    )
    names = names_of(session, vault, authority, {one.person_id for one in bureau})
    return {
        "on": on,
        "in_office": queries.members_in_office(session, authority, on),
        "bureau": [{"person": one.person_id, "office": one.office} for one in bureau],
        "people": {str(id_): {"ar": one.ar, "latin": one.latin} for id_, one in names.items()},
        "committees": [
            {**schemas.CommitteeOut().dump(one), "seats": seats.get(one.id, 0)}
            for one in committees
        ],
        "findings": findings(pack_in_force(profile, on), stands),
    }
