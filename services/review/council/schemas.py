"""What the interface of the council takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.council.workflow import END_REASONS, OFFICES, RECOMMENDATIONS
from shared.web.fields import ActSchema, TextsSchema


class MemberNameIn(Schema):
    """A member's name in Arabic and in Latin letters, as lists and minutes print it."""

    ar = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 120))
    latin = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 120))


class KeptNameOut(MemberNameIn):
    """A name as it is kept, with whose it is."""

    person = fields.UUID()


class MandateIn(ActSchema):
    """An office that somebody took; ``until_on`` is the last day, where it is known."""

    name = fields.Nested(MemberNameIn, load_default=None, allow_none=True)

    person = fields.UUID(required=True)
    office = fields.String(required=True, validate=validate.OneOf(OFFICES))
    committee = fields.UUID(load_default=None, allow_none=True)
    from_on = fields.Date(required=True)
    until_on = fields.Date(load_default=None, allow_none=True)


class EndingIn(ActSchema):
    """Why an office ends; the date of the act is its last day."""

    reason = fields.String(required=True, validate=validate.OneOf(END_REASONS))


class MandateQuery(Schema):
    """Which mandates: all, or those in force on a day."""

    on = fields.Date(load_default=None)
    cursor = fields.String(load_default=None)


class MandateOut(Schema):
    """One office of one person."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    person = fields.UUID(attribute="person_id")
    office = fields.String()
    committee = fields.UUID(attribute="committee_id", allow_none=True)
    from_on = fields.Date()
    until_on = fields.Date(allow_none=True)


class MandatePage(Schema):
    """A page of mandates."""

    mandates = fields.List(fields.Nested(MandateOut))
    next_cursor = fields.String(allow_none=True)


class CommitteeIn(ActSchema):
    """A permanent committee with its short code and its name."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9-]{0,39}$"))
    name = fields.Nested(TextsSchema, required=True)
    remit = fields.Nested(TextsSchema, load_default=None, allow_none=True)


class RemitIn(ActSchema):
    """What a committee deals with, in the languages it is known in; it is public."""

    remit = fields.Nested(TextsSchema, required=True)


class CommitteeOut(Schema):
    """A committee."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    code = fields.String()
    name = fields.Dict()
    remit = fields.Dict(allow_none=True)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class CommitteePage(Schema):
    """A page of committees."""

    committees = fields.List(fields.Nested(CommitteeOut))
    next_cursor = fields.String(allow_none=True)


class ReportIn(ActSchema):
    """A committee's report on a case; the text stays with the council."""

    case = fields.UUID(required=True)
    recommendation = fields.String(required=True, validate=validate.OneOf(RECOMMENDATIONS))
    text = fields.String(load_default="", validate=validate.Length(max=50_000))


class ReportCorrectionIn(ActSchema):
    """The right report, whole, and why the one before is corrected; texts stay inside."""

    recommendation = fields.String(required=True, validate=validate.OneOf(RECOMMENDATIONS))
    text = fields.String(load_default="", validate=validate.Length(max=50_000))
    because = fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class ReportOut(Schema):
    """A committee's report as the council's people see it."""

    id = fields.UUID()
    committee = fields.UUID(attribute="committee_id")
    case = fields.UUID(attribute="case_id")
    recommendation = fields.String()
    text = fields.String()
    sha256 = fields.String()
    reported_on = fields.Date()
    recorded_at = fields.AwareDateTime()
