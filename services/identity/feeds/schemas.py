"""What the routes of calendar feeds take and give."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class FeedOut(Schema):
    """Whether the caller has a feed, and since when its secret holds."""

    made_at = fields.AwareDateTime(allow_none=True)


class SecretOut(FeedOut):
    """The new secret; it is told this once."""

    secret = fields.String()


class SecretIn(Schema):
    """The secret of a feed's address."""

    secret = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=100))


class ReaderOut(Schema):
    """Of which authority a secret opens the calendar; whose it is stays here."""

    authority = fields.String()
