"""What the interface of sessions takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.control.schemas import DecisionOut, StandingOut
from services.review.correction_schemas import CorrectionOut
from services.review.sessions.codes import (
    CALLED_BY,
    ORIGINS,
    POSTPONEMENT_REASONS,
    SESSION_KINDS,
)
from services.review.sessions.notice_schemas import UrgentNoticeOut
from shared.law.majority import BASES
from shared.web.fields import ActSchema, SubjectLineSchema
from shared.web.i18n import gettext_noop

MOST_MEMBERS = 1000
"""More than any council has; a larger number is a slip of the keyboard."""


def _members() -> fields.Integer:
    """How many members signed a request; none where there is no request."""
    return fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=1, max=MOST_MEMBERS),
    )


def matter_field() -> fields.String:
    """A matter for which the law asks another majority than that of the votes cast."""
    return fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=60)
    )


class SessionIn(Schema):
    """A session to be planned; the reason is for an ordinary one outside its months."""

    session_kind = fields.String(required=True, validate=validate.OneOf(list(SESSION_KINDS)))
    opens_on = fields.Date(required=True)
    called_by = fields.String(load_default="president", validate=validate.OneOf(list(CALLED_BY)))
    exception_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=500)
    )
    requested_on = fields.Date(load_default=None, allow_none=True)
    requested_by_members = _members()


class ItemIn(ActSchema):
    """An accepted petition by its case, or a free subject that becomes public.

    The majority follows from the ``matter`` of the law; without one it is that of the votes cast,
    or the ``basis`` that is named.
    """

    case = fields.UUID(load_default=None, allow_none=True)
    subject = fields.Nested(SubjectLineSchema, load_default=None, allow_none=True)
    matter = matter_field()
    basis = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(BASES))
    origin = fields.String(load_default="president", validate=validate.OneOf(list(ORIGINS)))
    origin_on = fields.Date(load_default=None, allow_none=True)
    origin_members = _members()

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two and not both."""
        if (data.get("case") is None) == (data.get("subject") is None):
            raise ValidationError(
                gettext_noop("Give either a petition or a subject, not both."), "case"
            )


class PostponementIn(ActSchema):
    """Why a session or an item is put off, as a code."""

    reason = fields.String(required=True, validate=validate.OneOf(list(POSTPONEMENT_REASONS)))


class PublicListQuery(Schema):
    """Which authority's sessions, and where the list goes on."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    cursor = fields.String(load_default=None)


class ItemOut(Schema):
    """A point of an agenda with its vote; open to everyone, like the sitting (article 48)."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    session = fields.UUID(attribute="session_id")
    case = fields.UUID(attribute="case_id", allow_none=True)
    subject = fields.Dict(attribute="subject_line")
    position = fields.Integer()
    basis = fields.String()
    matter = fields.String(allow_none=True)
    votes_for = fields.Integer(allow_none=True)
    votes_against = fields.Integer(allow_none=True)
    abstentions = fields.Integer(allow_none=True)
    voted_on = fields.Date(allow_none=True)
    postponed_because = fields.String(allow_none=True)
    added_after_call = fields.Boolean()
    ballot = fields.String(allow_none=True)
    origin = fields.String()
    needs_supplement = fields.Boolean()
    calculations = fields.List(fields.Dict())
    taken_up = fields.Dict(allow_none=True)
    withdrawn_on = fields.Date(allow_none=True)
    reported_on = fields.Date(allow_none=True)


