"""What the interface takes and gives of committees' meetings and of hearings there."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.review.council.schemas import CommitteeOut
from shared.web.fields import ActSchema

CALLED_BY = ("president", "chair", "third")
MEETING_MARKS = ("present", "excused", "unexcused")
MOST_CASES = 50
MOST_MEMBERS = 200


class CommitteeMeetingIn(ActSchema):
    """Who calls a committee's meeting, for which day, about which petitions before it."""

    called_by = fields.String(required=True, validate=validate.OneOf(CALLED_BY))
    members = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=1, max=MOST_MEMBERS),
    )
    meets_on = fields.Date(required=True)
    cases = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_CASES))


class PresenceIn(Schema):
    """How one member of the committee is entered."""

    person = fields.UUID(required=True)
    mark = fields.String(required=True, validate=validate.OneOf(MEETING_MARKS))


class MeetingRollIn(Schema):
    """Who was at the meeting; members who are left out were absent without excuse."""

    attendance = fields.List(
        fields.Nested(PresenceIn), required=True, validate=validate.Length(1, MOST_MEMBERS)
    )
    late_reason = fields.String(load_default=None, validate=validate.Length(max=500))


class HearingIn(ActSchema):
    """At which meeting of the committee the mandatary or the legal representative is heard."""

    meeting = fields.UUID(required=True)


class HearingRecordIn(HearingIn):
    """Whether who was invited came, and what the committee noted; the text stays inside."""

    came = fields.Boolean(required=True)
    text = fields.String(load_default="", validate=validate.Length(max=20_000))


class HearingOut(Schema):
    """A hearing: ``came`` is null until it was held."""

    case = fields.UUID(attribute="case_id")
    meeting = fields.UUID(attribute="meeting_id")
    who = fields.String()
    set_on = fields.Date()
    came = fields.Boolean(allow_none=True)
    text = fields.String()


class PresenceOut(Schema):
    """One member on the roll of a meeting."""

    person = fields.UUID(attribute="person_id")
    mark = fields.String()


class CommitteeMeetingOut(Schema):
    """A meeting of a committee."""

    id = fields.UUID()
    committee = fields.UUID(attribute="committee_id")
    called_by = fields.String()
    members = fields.Integer(attribute="called_by_members", allow_none=True)
    called_on = fields.Date()
    meets_on = fields.Date()
    cases = fields.List(fields.UUID())
    is_held = fields.Boolean()


class CommitteeMeetingRecord(CommitteeMeetingOut):
    """A meeting with its roll and its hearings."""

    roll = fields.List(fields.Nested(PresenceOut))
    hearings = fields.List(fields.Nested(HearingOut))


class CaseMeetingOut(CommitteeMeetingOut):
    """A meeting about one case, with the hearing there if one is set."""

    hearing = fields.Nested(HearingOut, allow_none=True)


class CommitteeMemberOut(Schema):
    """Who sits on the committee today, and as what."""

    person = fields.UUID()
    office = fields.String()


class ShownNameOut(Schema):
    """A member's name in Arabic and in Latin letters; either may be missing."""

    ar = fields.String(allow_none=True)
    latin = fields.String(allow_none=True)


class SeatedCommitteeOut(CommitteeOut):
    """A committee with how many members sit on it."""

    seats = fields.Integer()


class FindingOut(Schema):
    """What does not agree with the law on the council's set-up; ``committee`` where it is one's."""

    rule = fields.String()
    article = fields.String()
    committee = fields.UUID(attribute="subject", allow_none=True)
    explanation = fields.Dict()


class SeenToOut(Schema):
    """What the law asks of the council's set-up that no count shows: people see to it."""

    rule = fields.String()
    article = fields.String()
    name = fields.Dict()
    matters = fields.List(fields.Dict())
    doubt = fields.Dict(allow_none=True)


class CouncilOut(Schema):
    """The council as it is set up on a day, with what the law finds missing or too much.

    ``size`` is how many members it has by law, or in office where that is not recorded.
    """

    on = fields.Date()
    size = fields.Integer()
    in_office = fields.Integer()
    bureau = fields.List(fields.Nested(CommitteeMemberOut))
    people = fields.Dict(keys=fields.String(), values=fields.Nested(ShownNameOut))
    committees = fields.List(fields.Nested(SeatedCommitteeOut))
    findings = fields.List(fields.Nested(FindingOut))
    seen_to = fields.List(fields.Nested(SeenToOut))


class CommitteeCaseOut(Schema):
    """A petition that is before the committee."""

    id = fields.UUID()
    reference = fields.String()
    subject = fields.Dict(attribute="subject_line")


class CommitteeDetail(CommitteeOut):
    """A committee with its members, the petitions before it, and its last meetings.

    ``people`` has a name for every person id in it.
    """

    on = fields.Date()
    members = fields.List(fields.Nested(CommitteeMemberOut))
    people = fields.Dict(keys=fields.String(), values=fields.Nested(ShownNameOut))
    cases = fields.List(fields.Nested(CommitteeCaseOut))
    meetings = fields.List(fields.Nested(CommitteeMeetingRecord))
