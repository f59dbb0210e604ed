"""Every table of identity, gathered for migrations."""

from __future__ import annotations

from services.identity.accounts.models import Account
from services.identity.authorities.models import Authority
from services.identity.base import Base
from services.identity.erasures.models import Erasure
from services.identity.feeds.models import CalendarFeed
from services.identity.memberships.models import Membership
from services.identity.sign_in.models import SignIn
from services.identity.tokens.models import AuthorizationCode, TokenKey

__all__ = [
    "Account",
    "Authority",
    "AuthorizationCode",
    "Base",
    "CalendarFeed",
    "Erasure",
    "Membership",
    "SignIn",
    "TokenKey",
]
