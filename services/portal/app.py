"""The web application of portal: pages for every kind of user, in three languages, no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, jsonify
from werkzeug.middleware.proxy_fix import ProxyFix

from services.portal.access import declared, page_for
from services.portal.authorities import AuthorityList
from services.portal.clients import Caller
from services.portal.csrf import CsrfGuard
from services.portal.formats import install_formats
from services.portal.frame import register_frame
from services.portal.incoming import register_incoming
from services.portal.own_law import install_own_law
from services.portal.pages import BLUEPRINTS
from services.portal.parts import EXTENSION, Parts
from services.portal.problems import register_problem_pages
from services.portal.sessions import SignIns
from services.portal.template_words import install_words
from services.portal.timelines import standing, votes_text
from shared.http_client import ServiceClients
from shared.keys import client_secret, derived_key, master_key
from shared.settings import PlatformSettings
from shared.web.auth import EVERYONE
from shared.web.i18n import load_catalogues
from shared.web.rate_limit import RateLimiter
from shared.web.tokens import ServiceToken

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

MAX_BODY_BYTES = 21 * 1024 * 1024
"""A file of 20 MB and the form around it."""


def create_portal(clients: ServiceClients, platform: PlatformSettings) -> Flask:
    """Build portal with keys of the installation's master key; raises ``SettingsError``."""
    return create_app(clients, platform, master=master_key(platform))


def create_app(clients: ServiceClients, platform: PlatformSettings, *, master: bytes) -> Flask:
    """Build portal; ``clients`` reach the services, the keys it needs come from ``master``."""
    load_catalogues()
    app = Flask("services.portal")
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024)
    proxies = platform.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    install_formats(app.jinja_env)
    install_words(app.jinja_env)
    install_own_law(app.jinja_env)
    app.jinja_env.globals.update(votes_text=votes_text, standing=standing)
    app.extensions[EXTENSION] = new_parts(clients, platform, master=master)
    register_incoming(app)
    register_problem_pages(app)
    register_frame(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/health", view_func=health, methods=["GET"])
    app.add_url_rule("/health/live", view_func=health, endpoint="health_live", methods=["GET"])
    return app


def new_parts(clients: ServiceClients, platform: PlatformSettings, *, master: bytes) -> Parts:
    """The parts of an application, which remember what they learned of its services."""
    is_secure = platform.issuer.startswith("https://")
    token = ServiceToken(clients, "portal", client_secret(master, "portal"))
    return Parts(
        clients=clients,
        authorities=AuthorityList(Caller(clients=clients)),
        own_token=token,
        sign_ins=SignIns(clients, token),
        csrf=CsrfGuard(derived_key(master, "portal-csrf"), is_secure=is_secure),
        limiter=RateLimiter(platform.rate_limit_store),
        is_secure=is_secure,
    )


@page_for(EVERYONE)
def health() -> ResponseReturnValue:
    """Tell that portal answers; whether the services behind it do is theirs to tell."""
    return jsonify({"status": "ok"})


def pages_without_declaration(app: Flask) -> list[str]:
    """The pages that do not say who may see them; a test holds this list empty."""
    views: dict[str, Callable[..., object]] = dict(app.view_functions)
    views.pop("static")
    return sorted(name for name, view in views.items() if not declared(view))
