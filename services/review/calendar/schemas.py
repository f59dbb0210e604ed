"""What the interface of the calendar takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.cases.schemas import NextStepOut
from shared.web.i18n import gettext_noop

LONGEST_DAYS = 1100
"""Three years: a feed looks back and ahead, a page shows one month."""


class CalendarQuery(Schema):
    """Whose calendar, from which day to which; both count."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="until")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take a range that goes forward and is not too long."""
        if not {"first", "last"} <= data.keys():
            return
        days = (data["last"] - data["first"]).days
        if not 0 <= days <= LONGEST_DAYS:
            raise ValidationError(
                gettext_noop("The last day comes after the first, at most three years later."),
                "until",
            )


class PointOut(Schema):
    """A point of a session's agenda."""

    subject = fields.Dict(attribute="subject_line")
    reference = fields.String(allow_none=True)


class MeetingOut(Schema):
    """A session by its opening day, or a sitting that is held on another day.

    ``sequence`` only grows, with each act on the session, the sitting or the agenda; ``changed_at``
    is when the last of them was recorded.
    """

    id = fields.UUID()
    kind = fields.String()
    on = fields.Date()
    state = fields.String()
    is_cancelled = fields.Boolean()
    session = fields.UUID()
    session_kind = fields.String()
    call = fields.Integer(allow_none=True)
    points = fields.List(fields.Nested(PointOut))
    sequence = fields.Integer()
    changed_at = fields.AwareDateTime()


class DueCaseOut(Schema):
    """A case whose next legal step is due; ``sequence`` and ``changed_at`` as of a meeting."""

    case = fields.UUID()
    reference = fields.String()
    subject = fields.Dict()
    state = fields.String()
    on = fields.Date()
    next_step = fields.Nested(NextStepOut, allow_none=True)
    sequence = fields.Integer()
    changed_at = fields.AwareDateTime()


class CalendarOut(Schema):
    """What happens in a range of days; ``cases`` only for the council's people, else empty."""

    meetings = fields.List(fields.Nested(MeetingOut))
    cases = fields.List(fields.Nested(DueCaseOut))
