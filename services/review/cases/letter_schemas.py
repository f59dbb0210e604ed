"""What the interface gives of conditions, of the bureau, and of the facts of letters."""

from __future__ import annotations

from marshmallow import Schema, fields


class ThreeOut(Schema):
    """A sentence in the three languages."""

    ar = fields.String()
    fr = fields.String()
    en = fields.String()


class CheckOut(Schema):
    """One condition as one person judged it, with the evidence."""

    condition = fields.String()
    outcome = fields.String()
    note = fields.String()
    sha256 = fields.List(fields.String())
    checked_on = fields.Date()
    checked_by = fields.String()
    checked_as = fields.String()


class ConditionOut(Schema):
    """One condition of the law: where it is written, what the figures say, the check that stands.

    ``is_open``: not checked, or found not met; the bureau then says why it goes on.
    """

    id = fields.String(attribute="rule.id")
    group = fields.String(attribute="rule.group")
    name = fields.Nested(ThreeOut, attribute="rule.name")
    doubt = fields.Nested(ThreeOut, attribute="rule.doubt", allow_none=True)
    source = fields.Nested(ThreeOut, attribute="rule.source")
    article = fields.String(attribute="written")
    reason = fields.String(attribute="rule.reason")
    advice = fields.String(allow_none=True)
    is_open = fields.Boolean()
    check = fields.Nested(CheckOut, allow_none=True)


class BureauMemberOut(Schema):
    """A member of the bureau by opaque id, and the office."""

    person = fields.String()
    office = fields.String()


class BureauNameOut(Schema):
    """A name in Arabic and in Latin letters, as the council keeps it; either may be missing."""

    ar = fields.String(allow_none=True)
    latin = fields.String(allow_none=True)


class NamedBureauMemberOut(BureauMemberOut):
    """A member of the bureau as the council's people see them."""

    name = fields.Nested(BureauNameOut)


class ReasonTextsOut(Schema):
    """A reason of a refusal in the three languages, with where it is written."""

    code = fields.String()
    label = fields.Nested(ThreeOut)
    article = fields.String()


class RemedyOut(Schema):
    """A way to challenge a refusal: ``court`` or ``appeal``, to whom, until when and why."""

    remedy = fields.String()
    to = fields.Nested(ThreeOut)
    rule = fields.String()
    due_on = fields.Date()
    safe_on = fields.Date()
    article = fields.String()
    explanation = fields.Nested(ThreeOut)
    missed = fields.Nested(ThreeOut)


class CaseLetterOut(Schema):
    """The facts of a letter; what the kind of letter does not need is null.

    ``counted_from`` is the day from which the remedies count: the notice, or today before it.
    """

    kind = fields.String()
    reference = fields.String()
    authority = fields.String()
    subject = fields.Dict(attribute="subject_line")
    petitioner = fields.String()
    association = fields.Dict(allow_none=True)
    filed_on = fields.Date()
    law_version = fields.String()
    article = fields.String()
    decided_on = fields.Date()
    decided_by = fields.List(fields.Nested(BureauMemberOut))
    session_on = fields.Date(allow_none=True)
    committee = fields.Dict(allow_none=True)
    referred_on = fields.Date(allow_none=True)
    report_due_on = fields.Date(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonTextsOut))
    text = fields.String(allow_none=True)
    notify_by = fields.Date(allow_none=True)
    notified_on = fields.Date(allow_none=True)
    counted_from = fields.Date(allow_none=True)
    remedies = fields.List(fields.Nested(RemedyOut))
