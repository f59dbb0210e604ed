"""What the interface of opinions takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.opinions.workflow import MEMBER_ROLES
from shared.web.fields import LANGUAGE_CODES, ActSchema, SubjectLineSchema, TextsSchema

DECLINE_REASONS = ("outside-field", "no-time", "no-quorum", "other")
LONGEST_TEXT = 100_000
MOST_SEATS = 500
MOST_PEOPLE = 10_000


def _count(*, least: int = 0, most: int = MOST_PEOPLE, **kwargs: object) -> fields.Integer:
    return fields.Integer(
        strict=True,
        validate=validate.Range(min=least, max=most),
        **kwargs,  # type: ignore[arg-type]
    )


class BodyIn(ActSchema):
    """A body to be formed; without ``quorum_percent`` its quorum is more than half."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9-]{1,39}(?!\n)$"))
    name = fields.Nested(TextsSchema, required=True)
    seats = _count(least=1, most=MOST_SEATS, required=True)
    quorum_percent = _count(least=1, most=100, load_default=None, allow_none=True)


class RulesIn(ActSchema):
    """What of a body's rules changes; what is left out stays."""

    name = fields.Nested(TextsSchema)
    seats = _count(least=1, most=MOST_SEATS)
    quorum_percent = _count(least=1, most=100, allow_none=True)


class MemberIn(ActSchema):
    """A person to be seated, by opaque id."""

    person = fields.UUID(required=True)
    role = fields.String(load_default="member", validate=validate.OneOf(MEMBER_ROLES))
    from_on = fields.Date(load_default=None)


class MemberEndIn(ActSchema):
    """A member's last day in office."""

    until_on = fields.Date(load_default=None)


class MemberOut(Schema):
    """A member, for those who keep the list."""

    id = fields.UUID()
    person = fields.UUID(attribute="person_id")
    role = fields.String()
    from_on = fields.Date()
    until_on = fields.Date(allow_none=True)


class PublicBodyOut(Schema):
    """A body as anybody may see it: how many members, not who."""

    id = fields.UUID()
    code = fields.String()
    name = fields.Dict()
    state = fields.String()
    seats = fields.Integer()
    quorum_percent = fields.Integer(allow_none=True)
    formed_on = fields.Date()
    members_count = fields.Integer()


class BodyOut(PublicBodyOut):
    """A body with its members, by opaque id."""

    version = fields.Integer()
    members = fields.List(fields.Nested(MemberOut))


class BodyPage(Schema):
    """A page of bodies."""

    bodies = fields.List(fields.Nested(PublicBodyOut))
    next_cursor = fields.String(allow_none=True)


class PublicQuery(Schema):
    """Which authority's list, and where it goes on."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    cursor = fields.String(load_default=None)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class OpinionQuery(PageQuery):
    """Of which body (all that the caller may see, without one)."""

    body = fields.UUID(load_default=None)


class SessionOut(Schema):
    """A session of the council that was called."""

    id = fields.UUID()
    session_kind = fields.String()
    opens_on = fields.Date()
    state = fields.String()


class SessionPage(Schema):
    """A page of called sessions."""

    sessions = fields.List(fields.Nested(SessionOut))
    next_cursor = fields.String(allow_none=True)


class BegunOut(Schema):
    """An opinion begun for a request."""

    id = fields.UUID()
    state = fields.String()


class ConsultationOut(Schema):
    """A request of the council to a body, in the state review last told."""

    id = fields.UUID()
    case = fields.UUID(attribute="case_id")
    reference = fields.String()
    body = fields.UUID(attribute="body_id")
    subject = fields.Dict(attribute="subject_line")
    is_mandatory = fields.Boolean()
    due_on = fields.Date()
    state = fields.String()
    reason = fields.String(allow_none=True)
    answered_by = fields.UUID(allow_none=True)
    answered_on = fields.Date(allow_none=True)


class RequestOut(ConsultationOut):
    """A request with the opinions that the body began for it."""

    opinions = fields.List(fields.Nested(BegunOut))


class ConsultationPage(Schema):
    """A page of requests."""

    consultations = fields.List(fields.Nested(RequestOut))
    next_cursor = fields.String(allow_none=True)


class OpinionIn(ActSchema):
    """An opinion to begin: on a request of the council, or on the body's own initiative."""

    body = fields.UUID(required=True)
    consultation = fields.UUID(load_default=None, allow_none=True)
    session = fields.UUID(load_default=None, allow_none=True)
    subject = fields.Nested(SubjectLineSchema, load_default=None, allow_none=True)


