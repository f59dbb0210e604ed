"""What each service knows of the authorities: a projection of ``authority.*`` events."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, Text, cast, delete, func, insert, select
from sqlalchemy.orm import Session

from shared.clock import civil_date
from shared.db.plumbing import Plumbing
from shared.db.prepared import rows_where
from shared.errors import TryLater


@dataclass(frozen=True, kw_only=True)
class AuthorityProfile:
    """An authority (a commune...) with what the law and the pages need of it."""

    code: str
    kind: str
    zone: str
    business_date: date | None
    name: dict[str, str]
    profile: dict[str, Any]
    sequence: int

    def today(self, moment: datetime) -> date:
        """The business date if one is set, else the civil date of ``moment`` in the zone."""
        return self.business_date or civil_date(moment, self.zone)

    @property
    def holidays(self) -> frozenset[date]:
        """The authority's own entries beside the public holidays."""
        return frozenset(date.fromisoformat(day) for day in self.profile.get("holidays", ()))


def load_authority(session: Session, tables: Plumbing, code: str) -> AuthorityProfile:
    """The authority of this code; raises ``TryLater`` when its event has not come yet."""
    statement = rows_where(tables.known_authority, "authority")
    row = session.execute(statement, {"authority": code}).mappings().one_or_none()
    if row is None:
        raise TryLater("The authority %(authority)s is not known here yet.", authority=code)
    return AuthorityProfile(code=code, **{key: row[key] for key in row if key not in {"authority"}})


def known_as_json(tables: Plumbing, code: ColumnElement[str]) -> ScalarSelect[str]:
    """What `profile_from` takes of the authority of a row's code, for a statement on PostgreSQL."""
    known = tables.known_authority
    whole = cast(func.row_to_json(known.table_valued()), Text)
    return select(whole).where(known.c.authority == code).scalar_subquery()


@lru_cache(maxsize=256)
def profile_from(known: str) -> AuthorityProfile:
    """The authority of a row of `known_authority`, which PostgreSQL wrote as JSON."""
    row = msgspec.json.decode(known)
    day = row["business_date"]
    told = {**row, "code": row["authority"], "business_date": day and date.fromisoformat(day)}
    return AuthorityProfile(**{one.name: told[one.name] for one in fields(AuthorityProfile)})


def remember_authority(session: Session, tables: Plumbing, profile: AuthorityProfile) -> None:
    """Replace what is known of an authority by what its newest event says."""
    known = tables.known_authority
    session.execute(delete(known).where(known.c.authority == profile.code))
    session.execute(
        insert(known).values(
            authority=profile.code,
            kind=profile.kind,
            zone=profile.zone,
            business_date=profile.business_date,
            name=profile.name,
            profile=profile.profile,
            sequence=profile.sequence,
        )
    )
