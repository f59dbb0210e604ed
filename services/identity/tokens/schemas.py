"""What the OAuth endpoints take and give, for the OpenAPI document; Authlib reads the requests."""

from __future__ import annotations

from marshmallow import Schema, fields


class GrantIn(Schema):
    """A request for a token (RFC 6749, 4.1.3 and 4.4.2); a client may name itself by Basic too."""

    grant_type = fields.String(required=True)
    client_id = fields.String()
    client_secret = fields.String()
    scope = fields.String()
    code = fields.String()
    redirect_uri = fields.String()
    code_verifier = fields.String()


class GrantOut(Schema):
    """A token (RFC 6749, 5.1)."""

    access_token = fields.String()
    token_type = fields.String()
    expires_in = fields.Integer()
    scope = fields.String()


class RefusalOut(Schema):
    """Why no token is given (RFC 6749, 5.2)."""

    error = fields.String(required=True)
    error_description = fields.String()


class KeysOut(Schema):
    """Public keys (RFC 7517)."""

    keys = fields.List(fields.Dict())


class MetadataOut(Schema):
    """What a client needs to know of this server (RFC 8414)."""

    issuer = fields.String()
    authorization_endpoint = fields.String()
    token_endpoint = fields.String()
    jwks_uri = fields.String()
    response_types_supported = fields.List(fields.String())
    grant_types_supported = fields.List(fields.String())
    token_endpoint_auth_methods_supported = fields.List(fields.String())
    code_challenge_methods_supported = fields.List(fields.String())
    ui_locales_supported = fields.List(fields.String())
    service_documentation = fields.String()
