"""What the routes of erasures take and give."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.identity.erasures.answers import answer_of
from services.identity.erasures.workflow import GROUNDS
from shared.web.fields import ActSchema


class ErasureIn(ActSchema):
    """Whose data, and why; without a person it is the one who sends this."""

    person = fields.UUID(load_default=None)
    ground = fields.String(required=True, validate=validate.OneOf(GROUNDS))


class PartOut(Schema):
    """One purpose of the retention table and what the request came to there.

    ``outcome`` is erased, waits or stays; ``article`` is the ground, or nothing for a local one.
    """

    purpose = fields.String()
    what = fields.String()
    outcome = fields.String()
    why = fields.String()
    article = fields.String(allow_none=True)


class ErasureOut(Schema):
    """A request and its answer, in the asked language."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    person = fields.UUID(attribute="person_id")
    ground = fields.String()
    requested_on = fields.Date()
    answer_due_on = fields.Date()
    waits_for = fields.List(fields.String())
    until_on = fields.Date(allow_none=True)
    erased = fields.List(fields.String())
    stays = fields.List(fields.String())
    reason = fields.String(allow_none=True)
    answer = fields.Function(lambda row: PartOut(many=True).dump(answer_of(row)))


class ErasurePage(Schema):
    """A page of requests."""

    erasures = fields.List(fields.Nested(ErasureOut))
    next_cursor = fields.String(allow_none=True)


class ErasureQuery(Schema):
    """Whose requests, and where the list goes on."""

    cursor = fields.String(load_default=None)
    person = fields.List(
        fields.UUID(),
        load_default=None,
        validate=validate.Length(max=20),
        metadata={"description": "Only those for these persons; may be given several times."},
    )
