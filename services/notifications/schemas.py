"""What the interface of notifications gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class AboutQuery(PageQuery):
    """Which subject the notices are about, ``kind/id``."""

    subject = fields.String(required=True, validate=validate.Length(min=3, max=80))


class DetailOut(Schema):
    """One line of facts, in the asked language."""

    label = fields.String()
    value = fields.String()


class NoticeOut(Schema):
    """A notice as the person told reads it, in the asked language."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    about = fields.String()
    notice_kind = fields.String()
    title = fields.String()
    what = fields.String()
    details = fields.List(fields.Nested(DetailOut))
    next = fields.String()
    link = fields.String()
    acted_on = fields.Date()
    recorded_at = fields.AwareDateTime()
    told_at = fields.AwareDateTime()
    acknowledged_at = fields.AwareDateTime(allow_none=True)


class NoticePage(Schema):
    """A page of notices."""

    notices = fields.List(fields.Nested(NoticeOut))
    next_cursor = fields.String(allow_none=True)


class ProofOut(Schema):
    """That somebody was told: when, how, and what became of it; no address and no text."""

    id = fields.UUID()
    state = fields.String()
    about = fields.String()
    notice_kind = fields.String()
    person_id = fields.UUID()
    channel = fields.String()
    language = fields.String()
    attempts = fields.Integer()
    last_problem = fields.String(allow_none=True)
    intended_at = fields.AwareDateTime()
    sent_at = fields.AwareDateTime(allow_none=True)
    acknowledged_at = fields.AwareDateTime(allow_none=True)


class ProofPage(Schema):
    """A page of proofs."""

    notices = fields.List(fields.Nested(ProofOut))
    next_cursor = fields.String(allow_none=True)
