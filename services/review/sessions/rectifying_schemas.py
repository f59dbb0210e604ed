"""What the interface takes for a correction: the right figures, and why they are corrected."""

from __future__ import annotations

from marshmallow import fields, validate

from services.review.sessions.vote_schemas import BallotIn


def because() -> fields.String:
    """Why a recorded act is corrected; it stays with the council."""
    return fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class VoteRectificationIn(BallotIn):
    """The votes as they were given, and why they were recorded otherwise."""

    because = because()
