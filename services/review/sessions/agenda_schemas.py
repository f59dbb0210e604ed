"""What the interface takes and gives around an agenda: the governor, notices, requests, clashes."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.sessions.codes import (
    CHANNELS,
    CLASH_CHOICES,
    DROPPING_REASONS,
    NOTICES,
    OBJECTION_OUTCOMES,
)
from services.review.sessions.notice_schemas import FailedNoticeOut, NoticeChoiceOut
from services.review.sessions.schemas import MOST_MEMBERS, AttachmentOut
from services.review.sessions.sitting_schemas import MemberNameOut, MemberOut
from shared.web.fields import ActSchema, SubjectLineSchema


class SessionClosingIn(ActSchema):
    """The close of a session; why the council was not told of a withdrawal after the notice."""

    unreported_because = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=2_000)
    )


class GovernorReceiptIn(ActSchema):
    """When the governor received the agenda."""

    received_on = fields.Date(required=True)


class ObjectionIn(ActSchema):
    """The governor's objection to an item: when it came, under which article, his reason."""

    received_on = fields.Date(required=True)
    article = fields.String(required=True, validate=validate.Length(min=1, max=80))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class ObjectionOutcomeIn(ActSchema):
    """How an objection ended."""

    outcome = fields.String(required=True, validate=validate.OneOf(list(OBJECTION_OUTCOMES)))


class SessionRefusalIn(ActSchema):
    """Why a session that a third of the members asked for is refused."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class DroppingIn(ActSchema):
    """Why a planned session is taken back, as a code."""

    reason = fields.String(required=True, validate=validate.OneOf(list(DROPPING_REASONS)))


class AgendaRequestIn(ActSchema):
    """What members asked in writing to be put on an agenda."""

    subject = fields.Nested(SubjectLineSchema, required=True)
    members = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=MOST_MEMBERS)
    )
    received_on = fields.Date(required=True)


class AgendaAnswerIn(ActSchema):
    """The answer to a request: included, or refused with its reason."""

    refusal_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=2000)
    )


class SendingIn(ActSchema):
    """How a notice went out, and what proves it; without people, for all not proven yet."""

    notice = fields.String(load_default="notice", validate=validate.OneOf(list(NOTICES)))
    channel = fields.String(required=True, validate=validate.OneOf(list(CHANNELS)))
    proof = fields.String(required=True, validate=validate.Length(min=1, max=200))
    people = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=MOST_MEMBERS)
    )


class AttachmentIn(ActSchema):
    """What a document that goes with an agenda is, and the item it is about, if it is about one."""

    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    item = fields.UUID(load_default=None, allow_none=True)


class RemovalIn(ActSchema):
    """Why a document goes with the agenda no more."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))


class TakenOffOut(AttachmentOut):
    """A document that was taken off an agenda; its file is kept by its hash."""

    taken_off_on = fields.Date()
    reason = fields.String(attribute="taken_off_because")


class SessionChoiceIn(ActSchema):
    """The president's choice for a petition accepted inside the twenty days, and its reason."""

    choice = fields.String(required=True, validate=validate.OneOf(list(CLASH_CHOICES)))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))
    governor_agreed_on = fields.Date(load_default=None, allow_none=True)


class SessionChoiceOut(Schema):
    """The president's choice as it was recorded."""

    case = fields.UUID(attribute="case_id")
    session = fields.UUID(attribute="session_id")
    choice = fields.String()
    reason = fields.String()
    governor_agreed_on = fields.Date(allow_none=True)
    chosen_on = fields.Date()


class AgendaRequestOut(Schema):
    """A request of members, and its answer."""

    id = fields.UUID()
    session = fields.UUID(attribute="session_id")
    subject = fields.Dict(attribute="subject_line")
    members = fields.Integer()
    in_office = fields.Integer()
    is_binding = fields.Boolean()
    received_on = fields.Date()
    answer = fields.String(allow_none=True)
    refusal_reason = fields.String(allow_none=True)
    answered_on = fields.Date(allow_none=True)
    item = fields.UUID(attribute="item_id", allow_none=True)


class AgendaVersionOut(Schema):
    """An agenda as it stood from one change to the next."""

    version = fields.Integer()
    cause = fields.String()
    items = fields.List(fields.UUID())
    made_on = fields.Date()


class ConvocationOut(Schema):
    """The proof that one member was sent a notice."""

    person = fields.UUID(attribute="person_id")
    notice = fields.String()
    version = fields.Integer()
    channel = fields.String()
    proof = fields.String()
    sent_on = fields.Date()


class SentOut(Schema):
    """The proofs that were recorded just now."""

    convocations = fields.List(fields.Nested(ConvocationOut))


class ObjectionOut(Schema):
    """The governor's objection to an item and how it ended."""

    item = fields.UUID()
    received_on = fields.Date()
    article = fields.String()
    reason = fields.String()
    outcome = fields.String(allow_none=True)


class ClashOut(Schema):
    """A petition accepted too late for this agenda, with the president's choice if there is one."""

    case = fields.UUID()
    reference = fields.String()
    subject = fields.Dict()
    choice = fields.Nested(SessionChoiceOut, allow_none=True)


class AgendaRecord(Schema):
    """Everything around a session's agenda; ``unproven`` are members without proof of sending.

    ``members`` sit in the council on the day of the notice; ``people`` has their names, and those
    of everybody with a proof. ``taken_off`` are documents that go with it no more.
    """

    members = fields.List(fields.Nested(MemberOut))
    people = fields.Dict(keys=fields.String(), values=fields.Nested(MemberNameOut))
    versions = fields.List(fields.Nested(AgendaVersionOut))
    requests = fields.List(fields.Nested(AgendaRequestOut))
    convocations = fields.List(fields.Nested(ConvocationOut))
    taken_off = fields.List(fields.Nested(TakenOffOut))
    failed = fields.List(fields.Nested(FailedNoticeOut))
    notice_choices = fields.List(fields.Nested(NoticeChoiceOut))
    unproven = fields.List(fields.UUID())
    objections = fields.List(fields.Nested(ObjectionOut))
    clashes = fields.List(fields.Nested(ClashOut))
    governor_received_on = fields.Date(allow_none=True)
    governor_latest = fields.Date(allow_none=True)
