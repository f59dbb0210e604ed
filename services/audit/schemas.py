"""What audit's interface takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate


class Hash(fields.Field[bytes]):
    """A hash as 64 hexadecimal digits."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else bytes(value).hex()


class LedgerQuery(Schema):
    """Where a page of the ledger goes on, and from which end."""

    cursor = fields.String(load_default=None)
    order = fields.String(load_default="oldest", validate=validate.OneOf(("oldest", "newest")))


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class EntryOut(Schema):
    """One entry of the ledger; its bytes are at ``/ledger/entries/<index>``."""

    index = fields.Integer()
    event_id = fields.UUID()
    type = fields.String()
    subject = fields.String()
    sequence = fields.Integer()
    acted_on = fields.Date()
    recorded_at = fields.AwareDateTime()
    leaf = Hash()
    chain = Hash()


class EntryPage(Schema):
    """A page of the ledger."""

    entries = fields.List(fields.Nested(EntryOut))
    next_cursor = fields.String(allow_none=True)


class HeadOut(Schema):
    """Where the ledger ends, and what has not entered it because its cause has not come."""

    authority = fields.String()
    size = fields.Integer()
    chain = Hash()
    waiting = fields.Integer()
    waiting_since = fields.AwareDateTime(allow_none=True)
    workflows_not_checked = fields.List(fields.String())


class FindingOut(Schema):
    """One difference; ``reason`` is a code, ``fields`` the values of both sides."""

    subject = fields.String()
    sequence = fields.Integer()
    reason = fields.String()
    index = fields.Integer(allow_none=True)
    event = fields.String(allow_none=True)
    fields_ = fields.Dict(attribute="fields", data_key="fields", allow_none=True)


class ReplayOut(Schema):
    """What a replay came to."""

    cases = fields.Integer()
    events = fields.Integer()
    behind = fields.Integer()
    divergences = fields.List(fields.Nested(FindingOut))


class DivergenceOut(Schema):
    """A difference on record."""

    id = fields.UUID()
    state = fields.String()
    about = fields.String()
    sequence = fields.Integer(attribute="about_sequence")
    reason = fields.String()
    event = fields.String()
    found_at = fields.AwareDateTime()


class DivergencePage(Schema):
    """A page of what was found to differ."""

    divergences = fields.List(fields.Nested(DivergenceOut))
    next_cursor = fields.String(allow_none=True)


class AsOfQuery(Schema):
    """A date, and which of an event's two dates is held against it."""

    as_of = fields.Date(
        load_default=None, metadata={"description": "Civil date; default: all that is known."}
    )
    by = fields.String(
        load_default="recorded",
        validate=validate.OneOf(("recorded", "acted")),
        metadata={"description": "recorded: as it was known; acted: by the dates of the acts."},
    )


class SubjectOut(EntryOut):
    """A subject as it was at a date, with the entry that says so.

    ``has_later_act`` (by=acted only): an act after the date was recorded before this entry, so
    the state shows it too.
    """

    as_of = fields.Date(allow_none=True)
    by = fields.String()
    state = fields.Dict()
    has_later_act = fields.Boolean()
