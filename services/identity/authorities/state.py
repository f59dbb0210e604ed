"""What an authority looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from datetime import date

from services.identity.authorities.models import Authority
from services.identity.authorities.workflow import TRANSITIONS, AuthorityState
from shared.converting import convert
from shared.events.authorities import AuthoritySnapshot
from shared.events.texts import Texts
from shared.workflow import workflow


def state_of_authority(row: Authority) -> AuthoritySnapshot:
    """The snapshot of an authority, whole: others need no question to act on it."""
    return AuthoritySnapshot(
        code=row.authority,
        state=row.state,
        kind=row.authority_kind,
        name=convert(row.name, Texts),
        zone=row.zone,
        languages=list(row.languages),
        population=row.population,
        has_arrondissements=row.has_arrondissements,
        council_seats=row.council_seats,
        business_date=row.business_date,
        holidays=[date.fromisoformat(day) for day in row.holidays],
        local_rules=dict(row.local_rules),
    )


AUTHORITY_WORKFLOW = workflow(
    "authority", states=AuthorityState, table=TRANSITIONS, state_of=state_of_authority
)
