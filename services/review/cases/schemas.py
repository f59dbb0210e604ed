"""What the interface of cases takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class PublicListQuery(Schema):
    """Which authority's petitions, and where the list goes on."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    cursor = fields.String(load_default=None)


class PublicCaseOut(Schema):
    """A filed petition as anybody may see it."""

    id = fields.UUID()
    reference = fields.String()
    state = fields.String()
    subject = fields.Dict(attribute="subject_line")
    petitioner = fields.String()
    association = fields.Dict(allow_none=True)
    filed_on = fields.Date()


class PublicCasePage(Schema):
    """A page of filed petitions."""

    petitions = fields.List(fields.Nested(PublicCaseOut))
    next_cursor = fields.String(allow_none=True)


class ActOut(Schema):
    """One act in a timeline, with the date of the act and when it was recorded."""

    subject = fields.String()
    sequence = fields.Integer()
    type = fields.String()
    to_state = fields.String()
    acted_on = fields.Date()
    recorded_at = fields.AwareDateTime()
    late_days = fields.Integer()
    what = fields.Dict()


class PublicCaseDetail(PublicCaseOut):
    """A filed petition with its timeline."""

    timeline = fields.List(fields.Nested(ActOut))


class CaseOut(PublicCaseOut):
    """A case as the council's people see it."""

    version = fields.Integer()
    signatures = fields.Integer()
    signatures_needed = fields.Integer()
    law_version = fields.String()
    refusal_due_on = fields.Date()
    refusal_safe_on = fields.Date()
    decided_on = fields.Date(allow_none=True)
    reasons = fields.List(fields.String())
    committee = fields.String(allow_none=True)
