"""The tables behind access tokens: the keys that sign them, and codes on their way to a token."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin
from sqlalchemy import ForeignKey, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.columns import internal_text, json_column, utc_instant
from shared.ids import new_id


class TokenKey(Base):
    """An Ed25519 key (RFC 8037); the private part is sealed under a key of the installation."""

    __tablename__ = "token_key"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    public_jwk: Mapped[dict[str, Any]] = json_column("public")
    private_box: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = utc_instant(index=True)
    replaced_at: Mapped[datetime | None] = utc_instant()


class AuthorizationCode(Base, AuthorizationCodeMixin):  # type: ignore[misc]
    """A code of RFC 6749, 4.1: one minute, one use, bound to a sign-in and a PKCE challenge."""

    __tablename__ = "authorization_code"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    code_hash: Mapped[str] = internal_text(unique=True)
    client_id: Mapped[str] = internal_text()
    redirect_uri: Mapped[str] = internal_text()
    sign_in_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"))
    code_challenge: Mapped[str] = internal_text()
    code_challenge_method: Mapped[str] = internal_text()
    expires_at: Mapped[datetime] = utc_instant(index=True)

    def get_redirect_uri(self) -> str:
        """The address that the code was sent to."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """The authority, as a scope."""
        return f"authority:{self.authority}" if self.authority else ""
