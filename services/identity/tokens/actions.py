"""Everything that changes token keys and authorization codes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final, cast

from joserfc.jwk import OKPKey
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from services.identity.base import INSTALLATION
from services.identity.settings import IdentitySettings
from services.identity.tokens.models import AuthorizationCode, TokenKey
from shared.context import ServiceContext
from shared.ids import new_id
from shared.sealing import open_bytes, seal_bytes

ALGORITHM: Final = "Ed25519"
KEY_PURPOSE = "token-keys"
PUBLISHED_AFTER = timedelta(days=1)
"""How long a replaced key stays published: longer than any token it signed, or any cache of it."""


def signing_key(session: Session, context: ServiceContext, moment: datetime) -> OKPKey:
    """The newest key with its private part; the first one is made here."""
    row = _newest(session)
    if row is None:
        return rotate(session, context, moment)
    sealed = open_bytes(context.key(KEY_PURPOSE), row.private_box, row.id.bytes)
    return OKPKey.import_key(json.loads(sealed))


def rotate(session: Session, context: ServiceContext, moment: datetime) -> OKPKey:
    """Make a new key, which signs from now on; the others stay published for a day."""
    for older in session.scalars(select(TokenKey).where(TokenKey.replaced_at.is_(None))):
        older.replaced_at = moment
    key_id = new_id()
    parameters: Any = {"kid": str(key_id), "use": "sig", "alg": ALGORITHM}
    key = OKPKey.generate_key(ALGORITHM, parameters=parameters)
    private = json.dumps(key.as_dict(private=True)).encode()
    session.add(
        TokenKey(
            id=key_id,
            authority=INSTALLATION,
            public_jwk=key.as_dict(private=False),
            private_box=seal_bytes(context.key(KEY_PURPOSE), private, key_id.bytes),
            made_at=moment,
        )
    )
    session.flush()
    return key


def rotate_if_due(session: Session, context: ServiceContext, moment: datetime) -> None:
    """Make a new key when the newest has served its days; forget keys no longer published."""
    days = cast(IdentitySettings, context.settings).token_key_days
    newest = _newest(session)
    if newest is not None and moment - newest.made_at >= timedelta(days=days):
        rotate(session, context, moment)
    session.execute(delete(TokenKey).where(TokenKey.replaced_at <= moment - PUBLISHED_AFTER))


def published_keys(session: Session, moment: datetime) -> list[dict[str, Any]]:
    """The public parts that tokens may be checked against now, newest first (RFC 7517)."""
    rows = session.scalars(
        select(TokenKey)
        .where(or_(TokenKey.replaced_at.is_(None), TokenKey.replaced_at > moment - PUBLISHED_AFTER))
        .order_by(TokenKey.made_at.desc(), TokenKey.id.desc())
    ).all()
    return [row.public_jwk for row in rows]


def forget_codes(session: Session, moment: datetime) -> None:
    """Remove codes that nobody came for in time."""
    session.execute(delete(AuthorizationCode).where(AuthorizationCode.expires_at <= moment))


def _newest(session: Session) -> TokenKey | None:
    return session.scalars(
        select(TokenKey).order_by(TokenKey.made_at.desc(), TokenKey.id.desc()).limit(1)
    ).first()
