"""What the interface takes and gives about notices that did not reach a member."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.sessions.codes import CHANNELS, NOTICE_CHOICES, NOTICE_FAILURES
from shared.web.fields import ActSchema


class FailedNoticeIn(ActSchema):
    """Whom a notice did not reach, how it had been sent, and why it failed."""

    person = fields.UUID(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(list(CHANNELS)))
    reason = fields.String(required=True, validate=validate.OneOf(list(NOTICE_FAILURES)))


class RenewalIn(ActSchema):
    """How the notice was sent again, and what proves it."""

    channel = fields.String(required=True, validate=validate.OneOf(list(CHANNELS)))
    proof = fields.String(required=True, validate=validate.Length(min=1, max=200))


class NoticeChoiceIn(ActSchema):
    """The president's choice where a notice failed for good, and its reason."""

    choice = fields.String(required=True, validate=validate.OneOf(list(NOTICE_CHOICES)))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))


class FailedNoticeOut(Schema):
    """A failed notice. ``standing`` is open, proven (by another channel), renewed or chosen."""

    id = fields.UUID()
    session = fields.UUID(attribute="session_id")
    person = fields.UUID(attribute="person_id")
    channel = fields.String()
    reason = fields.String()
    failed_on = fields.Date()
    latest_on = fields.Date()
    renewed_on = fields.Date(allow_none=True)
    renewed_channel = fields.String(allow_none=True)
    renewed_proof = fields.String(allow_none=True)
    standing = fields.String()


class NoticeChoiceOut(Schema):
    """The president's choice as it was recorded; ``members`` were not reached in time."""

    session = fields.UUID(attribute="session_id")
    choice = fields.String()
    reason = fields.String()
    members = fields.Integer()
    chosen_on = fields.Date()


class UrgentNoticeOut(Schema):
    """A convened session with notices that did not arrive; ``is_late``: the president chooses."""

    session = fields.UUID()
    opens_on = fields.Date()
    latest_on = fields.Date()
    is_late = fields.Boolean()


class UrgentNoticeList(Schema):
    """The sessions whose failed notices somebody has to see to, the most urgent first."""

    sessions = fields.List(fields.Nested(UrgentNoticeOut))
