"""How identity's own rows follow from their events, where the database is filled from the log.

Accounts, passwords and keys never travel: only a backup has them.
"""

from __future__ import annotations

from services.identity.authorities.models import Authority
from services.identity.authorities.queries import find_authority
from services.identity.authorities.state import AUTHORITY_WORKFLOW
from services.identity.erasures.accounts import erase_account
from services.identity.erasures.models import Erasure
from services.identity.erasures.state import ERASURE_WORKFLOW
from services.identity.erasures.workflow import ErasureState
from services.identity.memberships.models import Membership
from services.identity.memberships.state import MEMBERSHIP_WORKFLOW
from shared.authority_handlers import when_authority_told_remember_it
from shared.events.envelope import Envelope, understand
from shared.recall import Recall
from shared.unit_of_work import UnitOfWork


def find_by_code(uow: UnitOfWork, told: Envelope) -> Authority | None:
    """An authority is known by its code."""
    return find_authority(uow.session, told.key)


def complete_authority(uow: UnitOfWork, _authority: Authority, told: Envelope) -> None:
    """identity's own projection of an authority follows it, as in every service."""
    when_authority_told_remember_it(uow, understand(told))


def complete_erasure(uow: UnitOfWork, erasure: Erasure, _told: Envelope) -> None:
    """A backup of before an erasure brings its key back: what was erased is erased again."""
    if erasure.state == ErasureState.DONE:
        erase_account(uow, erasure.person_id)


RECALLS = {
    "authority": Recall(
        model=Authority,
        workflow=AUTHORITY_WORKFLOW,
        columns={"kind": "authority_kind"},
        find=find_by_code,
        complete=complete_authority,
    ),
    "membership": Recall(model=Membership, workflow=MEMBERSHIP_WORKFLOW),
    "erasure": Recall(model=Erasure, workflow=ERASURE_WORKFLOW, complete=complete_erasure),
}
