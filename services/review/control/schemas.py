"""What the interface of control takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.correction_schemas import CorrectionOut
from shared.web.fields import ActSchema
from shared.web.i18n import gettext_noop


class TransmissionIn(ActSchema):
    """How the decision went to the governor; a person classifies it with the article."""

    governor_receipt_on = fields.Date(required=True)
    delay_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=500)
    )


class ReceiptRectificationIn(ActSchema):
    """When the governor received it, when it was sent (if that changes too), and why."""

    governor_receipt_on = fields.Date(required=True)
    transmitted_on = fields.Date(load_default=None, allow_none=True)
    because = fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class AnswerRectificationIn(ActSchema):
    """Which answer of the governor, the day on which it was received, and why it is corrected."""

    of = fields.String(required=True, validate=validate.OneOf(("opposition", "visa")))
    received_on = fields.Date(required=True)
    because = fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class ClassificationIn(ActSchema):
    """The matter for which a decision needs the visa; null when it needs none."""

    matter = fields.String(required=True, allow_none=True, validate=validate.Length(min=1, max=60))
    because = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=2_000)
    )


class VisaIn(Schema):
    """The answer on the visa; the date of the act is the day it was received."""

    granted = fields.Boolean(required=True)
    received_on = fields.Date(required=True)
    late_reason = fields.String(load_default=None, validate=validate.Length(max=500))


class NewDeliberationIn(ActSchema):
    """The session in which the council deliberates again."""

    session = fields.UUID(required=True)


class OppositionIn(ActSchema):
    """The governor's opposition; the date of the act is the day it was received."""

    received_on = fields.Date(required=True)
    reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=5_000)
    )

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take no second day for the same act."""
        if data.get("acted_on") not in {None, data.get("received_on")}:
            raise ValidationError(
                gettext_noop("The act has the date on which the opposition was received."),
                "acted_on",
            )


class PublicListQuery(Schema):
    """Which authority's decisions, and where the list goes on."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    cursor = fields.String(load_default=None)


class AuthorityQuery(Schema):
    """Whose decision it is."""

    authority = fields.String(required=True, validate=validate.Length(max=60))


class ReplyOut(Schema):
    """What a decision makes of an opinion that it cites, and why."""

    opinion = fields.UUID(attribute="opinion_id")
    body = fields.UUID(attribute="body_id")
    body_name = fields.Dict(allow_none=True)
    answer = fields.String()
    reason = fields.String()


class DecisionOut(Schema):
    """A decision as anybody may see it (113-14, article 273)."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    number = fields.String()
    item = fields.UUID(attribute="item_id")
    session = fields.UUID(attribute="session_id")
    case = fields.UUID(attribute="case_id", allow_none=True)
    subject = fields.Dict(attribute="subject_line")
    adopted_on = fields.Date()
    visa_needed = fields.Boolean(allow_none=True)
    transmitted_on = fields.Date(allow_none=True)
    governor_receipt_on = fields.Date(allow_none=True)
    enforceable_from = fields.Date(allow_none=True)
    opposed_on = fields.Date(allow_none=True)
    opinions = fields.List(fields.Nested(ReplyOut))


class DecisionRow(DecisionOut):
    """A decision in a list, with the reference of the petition it is about."""

    reference = fields.String(allow_none=True)


class ReplyList(Schema):
    """The opinions that a decision cites."""

    opinions = fields.List(fields.Nested(ReplyOut))


class DecisionPage(Schema):
    """A page of decisions."""

    decisions = fields.List(fields.Nested(DecisionRow))
    next_cursor = fields.String(allow_none=True)


class TermOut(Schema):
    """A day of the governor's control, with the article and how it was counted."""

    rule = fields.String()
    due_on = fields.Date()
    article = fields.String()
    explanation = fields.Dict()
    missed = fields.Dict()


class FormalityOut(Schema):
    """A duty after the session, as it was recorded."""

    formality = fields.String()
    done_on = fields.Date()


class RegisterIn(ActSchema):
    """What proves that the register's copy went out: a receipt's number, an entry of a book."""

    proof = fields.String(required=True, validate=validate.Length(min=1, max=500))


class StandingOut(Schema):
    """How a duty stands: its term, when it was done, whether that is late, and what proves it."""

    term = fields.Nested(TermOut, allow_none=True)
    done_on = fields.Date(allow_none=True)
    is_late = fields.Boolean()
    proof = fields.String(allow_none=True)


class MatterOut(Schema):
    """A matter whose decisions need the visa."""

    id = fields.String()
    name = fields.Dict()


class DecisionDetail(DecisionRow):
    """A decision with the days of its control and the acts possible now.

    ``is_late``: it went, or still lies here, after the last day for the transmission.
    ``finding``: the members in office at its vote are another number by the mandates known now.
    """

    visa_article = fields.String(allow_none=True)
    visa_matter = fields.String(allow_none=True)
    visa_matters = fields.List(fields.Nested(MatterOut))
    visa_answered_on = fields.Date(allow_none=True)
    delay_reason = fields.String(allow_none=True)
    opposed_because = fields.String(allow_none=True)
    transmission = fields.Nested(TermOut, allow_none=True)
    enforceability = fields.Nested(TermOut, allow_none=True)
    opposition = fields.Nested(TermOut, allow_none=True)
    posting = fields.Nested(StandingOut)
    is_late = fields.Boolean()
    finding = fields.Dict(allow_none=True)
    corrections = fields.List(fields.Nested(CorrectionOut))
    allowed = fields.List(fields.String())
