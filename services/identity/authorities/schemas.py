"""What the routes of authorities take and give."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import Schema, ValidationError, fields, validate

from shared.clock import now
from shared.law.packs import PACKS
from shared.web.fields import LANGUAGE_CODES, TextsSchema
from shared.web.i18n import gettext_noop

KINDS = tuple(pack.removeprefix("ma-") for pack in PACKS)
"""A kind of authority for each pack of rules: a folder with one makes another kind."""

MOST_SEATS = 1000
"""More than any council has; a larger number is a slip of the keyboard."""
CODE = r"^[a-z0-9][a-z0-9-]{0,62}$"


def check_zone(name: str) -> None:
    """Refuse a name that is no time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(gettext_noop("This is not a time zone.")) from error


class LocalRuleIn(Schema):
    """One rule of the authority's own: a period, or a reading of the law where two are open."""

    value = fields.Integer(strict=True)
    unit = fields.String(validate=validate.Length(max=40))
    then = fields.String(validate=validate.Length(max=40))
    source = fields.String(validate=validate.Length(max=300))
    valid_from = fields.Date()


class AuthorityEdit(Schema):
    """What may change about an authority."""

    languages = fields.List(
        fields.String(validate=validate.OneOf(LANGUAGE_CODES)), validate=validate.Length(min=1)
    )
    population = fields.Integer(strict=True, validate=validate.Range(min=0, max=100_000_000))
    council_seats = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(min=1, max=MOST_SEATS)
    )
    holidays = fields.List(
        fields.Date(),
        validate=validate.Length(max=400),
        metadata={
            "description": "Days off beside the nation's. A feast of the moon is entered with all "
            "its days: they replace those that were estimated."
        },
    )
    local_rules = fields.Dict(
        keys=fields.String(validate=validate.Length(max=80)), values=fields.Nested(LocalRuleIn)
    )


class AuthorityIn(AuthorityEdit):
    """An authority that joins."""

    code = fields.String(required=True, validate=validate.Regexp(CODE))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    name = fields.Nested(TextsSchema, required=True)
    zone = fields.String(load_default="Africa/Casablanca", validate=check_zone)
    languages = fields.List(
        fields.String(validate=validate.OneOf(LANGUAGE_CODES)),
        load_default=lambda: ["ar", "fr"],
        validate=validate.Length(min=1),
    )
    population = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=100_000_000)
    )
    has_arrondissements = fields.Boolean(load_default=False)
    business_date = fields.Date(load_default=None, allow_none=True)


class BusinessDateIn(Schema):
    """The day that is to be today."""

    date = fields.Date(required=True)


class AuthorityOut(Schema):
    """An authority whole; all of it is public."""

    code = fields.String(attribute="authority")
    kind = fields.String(attribute="authority_kind")
    state = fields.String()
    version = fields.Integer()
    sequence = fields.Integer()
    name = fields.Dict()
    zone = fields.String()
    languages = fields.List(fields.String())
    population = fields.Integer()
    has_arrondissements = fields.Boolean()
    council_seats = fields.Integer(allow_none=True)
    business_date = fields.Date(allow_none=True)
    today = fields.Function(lambda row: row.today(now()))
    holidays = fields.List(fields.String())
    local_rules = fields.Dict()


class AuthoritySummary(Schema):
    """An authority in the list."""

    code = fields.String(attribute="authority")
    kind = fields.String(attribute="authority_kind")
    name = fields.Dict()
    zone = fields.String()
    languages = fields.List(fields.String())
    today = fields.Function(lambda row: row.today(now()))


class AuthorityPage(Schema):
    """A page of authorities."""

    authorities = fields.List(fields.Nested(AuthoritySummary))
    next_cursor = fields.String(allow_none=True)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)
