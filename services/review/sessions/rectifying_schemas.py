"""What the interface takes for a correction: the right figures, and why they are corrected."""

from __future__ import annotations

from marshmallow import fields, validate

from services.review.sessions.actions.rectifying_dates import DATES
from services.review.sessions.schemas import MOST_MEMBERS
from services.review.sessions.sitting_schemas import RollMarkIn
from services.review.sessions.vote_schemas import BallotIn
from shared.web.fields import ActSchema

MOST_MARKS = 200
"""As many as the largest council has; the event of the correction carries them all."""


def because() -> fields.String:
    """Why a recorded act is corrected; it stays with the council."""
    return fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class VoteRectificationIn(BallotIn):
    """The votes as they were given, and why they were recorded otherwise."""

    because = because()


class DateRectificationIn(ActSchema):
    """The act whose recorded day is corrected, and its right day."""

    of = fields.String(required=True, validate=validate.OneOf(list(DATES)))
    day = fields.Date(required=True)
    because = because()


class RollRectificationIn(ActSchema):
    """A sitting whose roll was called by name, and how members should have been entered."""

    sitting = fields.UUID(required=True)
    attendance = fields.List(
        fields.Nested(RollMarkIn), required=True, validate=validate.Length(min=1, max=MOST_MARKS)
    )
    because = because()


class CountRectificationIn(ActSchema):
    """A sitting that was counted by number, and how many were there."""

    sitting = fields.UUID(required=True)
    present = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=MOST_MEMBERS)
    )
    because = because()
