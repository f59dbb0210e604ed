"""What the routes of sign-ins take and give."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.identity.accounts.schemas import LONGEST_PASSWORD


class SignInIn(Schema):
    """Login (the e-mail address) and password; the authority where the person has several."""

    login = fields.String(required=True, validate=validate.Length(min=1, max=254))
    password = fields.String(
        required=True, load_only=True, validate=validate.Length(min=1, max=LONGEST_PASSWORD)
    )
    authority = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=63))


class SignInOut(Schema):
    """Who is signed in, for which authority, in which roles of today."""

    handle = fields.String()
    person = fields.UUID()
    authority = fields.String()
    roles = fields.List(fields.String())
    scopes = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    name = fields.String()
    name_latin = fields.String(allow_none=True)
    name_arabic = fields.String(allow_none=True)
    language = fields.String()
    expires_at = fields.AwareDateTime()


class TokenOut(Schema):
    """An access token."""

    access_token = fields.String()
    token_type = fields.String()
    expires_in = fields.Integer()
