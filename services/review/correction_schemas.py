"""What the interface gives of a correction: who recorded it, when and why."""

from __future__ import annotations

from marshmallow import Schema, fields


class AuthorOut(Schema):
    """Who recorded a correction; the names are those of a member, and may be missing."""

    person = fields.UUID()
    role = fields.String()
    ar = fields.String(allow_none=True)
    latin = fields.String(allow_none=True)


class CorrectedMarkOut(Schema):
    """A member whose mark on a roll was corrected, with the codes before and after."""

    person = fields.UUID()
    was = fields.String(allow_none=True)
    now = fields.String()
    ar = fields.String(allow_none=True)
    latin = fields.String(allow_none=True)


class CorrectionOut(Schema):
    """A correction as the council's people and auditors see it beside the act.

    ``marks`` are of a roll by name; of anything else there are none.
    """

    subject = fields.String()
    trigger = fields.String()
    corrects = fields.UUID()
    corrected_on = fields.Date()
    because = fields.String(allow_none=True)
    author = fields.Nested(AuthorOut)
    marks = fields.List(fields.Nested(CorrectedMarkOut))
