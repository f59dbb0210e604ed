"""The web application of identity."""

from __future__ import annotations

from typing import cast

from flask import Flask

from services.identity.accounts.passwords import Passwords
from services.identity.accounts.routes import PASSWORDS
from services.identity.accounts.routes import blueprint as accounts
from services.identity.authorities.routes import blueprint as authorities
from services.identity.erasures.routes import blueprint as erasures
from services.identity.feeds.routes import blueprint as feeds
from services.identity.kinds import KINDS
from services.identity.memberships.routes import blueprint as memberships
from services.identity.settings import IdentitySettings
from services.identity.sign_in.routes import blueprint as sign_ins
from services.identity.tokens.routes import METADATA_PATH, read_metadata
from services.identity.tokens.routes import blueprint as tokens
from services.identity.tokens.server import install_server
from shared.app import build_app
from shared.context import ServiceContext

BLUEPRINTS = (authorities, accounts, memberships, sign_ins, feeds, erasures, tokens)


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/identity/v1``, and the metadata at its root."""
    context.limits = True
    app = build_app(context, blueprints=BLUEPRINTS, kinds=KINDS)
    settings = cast(IdentitySettings, context.settings)
    app.extensions[PASSWORDS] = Passwords.from_settings(settings)
    install_server(app)
    # RFC 8414, section 3: clients look below the root of the issuer.
    app.add_url_rule(METADATA_PATH, "oauth_metadata", read_metadata)
    return app
