"""What the interface takes and gives of a vote: ballots, answers to opinions, recusals."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.control.codes import ANSWERS
from services.review.sessions.codes import BALLOTS
from services.review.sessions.schemas import MOST_MEMBERS, matter_field
from shared.law.majority import SIDES
from shared.web.fields import ActSchema
from shared.web.i18n import gettext_noop

MOST_OPINIONS = 50


class ReplyIn(Schema):
    """What the decision makes of one opinion, and why; the reason becomes public."""

    opinion = fields.UUID(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(list(ANSWERS)))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class NamedSideIn(Schema):
    """How one member voted."""

    person = fields.UUID(required=True)
    side = fields.String(required=True, validate=validate.OneOf(SIDES))


def _votes() -> fields.Integer:
    return fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=MOST_MEMBERS),
    )


class BallotIn(ActSchema):
    """The votes on an item; the president's own vote is counted among them.

    A vote by name has ``names`` and no numbers; a secret one the article that asks for it.
    """

    mode = fields.String(load_default="public", validate=validate.OneOf(list(BALLOTS)))
    article = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=80)
    )
    names = fields.List(
        fields.Nested(NamedSideIn), load_default=list, validate=validate.Length(max=MOST_MEMBERS)
    )
    votes_for = _votes()
    votes_against = _votes()
    abstentions = _votes()
    president = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(SIDES))

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take names for a vote by name, and all three numbers for any other."""
        numbers = ("votes_for", "votes_against", "abstentions")
        if data.get("mode") == "by-name":
            if not data.get("names"):
                raise ValidationError(gettext_noop("Say how each member voted."), "names")
            return
        if data.get("names"):
            raise ValidationError(gettext_noop("Only a vote by name has names."), "names")
        for name in numbers:
            if data.get(name) is None:
                raise ValidationError(gettext_noop("Give the number of these votes."), name)


class VoteIn(BallotIn):
    """The votes on an item, and what the council makes of the opinions before it.

    ``matter`` names at the latest here what the item is about, where the law asks another majority.
    """

    matter = matter_field()

    opinions = fields.List(
        fields.Nested(ReplyIn), load_default=list, validate=validate.Length(max=MOST_OPINIONS)
    )
    without_opinion_reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=500),
        metadata={
            "description": "The president's reason for a vote while a mandatory opinion is awaited."
        },
    )


class TakingUpIn(BallotIn):
    """The vote without debate on deliberating though no committee reported: public or by name."""

    mode = fields.String(
        load_default="public", validate=validate.OneOf([one for one in BALLOTS if one != "secret"])
    )


class RecusalIn(ActSchema):
    """A member who takes no part in the item, by id; or only how many do not."""

    person = fields.UUID(load_default=None, allow_none=True)
    count = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=1, max=MOST_MEMBERS),
    )

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two and not both."""
        if (data.get("person") is None) == (data.get("count") is None):
            raise ValidationError(
                gettext_noop("Give either a member or how many they are, not both."), "count"
            )


class RecusalOut(Schema):
    """A recusal as it was recorded."""

    id = fields.UUID()
    item = fields.UUID(attribute="item_id")
    person = fields.UUID(attribute="person_id", allow_none=True)
    count = fields.Integer(attribute="members")
    declared_on = fields.Date()
