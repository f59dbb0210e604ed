"""What the interface of cases gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.cases.letter_schemas import ConditionOut, NamedBureauMemberOut, RemedyOut
from services.review.cases.report_schemas import (
    CaseReportOut,
    CommitteeOfCaseOut,
    ReplacedReportOut,
)
from services.review.control.schemas import ReplyOut
from services.review.correction_schemas import AuthorOut
from services.review.council.meeting_schemas import CaseMeetingOut


class PublicListQuery(Schema):
    """Which authority's petitions, and where the list goes on."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    cursor = fields.String(load_default=None)


class TextOut(Schema):
    """A sentence in the three languages."""

    ar = fields.String()
    fr = fields.String()
    en = fields.String()


class NextStepOut(Schema):
    """Which act the law expects now, by whom, by when (legal day and day to act by), and why."""

    act = fields.String()
    who = fields.String()
    what = fields.Nested(TextOut)
    rule = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    due_on = fields.Date(allow_none=True)
    safe_on = fields.Date(allow_none=True)
    explanation = fields.Nested(TextOut)
    missed = fields.Nested(TextOut, allow_none=True)


class PublicCaseOut(Schema):
    """A filed petition as anybody may see it."""

    id = fields.UUID()
    reference = fields.String()
    state = fields.String()
    subject = fields.Dict(attribute="subject_line")
    petitioner = fields.String()
    association = fields.Dict(allow_none=True)
    filed_on = fields.Date()
    decided_on = fields.Date(allow_none=True)
    reasons = fields.List(fields.String())
    session_on = fields.Date(allow_none=True)
    committee = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    decision_state = fields.String(allow_none=True)


class PublicCasePage(Schema):
    """A page of filed petitions."""

    petitions = fields.List(fields.Nested(PublicCaseOut))
    next_cursor = fields.String(allow_none=True)


class ActOut(Schema):
    """One act in a timeline, with the date of the act and when it was recorded."""

    subject = fields.String()
    sequence = fields.Integer()
    type = fields.String()
    from_state = fields.String()
    to_state = fields.String()
    acted_on = fields.Date()
    recorded_at = fields.AwareDateTime()
    late_days = fields.Integer()
    what = fields.Dict()


class CouncilActOut(ActOut):
    """One act as the council's people and auditors see it; a correction has author and reason."""

    trigger = fields.String()
    actor_id = fields.String()
    actor_role = fields.String()
    late_reason = fields.String(allow_none=True)
    corrects = fields.UUID(allow_none=True)
    is_corrected = fields.Boolean()
    because = fields.String(allow_none=True)
    author = fields.Nested(AuthorOut, allow_none=True)


class Timeline(Schema):
    """The acts of one subject; who acted and why is told to the council and to auditors alone."""

    acts = fields.List(fields.Nested(CouncilActOut))


class ConsultationOut(Schema):
    """An opinion asked of a body about a case."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    case = fields.UUID(attribute="case_id")
    body = fields.UUID(attribute="body_id")
    is_mandatory = fields.Boolean()
    requested_on = fields.Date()
    due_on = fields.Date()
    opinion = fields.UUID(attribute="opinion_id", allow_none=True)


class CaseItemOut(Schema):
    """The case as an item of an agenda."""

    id = fields.UUID()
    state = fields.String()
    session = fields.UUID(attribute="session_id")
    position = fields.Integer()
    votes_for = fields.Integer(allow_none=True)
    votes_against = fields.Integer(allow_none=True)
    abstentions = fields.Integer(allow_none=True)


class CaseDecisionOut(Schema):
    """The council's decision on a case."""

    id = fields.UUID()
    state = fields.String()
    number = fields.String()
    adopted_on = fields.Date()
    transmitted_on = fields.Date(allow_none=True)
    enforceable_from = fields.Date(allow_none=True)
    opinions = fields.List(fields.Nested(ReplyOut))


class ReasonOut(Schema):
    """A reason of a refusal, said in the reader's language."""

    code = fields.String()
    label = fields.String()
    article = fields.String()
    petitioner = fields.String(allow_none=True)


class ReasonList(Schema):
    """The reasons a bureau may give."""

    reasons = fields.List(fields.Nested(ReasonOut))


