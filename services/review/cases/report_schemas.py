"""What the interface gives of the committees that a case is before, and of their reports."""

from __future__ import annotations

from marshmallow import Schema, fields


class CommitteeOfCaseOut(Schema):
    """A committee that a case is before; ``due_on`` where the authority sets a day for reports."""

    committee = fields.UUID()
    referred_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    has_reported = fields.Boolean()


class CaseReportOut(Schema):
    """A committee's report on a case; ``corrected_on`` is when it was corrected last."""

    id = fields.UUID()
    committee = fields.UUID(attribute="committee_id")
    recommendation = fields.String()
    text = fields.String()
    sha256 = fields.String()
    reported_on = fields.Date()
    corrected_on = fields.Date(allow_none=True)


class ReplacedReportOut(Schema):
    """What a committee's report said until it was corrected."""

    committee = fields.UUID(attribute="committee_id")
    recommendation = fields.String()
    text = fields.String()
    reported_on = fields.Date()
    replaced_on = fields.Date()
