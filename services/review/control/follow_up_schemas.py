"""What the interface takes and gives of the actions that carry decisions out."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.web.fields import ActSchema

STATES = ("planned", "under-way", "done", "abandoned")


class FollowUpIn(ActSchema):
    """An action with who does it (a service or an office, no person) and by when; it is public."""

    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    owner = fields.String(required=True, validate=validate.Length(min=1, max=120))
    due_on = fields.Date(required=True)


class ProgressIn(ActSchema):
    """Where an action stands now; what is done has a note or a document."""

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    note = fields.String(load_default="", validate=validate.Length(max=2_000))
    sha256 = fields.List(
        fields.String(validate=validate.Regexp(r"^[0-9a-f]{64}$")),
        load_default=list,
        validate=validate.Length(max=20),
    )
    due_on = fields.Date(load_default=None, allow_none=True)


class FollowUpOut(Schema):
    """An action as anybody may see it."""

    id = fields.UUID()
    decision = fields.UUID(attribute="decision_id")
    title = fields.String()
    owner = fields.String()
    due_on = fields.Date()
    state = fields.String()
    changed_on = fields.Date()


class FollowUpList(Schema):
    """The actions of a decision."""

    follow_ups = fields.List(fields.Nested(FollowUpOut))


class SessionReport(Schema):
    """What a session is told of the actions, and when it was."""

    reported_on = fields.Date(allow_none=True)
    follow_ups = fields.List(fields.Nested(FollowUpOut))