class SessionOut(Schema):
    """A session."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    session_kind = fields.String()
    called_by = fields.String()
    opens_on = fields.Date()
    agenda_to_governor_on = fields.Date(allow_none=True)
    notice_to_members_on = fields.Date(allow_none=True)
    agenda_version = fields.Integer()
    opened_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    postponed_because = fields.String(allow_none=True)
    exception_reason = fields.String(allow_none=True)
    law_version = fields.String()
    extended_until = fields.Date(allow_none=True)
    requested_on = fields.Date(allow_none=True)
    requested_by_members = fields.Integer(allow_none=True)
    governor_received_on = fields.Date(allow_none=True)


class SittingOut(Schema):
    """One meeting and its count."""

    id = fields.UUID()
    state = fields.String()
    session = fields.UUID(attribute="session_id")
    call = fields.Integer()
    called_on = fields.Date(allow_none=True)
    held_on = fields.Date()
    in_office = fields.Integer()
    present = fields.Integer()
    needed = fields.Integer()
    number = fields.Integer()
    is_named = fields.Boolean()
    article = fields.String(allow_none=True)
    calculation = fields.Dict(allow_none=True)
    private_for = fields.String(allow_none=True)
    ended_on = fields.Date(allow_none=True)


class CountedSitting(SittingOut):
    """A sitting with its corrected counts; ``finding``: another number in office as known now."""

    corrected = fields.List(fields.Dict())
    finding = fields.Dict(allow_none=True)


class DueOut(Schema):
    """The last day of a step, with the article and how it was counted."""

    latest_on = fields.Date(attribute="due_on")
    article = fields.String()
    explanation = fields.Dict()


class QuorumOut(Schema):
    """How many members must be there on the first call."""

    in_office = fields.Integer()
    needed = fields.Integer()
    article = fields.String()
    explanation = fields.Dict()


class PaperOut(Schema):
    """An opinion that the council received for this session or for a petition on its agenda."""

    opinion = fields.UUID(attribute="opinion_id")
    body = fields.UUID(attribute="body_id")
    case = fields.UUID(attribute="case_id", allow_none=True)
    subject = fields.Dict(attribute="subject_line")
    submitted_on = fields.Date()


class NextCallOut(Schema):
    """What follows a failed call: when the next may be sent, and when it may be held."""

    call = fields.Integer()
    called_from = fields.Date(allow_none=True)
    called_until = fields.Date(allow_none=True)
    held_on = fields.Date(allow_none=True)
    article = fields.String()
    explanation = fields.Dict()


class AgendaItemOut(ItemOut):
    """A point of an agenda with the petition's public reference, and how many are recused.

    ``is_examined`` is false while no committee reported and the council made no choice about it.
    """

    reference = fields.String(allow_none=True)
    is_examined = fields.Boolean()
    recused = fields.Integer()


class SessionSummary(SessionOut):
    """A session with its agenda and what was decided."""

    items = fields.List(fields.Nested(AgendaItemOut))
    decisions = fields.List(fields.Nested(DecisionOut))


class SessionPage(Schema):
    """A page of sessions."""

    sessions = fields.List(fields.Nested(SessionSummary))
    next_cursor = fields.String(allow_none=True)


class DaysOut(Schema):
    """The last days of a session's steps; null where the law sets none."""

    agenda_to_governor = fields.Nested(DueOut, allow_none=True)
    notice_to_members = fields.Nested(DueOut, allow_none=True)
    session_end = fields.Nested(DueOut, allow_none=True)


class AttachmentOut(Schema):
    """A document that goes with an agenda, by its hash; without an item it is about all of it."""

    id = fields.UUID()
    item = fields.UUID(attribute="item_id", allow_none=True)
    title = fields.String()
    sha256 = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    added_on = fields.Date()


class MajorityMatterOut(Schema):
    """A matter for which the law asks another majority, with the code of that majority."""

    id = fields.String()
    name = fields.Dict()
    basis = fields.String()


class OtherSessionOut(Schema):
    """A session as another one names it."""

    id = fields.UUID()
    session_kind = fields.String()
    opens_on = fields.Date()


class SessionDetail(SessionSummary):
    """A session with everything that its next step needs.

    ``minutes_to_adopt`` are the closed sessions whose minutes it may adopt while it is open.
    """

    sittings = fields.List(fields.Nested(CountedSitting))
    agenda_to_governor_latest = fields.Date(allow_none=True)
    notice_to_members_latest = fields.Date(allow_none=True)
    days = fields.Nested(DaysOut)
    minutes = fields.Nested(StandingOut)
    register = fields.Nested(StandingOut)
    minutes_adopted_on = fields.Date(allow_none=True)
    minutes_to_adopt = fields.List(fields.Nested(OtherSessionOut))
    quorum = fields.Nested(QuorumOut)
    next_call = fields.Nested(NextCallOut, allow_none=True)
    papers = fields.List(fields.Nested(PaperOut))
    documents = fields.List(fields.Nested(AttachmentOut))
    corrections = fields.List(fields.Nested(CorrectionOut))
    urgent_notice = fields.Nested(UrgentNoticeOut, allow_none=True)
    majority_matters = fields.List(fields.Nested(MajorityMatterOut))
    allowed = fields.List(fields.String())