class DraftIn(Schema):
    """The text as it now stands, and the language it is written in."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_TEXT))
    language = fields.String(load_default="ar", validate=validate.OneOf(LANGUAGE_CODES))


class AdoptionIn(ActSchema):
    """The vote of the body as its minutes have it."""

    present = _count(required=True)
    votes_for = _count(required=True)
    votes_against = _count(required=True)
    abstentions = _count(required=True)


class SubmissionIn(ActSchema):
    """The hand-over to the council; ``session`` addresses it to a called session."""

    session = fields.UUID(load_default=None, allow_none=True)


class DecliningIn(ActSchema):
    """Why the body gives no opinion."""

    reason = fields.String(required=True, validate=validate.OneOf(DECLINE_REASONS))


class AnswerOut(Schema):
    """What a decision of the council makes of an opinion; the reason is with the decision."""

    decision = fields.UUID(attribute="decision_id")
    number = fields.String()
    decided_on = fields.Date()
    adopted = fields.Boolean()
    answer = fields.String()


class PublicOpinionOut(Schema):
    """A submitted opinion as anybody may see it: not its text."""

    id = fields.UUID()
    state = fields.String()
    body = fields.UUID(attribute="body_id")
    origin = fields.String()
    subject = fields.Dict(attribute="subject_line")
    started_on = fields.Date()
    adopted_on = fields.Date(allow_none=True)
    submitted_on = fields.Date(allow_none=True)
    text_sha256 = fields.String(allow_none=True)
    answers = fields.List(fields.Nested(AnswerOut))


class OpinionOut(PublicOpinionOut):
    """An opinion as its body, the council and auditors see it; the text is asked for apart."""

    version = fields.Integer()
    case = fields.UUID(attribute="case_id", allow_none=True)
    drafts = fields.Integer()
    receipt = fields.String(allow_none=True)
    consultation = fields.UUID(attribute="consultation_id", allow_none=True)
    session = fields.UUID(attribute="session_id", allow_none=True)
    request = fields.Nested(ConsultationOut, allow_none=True)
    addressed_to = fields.Nested(SessionOut, allow_none=True)


class OpinionPage(Schema):
    """A page of opinions."""

    opinions = fields.List(fields.Nested(OpinionOut))
    next_cursor = fields.String(allow_none=True)


class PublicOpinionPage(Schema):
    """A page of submitted opinions."""

    opinions = fields.List(fields.Nested(PublicOpinionOut))
    next_cursor = fields.String(allow_none=True)


class DraftOut(Schema):
    """A version of a text, without the text."""

    number = fields.Integer()
    author = fields.String()
    language = fields.String()
    written_at = fields.AwareDateTime()


class DraftPage(Schema):
    """A page of versions."""

    drafts = fields.List(fields.Nested(DraftOut))
    next_cursor = fields.String(allow_none=True)


class TextOut(Schema):
    """The newest text, or the frozen one with its hash once it is adopted."""

    text = fields.String()
    language = fields.String()
    number = fields.Integer()
    written_at = fields.AwareDateTime()
    text_sha256 = fields.String(allow_none=True)
    is_frozen = fields.Boolean()


class ActOut(Schema):
    """One recorded act, with the date of the act and when it was recorded."""

    subject = fields.String()
    sequence = fields.Integer()
    type = fields.String()
    to_state = fields.String()
    acted_on = fields.Date()
    recorded_at = fields.AwareDateTime()
    late_days = fields.Integer()
    what = fields.Dict()


class TimelineOut(Schema):
    """The acts of an opinion, in order."""

    acts = fields.List(fields.Nested(ActOut))