class PublicCaseDetail(PublicCaseOut):
    """A filed petition with its next step and its timeline."""

    reason_labels = fields.List(fields.Nested(ReasonOut))
    consultations = fields.List(fields.Nested(ConsultationOut))
    items = fields.List(fields.Nested(CaseItemOut))
    decisions = fields.List(fields.Nested(CaseDecisionOut))
    names = fields.Dict()
    next_step = fields.Nested(NextStepOut, allow_none=True)
    timeline = fields.List(fields.Nested(ActOut))


class HandedInOut(Schema):
    """What petitioners handed in after filing."""

    sha256 = fields.List(fields.String())
    receipt = fields.String()
    handed_in_on = fields.Date()


class OwnCaseOut(PublicCaseOut):
    """What a petitioner sees of their own case beside the public part."""

    missing = fields.List(fields.String())
    completion_due_on = fields.Date(allow_none=True)
    refusal_text = fields.String(allow_none=True)
    refusal_notified_on = fields.Date(allow_none=True)
    consented_on = fields.Date(allow_none=True)


class OwnCaseRow(OwnCaseOut):
    """A case in the list of a petitioner's own, with its next legal step."""

    next_step = fields.Nested(NextStepOut, allow_none=True)


class OwnCasePage(Schema):
    """A page of a petitioner's own cases."""

    cases = fields.List(fields.Nested(OwnCaseRow))
    next_cursor = fields.String(allow_none=True)


class PersonOut(Schema):
    """Somebody of the file, by opaque id."""

    person = fields.String()
    role = fields.String()


class CaseOut(OwnCaseOut):
    """A case as the council's people see it."""

    version = fields.Integer()
    people = fields.List(fields.Nested(PersonOut))
    signatures = fields.Integer()
    signatures_needed = fields.Integer()
    law_version = fields.String()
    refusal_due_on = fields.Date()
    refusal_safe_on = fields.Date()
    is_clash = fields.Boolean()
    decided_by = fields.List(fields.String(), allow_none=True)
    despite_reason = fields.String(allow_none=True)


class QueueRow(CaseOut):
    """A case in the queue with its next legal step."""

    next_step = fields.Nested(NextStepOut, allow_none=True)


class Queue(Schema):
    """A page of the secretariat's queue, the most urgent case first."""

    cases = fields.List(fields.Nested(QueueRow))
    next_cursor = fields.String(allow_none=True)


class OpinionOut(Schema):
    """An opinion that was handed in."""

    opinion = fields.UUID(attribute="opinion_id")
    body = fields.UUID(attribute="body_id")
    consultation = fields.UUID(attribute="consultation_id", allow_none=True)
    subject = fields.Dict(attribute="subject_line")
    origin = fields.String()
    submitted_on = fields.Date()
    receipt = fields.String()


class OpenSessionOut(Schema):
    """An ordinary session whose agenda still takes items."""

    id = fields.UUID()
    state = fields.String()
    session_kind = fields.String()
    opens_on = fields.Date()


class ActNowOut(Schema):
    """An act that can be taken now: the last part of its address, its step, who may."""

    act = fields.String()
    trigger = fields.String(allow_none=True)
    roles = fields.List(fields.String())


class CaseDetail(QueueRow):
    """A case with all that stands beside it."""

    reason_labels = fields.List(fields.Nested(ReasonOut))
    consultations = fields.List(fields.Nested(ConsultationOut))
    items = fields.List(fields.Nested(CaseItemOut))
    decisions = fields.List(fields.Nested(CaseDecisionOut))
    reports = fields.List(fields.Nested(CaseReportOut))
    replaced_reports = fields.List(fields.Nested(ReplacedReportOut))
    committees = fields.List(fields.Nested(CommitteeOfCaseOut))
    opinions = fields.List(fields.Nested(OpinionOut))
    handed_in = fields.List(fields.Nested(HandedInOut))
    open_sessions = fields.List(fields.Nested(OpenSessionOut))
    acts = fields.List(fields.Nested(ActNowOut))
    conditions = fields.List(fields.Nested(ConditionOut))
    bureau = fields.List(fields.Nested(NamedBureauMemberOut))
    remedies = fields.List(fields.Nested(RemedyOut))
    meetings = fields.List(fields.Nested(CaseMeetingOut))
    names = fields.Dict()
    timeline = fields.List(fields.Nested(CouncilActOut))
