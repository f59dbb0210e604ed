"""What the interface of sittings takes and gives: roll, steps, and the record of a session."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.sessions.codes import CLOSED_DOOR_ASKED_BY, MARKS, ROLL_MARKS
from services.review.sessions.schemas import (
    MOST_MEMBERS,
    AgendaItemOut,
    SessionOut,
    SittingOut,
)
from shared.web.fields import ActSchema
from shared.web.i18n import gettext_noop


def _count() -> fields.Integer:
    """How many members; none where it was not told."""
    return fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=MOST_MEMBERS),
    )


class RollMarkIn(Schema):
    """How one member is entered at the opening."""

    person = fields.UUID(required=True)
    mark = fields.String(required=True, validate=validate.OneOf(list(ROLL_MARKS)))


class SittingIn(ActSchema):
    """The count at an opening; a second call also has the day on which it was sent.

    The members are counted by name, or only their number is told; call 0 is a sitting after the
    one that opened the session.
    """

    call = fields.Integer(required=True, strict=True, validate=validate.OneOf((0, 1, 2, 3)))
    present = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=MOST_MEMBERS),
    )
    attendance = fields.List(
        fields.Nested(RollMarkIn), load_default=list, validate=validate.Length(max=MOST_MEMBERS)
    )
    held_on = fields.Date(load_default=None, allow_none=True)
    called_on = fields.Date(load_default=None, allow_none=True)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take names or a number; and the act is the sitting: it cannot have two days."""
        if (data.get("present") is None) == (not data.get("attendance")):
            raise ValidationError(
                gettext_noop("Give either who was there or how many they were, not both."),
                "present",
            )
        days = {data.get("held_on"), data.get("acted_on")} - {None}
        if len(days) > 1:
            raise ValidationError(gettext_noop("The act has the date of the sitting."), "acted_on")


class RollIn(Schema):
    """The next sitting: its day (today unless given), and when a second call was sent."""

    held_on = fields.Date(load_default=None, allow_none=True)
    called_on = fields.Date(load_default=None, allow_none=True)


class MarkIn(ActSchema):
    """How one member is entered."""

    person = fields.UUID(required=True)
    mark = fields.String(required=True, validate=validate.OneOf(list(MARKS)))


class RestIn(Schema):
    """How everybody is entered who was not marked yet."""

    mark = fields.String(required=True, validate=validate.OneOf(list(ROLL_MARKS)))


class DeclarationIn(Schema):
    """The roll is closed and counted; the act has the date of the sitting."""

    late_reason = fields.String(load_default=None, validate=validate.Length(max=500))


class ExtensionIn(ActSchema):
    """To which day an ordinary session goes on, why, and when the governor was told."""

    until = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))
    governor_told_on = fields.Date(load_default=None, allow_none=True)


class ClosedDoorIn(ActSchema):
    """Who asked for the closed door, and the council's vote on it without debate."""

    asked_by = fields.String(required=True, validate=validate.OneOf(list(CLOSED_DOOR_ASKED_BY)))
    members = _count()
    votes_for = _count()
    votes_against = _count()


class MarkOut(Schema):
    """One member on a roll."""

    person = fields.UUID(attribute="person_id")
    mark = fields.String()
    is_there = fields.Boolean()


class SittingRecord(SittingOut):
    """A sitting with its roll; ``there`` counts who is in the room now."""

    roll = fields.List(fields.Nested(MarkOut))
    there = fields.Integer()


class NamedVoteOut(Schema):
    """How one member voted; the second round is that of the second sitting."""

    person = fields.UUID(attribute="person_id")
    round = fields.Integer()
    side = fields.String()


class ItemRecord(AgendaItemOut):
    """A point of the agenda with who took no part and how each voted."""

    unreported_because = fields.String(allow_none=True)
    recusals = fields.List(fields.UUID())
    votes = fields.List(fields.Nested(NamedVoteOut))


class MemberOut(Schema):
    """Somebody who sits in the council on the day of the record, with the offices held."""

    person = fields.UUID()
    offices = fields.List(fields.String())
    is_president = fields.Boolean()


class MemberNameOut(Schema):
    """A member's name in Arabic and in Latin letters; either may be missing."""

    ar = fields.String(allow_none=True)
    latin = fields.String(allow_none=True)


class LiveQuorumOut(Schema):
    """The quorum as the roll stands: counted by the rules of the day, in each language."""

    in_office = fields.Integer()
    present = fields.Integer()
    needed = fields.Integer()
    met = fields.Boolean()
    article = fields.String()
    explanation = fields.Dict()


class SessionRecord(SessionOut):
    """Everything that was recorded of a session: what its minutes and its room page print.

    ``people`` has a name for every person id in it; ``quorum`` is there while a call's roll runs.
    """

    on = fields.Date()
    members = fields.List(fields.Nested(MemberOut))
    people = fields.Dict(keys=fields.String(), values=fields.Nested(MemberNameOut))
    sittings = fields.List(fields.Nested(SittingRecord))
    items = fields.List(fields.Nested(ItemRecord))
    quorum = fields.Nested(LiveQuorumOut, allow_none=True)
    last_day = fields.Date(allow_none=True)
    extension_reason = fields.String(allow_none=True)
