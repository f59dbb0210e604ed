"""The kinds of subjects that identity owns and tells of, each with its table and workflow."""

from __future__ import annotations

from services.identity.authorities.models import Authority
from services.identity.authorities.state import AUTHORITY_WORKFLOW
from services.identity.erasures.models import Erasure
from services.identity.erasures.state import ERASURE_WORKFLOW
from services.identity.memberships.models import Membership
from services.identity.memberships.state import MEMBERSHIP_WORKFLOW

KINDS = (
    (Authority, AUTHORITY_WORKFLOW),
    (Membership, MEMBERSHIP_WORKFLOW),
    (Erasure, ERASURE_WORKFLOW),
)
