"""What the routes of accounts take and give."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shared.web.fields import LANGUAGE_CODES
from shared.web.i18n import gettext_noop

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


class AccountIn(Schema):
    """A petitioner who signs up."""

    email = fields.Email(required=True, validate=validate.Length(max=254))
    password = fields.String(
        required=True,
        load_only=True,
        validate=validate.Length(min=SHORTEST_PASSWORD, max=LONGEST_PASSWORD),
    )
    name_latin = fields.String(load_default=None, validate=validate.Length(max=120))
    name_arabic = fields.String(load_default=None, validate=validate.Length(max=120))
    language = fields.String(load_default="ar", validate=validate.OneOf(LANGUAGE_CODES))
    authority = fields.String(required=True, validate=validate.Length(max=63))

    @validates_schema
    def check_name(self, data: dict[str, str | None], **_: object) -> None:
        """Somebody without any name could not be written to."""
        names = (data.get("name_latin"), data.get("name_arabic"))
        if not any((name or "").strip() for name in names):
            raise ValidationError(
                gettext_noop("Give the name in Arabic or in Latin letters."), "name_latin"
            )


class SignUpOut(Schema):
    """The one answer to every sign-up, so that it tells nobody who has an account."""

    status = fields.String()


class RoleOut(Schema):
    """A role that the person holds today."""

    role = fields.String()
    scope = fields.String(allow_none=True)
    from_on = fields.Date()
    until_on = fields.Date(allow_none=True)


class AccountOut(Schema):
    """An account as its owner sees it."""

    person = fields.UUID(attribute="id")
    email = fields.String(allow_none=True)
    name = fields.String()
    name_latin = fields.String(allow_none=True)
    name_arabic = fields.String(allow_none=True)
    language = fields.String()
    memberships = fields.List(fields.Nested(RoleOut))


class ContactOut(Schema):
    """How a person is written to."""

    email = fields.String(allow_none=True)
    language = fields.String()
    name_latin = fields.String(allow_none=True)
    name_arabic = fields.String(allow_none=True)
