"""What the interface gives of a case's plan."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.review.cases.schemas import TextOut


class PlanStepOut(Schema):
    """A step before the session: last day in law, working day to act by, whether it was done."""

    id = fields.String()
    who = fields.String()
    name = fields.Nested(TextOut)
    latest_on = fields.Date()
    safe_on = fields.Date()
    article = fields.String()
    rule = fields.String()
    is_local = fields.Boolean()
    explanation = fields.Nested(TextOut)
    done_on = fields.Date(allow_none=True)
    is_late = fields.Boolean()


class PassedOverOut(Schema):
    """A session that is out of reach, and why."""

    session_on = fields.Date()
    agenda_latest = fields.Date()
    explanation = fields.Nested(TextOut)


class PostponementOut(Schema):
    """The session after, and how many days later it opens."""

    session_on = fields.Date()
    is_planned = fields.Boolean()
    days_lost = fields.Integer()
    explanation = fields.Nested(TextOut)


class PlanOut(Schema):
    """The way to the session that the petition can still reach."""

    session_on = fields.Date()
    is_planned = fields.Boolean()
    is_on_agenda = fields.Boolean()
    article = fields.String()
    explanation = fields.Nested(TextOut)
    steps = fields.List(fields.Nested(PlanStepOut))
    passed_over = fields.List(fields.Nested(PassedOverOut))
    postponement = fields.Nested(PostponementOut)


class UsualDayOut(Schema):
    """The day that the authority's own rule gives an act taken today."""

    act = fields.String()
    rule = fields.String()
    due_on = fields.Date()
    source = fields.String()
    explanation = fields.Nested(TextOut)


class PlanAnswer(Schema):
    """The plan of a case; none once the council has voted or the case is over."""

    law_version = fields.String()
    plan = fields.Nested(PlanOut, allow_none=True)
    usual_days = fields.List(fields.Nested(UsualDayOut))
