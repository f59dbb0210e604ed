"""What the interface of the law takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.cases.schemas import TextOut


class PackQuery(Schema):
    """With an authority: the packs of its kind, its own rules in them. Without: all of them."""

    authority = fields.String(load_default=None, validate=validate.Length(min=1, max=60))


class ChangesQuery(Schema):
    """Two versions, such as ``ma-commune@2015-07-23``."""

    before = fields.String(required=True, data_key="from", validate=validate.Length(max=60))
    after = fields.String(required=True, data_key="to", validate=validate.Length(max=60))


class LawOut(Schema):
    """The organic law that a pack encodes."""

    number = fields.String()
    name = fields.Nested(TextOut)
    source = fields.Nested(TextOut)


class RuleOut(Schema):
    """One rule; ``written`` is where: law and article, or an authority's own text."""

    id = fields.String()
    about = fields.String()
    name = fields.Nested(TextOut)
    kind = fields.String()
    is_local = fields.Boolean()
    article = fields.String()
    source = fields.Nested(TextOut)
    written = fields.String()
    valid_from = fields.Date()
    value = fields.Integer(allow_none=True)
    unit = fields.String(allow_none=True)
    details = fields.Dict()


class RangeOut(Schema):
    """The lengths an authority may choose from."""

    unit = fields.String()
    least = fields.Integer()
    most = fields.Integer()


class OpenRuleOut(Schema):
    """A period that the law leaves open and that no rule of the authority sets."""

    id = fields.String()
    article = fields.String()
    name = fields.Nested(TextOut)
    start = fields.Nested(TextOut)
    missed = fields.Nested(TextOut)
    allowed = fields.List(fields.Nested(RangeOut))


class PackOut(Schema):
    """One version of the rules of one kind of authority."""

    version = fields.String()
    pack = fields.String()
    authority_kind = fields.String()
    valid_from = fields.Date()
    is_in_force = fields.Boolean()
    law = fields.Nested(LawOut)
    rules = fields.List(fields.Nested(RuleOut))
    open = fields.List(fields.Nested(OpenRuleOut))


class PackList(Schema):
    """Every version asked for, oldest first within each pack."""

    packs = fields.List(fields.Nested(PackOut))


class ChangeOut(Schema):
    """One field of a rule that differs; null where the rule or field is not there."""

    rule = fields.String()
    name = fields.Nested(TextOut)
    field = fields.String()
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class ChangeList(Schema):
    """What would change for a case that went from one version to another."""

    before = fields.String(data_key="from")
    after = fields.String(data_key="to")
    changes = fields.List(fields.Nested(ChangeOut))
