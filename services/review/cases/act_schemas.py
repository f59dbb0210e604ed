"""What the interface of cases takes: one schema for each act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from services.review.cases.codes import (
    CANCELLING_REASONS,
    MISSING,
    NOTICE_CHANNELS,
    OUTCOMES,
    PEOPLE_OF_FILE,
    REFUSAL_REASONS,
    REOPENING_REASONS,
)
from services.review.cases.conditions import OUTCOMES as CHECK_OUTCOMES
from services.review.cases.workflow import CaseState
from shared.web.fields import ActSchema


class QueueQuery(Schema):
    """Which cases of the queue; without a state, all that wait for an act."""

    state = fields.String(
        load_default=None, validate=validate.OneOf([state.value for state in CaseState])
    )
    cursor = fields.String(load_default=None)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class TimelineQuery(Schema):
    """Whose acts: a subject, for example ``case/`` and its id."""

    subject = fields.String(
        required=True, validate=validate.Regexp(r"^[a-z]{1,20}/[A-Za-z0-9-]{1,60}$")
    )


def _codes(known: Mapping[str, Any]) -> fields.List[str]:
    """A list of at least one of some codes."""
    one = fields.String(validate=validate.OneOf(list(known)))
    return fields.List(one, required=True, validate=validate.Length(min=1, max=len(known)))


class CompletionRequestIn(ActSchema):
    """What the file lacks, and the day by which it is due; without one, by the local rule."""

    missing = _codes(MISSING)
    due_on = fields.Date(load_default=None, allow_none=True)


class CompletionIn(ActSchema):
    """The day on which what was missing came in; without one it is the day of the act."""

    received_on = fields.Date(load_default=None, allow_none=True)


def _hash(**options: Any) -> fields.String:
    """The SHA-256 of a document of the file."""
    return fields.String(validate=validate.Regexp(r"^[0-9a-f]{64}$"), **options)


class _BureauSchema(ActSchema):
    """Who of the bureau was there; nobody named means who acts."""

    present = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=20))


class CheckIn(ActSchema):
    """What a person found about one condition of the law, and on which evidence."""

    condition = fields.String(required=True, validate=validate.Length(min=1, max=60))
    outcome = fields.String(required=True, validate=validate.OneOf(CHECK_OUTCOMES))
    note = fields.String(load_default="", validate=validate.Length(max=2_000))
    sha256 = fields.List(_hash(), load_default=list, validate=validate.Length(max=20))


class AdmissionIn(_BureauSchema):
    """The bureau's acceptance; a reason where conditions are unmet or unchecked."""

    despite_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=2_000)
    )


class RefusalNoticeIn(ActSchema):
    """How the petitioners were notified of a refusal, with the proof's hash."""

    channel = fields.String(required=True, validate=validate.OneOf(NOTICE_CHANNELS))
    proof_sha256 = _hash(load_default=None, allow_none=True)


class ConsentIn(ActSchema):
    """Whether the petitioners agree that their petition is handled as a complaint."""

    agrees = fields.Boolean(required=True)
    given_by = fields.String(load_default=None, validate=validate.OneOf(PEOPLE_OF_FILE))
    proof_sha256 = _hash(load_default=None, allow_none=True)


class RefusalIn(_BureauSchema):
    """The reasons of a refusal by codes, and the explanation for the petitioners."""

    reasons = _codes(REFUSAL_REASONS)
    text = fields.String(load_default="", validate=validate.Length(max=10_000))


class ReferralIn(ActSchema):
    """The competent committee."""

    committee = fields.UUID(required=True)


class RectificationIn(_BureauSchema):
    """What the bureau's decision should have said, and why it is corrected."""

    to = fields.String(required=True, validate=validate.OneOf(("admitted", "refused")))
    because = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    decided_on = fields.Date(load_default=None, allow_none=True)
    reasons = fields.List(
        fields.String(validate=validate.OneOf(list(REFUSAL_REASONS))),
        load_default=list,
        validate=validate.Length(max=12),
    )
    text = fields.String(load_default="", validate=validate.Length(max=10_000))


class ClosingIn(ActSchema):
    """What became of the petition."""

    outcome = fields.String(required=True, validate=validate.OneOf(list(OUTCOMES)))


class ReopeningIn(ActSchema):
    """Why an ended case is opened again."""

    reason = fields.String(required=True, validate=validate.OneOf(REOPENING_REASONS))


class CancellationIn(ActSchema):
    """Which request for an opinion is taken back, and why, as a code."""

    consultation = fields.UUID(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(CANCELLING_REASONS))


class ConsultationIn(ActSchema):
    """An opinion asked of a body, due by a day; without one, by the local rule."""

    body = fields.UUID(required=True)
    is_mandatory = fields.Boolean(load_default=False)
    due_on = fields.Date(load_default=None, allow_none=True)
