"""The programs that may ask for tokens; no rows, as their secrets follow from the master key."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid5

from authlib.oauth2.rfc6749 import ClientMixin

from services.identity.settings import IdentitySettings
from shared.context import ServiceContext
from shared.keys import client_secret
from shared.settings import SERVICES

PORTAL = "portal"
COMMAND_LINE = "client:cli"
AUTH_METHODS = ("client_secret_basic", "client_secret_post")


@dataclass(frozen=True, kw_only=True)
class Client(ClientMixin):  # type: ignore[misc]
    """A confidential client (RFC 6749, 2.1), in the shape that Authlib asks for."""

    client_id: str
    secret: str = field(repr=False)
    grants: tuple[str, ...] = ("client_credentials",)
    roles: tuple[str, ...] = ("service",)
    redirect_uri: str | None = None

    @property
    def person(self) -> UUID:
        """The id under which the client acts."""
        return uuid5(NAMESPACE_URL, f"urn:arida:{self.client_id}")

    def get_client_id(self) -> str:
        """The public name of the client."""
        return self.client_id

    def get_default_redirect_uri(self) -> str | None:
        """Where codes go when the request does not say."""
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        """Scopes name an authority; the server has checked it."""
        return scope or ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Codes go to one address only, compared letter by letter (RFC 9700, 2.1)."""
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        """Compare the secret in a time that does not depend on it."""
        return hmac.compare_digest(self.secret.encode(), client_secret.encode("utf-8", "replace"))

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Every client has a secret and shows it."""
        return endpoint == "token" and method in AUTH_METHODS

    def check_response_type(self, response_type: str) -> bool:
        """Only codes are given to browsers."""
        return response_type == "code" and "authorization_code" in self.grants

    def check_grant_type(self, grant_type: str) -> bool:
        """The grants of this client."""
        return grant_type in self.grants


def find_client(context: ServiceContext, client_id: str) -> Client | None:
    """The client of this name: a service, portal's pages, or the command line."""
    master = context.master_key
    if client_id == COMMAND_LINE:
        roles = ("operator", "auditor")
        return Client(client_id=client_id, secret=client_secret(master, "cli"), roles=roles)
    if client_id == PORTAL:
        return Client(
            client_id=client_id,
            secret=client_secret(master, PORTAL),
            grants=("authorization_code",),
            roles=(),
            redirect_uri=_return_address(context),
        )
    kind, _, name = client_id.partition(":")
    if kind == "service" and name in SERVICES:
        return Client(client_id=client_id, secret=client_secret(master, name))
    return None


def _return_address(context: ServiceContext) -> str:
    path = cast(IdentitySettings, context.settings).portal_return_path
    return context.platform.issuer + path
