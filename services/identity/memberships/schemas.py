"""What the routes of memberships take and give."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shared.web.auth import ROLES
from shared.web.fields import ActSchema
from shared.web.i18n import gettext_noop

GRANTABLE = tuple(sorted(ROLES - {"service"}))


class MembershipIn(ActSchema):
    """A role for a person, who is named by id or by the address of their account."""

    person = fields.UUID(load_default=None)
    email = fields.Email(load_default=None, validate=validate.Length(max=254))
    role = fields.String(required=True, validate=validate.OneOf(GRANTABLE))
    scope = fields.UUID(load_default=None, allow_none=True)
    from_on = fields.Date(load_default=None, allow_none=True)
    until_on = fields.Date(load_default=None, allow_none=True)

    @validates_schema
    def check_person(self, data: dict[str, object], **_: object) -> None:
        """Exactly one way of naming the person."""
        if (data.get("person") is None) == (data.get("email") is None):
            raise ValidationError(
                gettext_noop("Name the person by id or by e-mail address, not by both."), "person"
            )


class EndingIn(ActSchema):
    """Why a role ends, as a code."""

    reason = fields.String(
        required=True, validate=[validate.Length(max=60), validate.Regexp(r"^[a-z0-9-]+$")]
    )


class MembershipOut(Schema):
    """A membership."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    person = fields.UUID(attribute="person_id")
    role = fields.String()
    scope = fields.String(allow_none=True)
    from_on = fields.Date()
    until_on = fields.Date(allow_none=True)
    source = fields.String(allow_none=True)


class MembershipPage(Schema):
    """A page of memberships."""

    memberships = fields.List(fields.Nested(MembershipOut))
    next_cursor = fields.String(allow_none=True)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)
