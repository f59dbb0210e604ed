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
from shared.law.model import Seen
from shared.law.pack import Pack

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
    in_office = queries.members_in_office(session, authority, on)
    pack = pack_in_force(profile, on)
    stands = SetUp(
        size=profile.profile.get("council_seats") or in_office,
        seats={str(one.id): seats.get(one.id, 0) for one in committees},
        held=list(queries.seats_on(session, authority, on).values()),
    )
    names = names_of(session, vault, authority, {one.person_id for one in bureau})
    return {
        "on": on,
        "size": stands.size,
        "in_office": in_office,
        "bureau": [{"person": one.person_id, "office": one.office} for one in bureau],
        "people": {str(id_): {"ar": one.ar, "latin": one.latin} for id_, one in names.items()},
        "committees": [
            {**schemas.CommitteeOut().dump(one), "seats": seats.get(one.id, 0)}
            for one in committees
        ],
        "findings": findings(pack, stands),
        "seen_to": [_seen_to(pack, rule) for rule in pack.seen_to],
    }


def _seen_to(pack: Pack, rule: Seen) -> Json:
    """What people see to themselves: the rule, where it is written, and what it names."""
    return {
        "rule": rule.id,
        "article": pack.article_of(rule),
        "name": rule.name,
        "matters": [matter.name for matter in rule.matters],
        "doubt": rule.doubt,
    }
