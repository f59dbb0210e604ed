"""The answers that every service gives alike, described for its OpenAPI document."""

from __future__ import annotations

from marshmallow import Schema, fields


class HealthOut(Schema):
    """Whether the service can serve, part by part; ``details`` only for insiders."""

    status = fields.String()
    parts = fields.Dict(keys=fields.String())
    details = fields.Dict(keys=fields.String())


class LiveOut(Schema):
    """The process answers."""

    status = fields.String()


class KnownAuthorityOut(Schema):
    """What a service knows of an authority, and as of which event."""

    code = fields.String()
    today = fields.Date()
    sequence = fields.Integer()
    name = fields.Dict(keys=fields.String())


class WaitingOut(Schema):
    """The outbox: rows, the age of the oldest in seconds, and how many the broker refused.

    ``refused_events`` names ten of them at most.
    """

    rows = fields.Integer()
    oldest_seconds = fields.Integer()
    refused = fields.Integer()
    refused_events = fields.List(fields.Dict())


class QueueOut(Schema):
    """A queue as the broker counts it."""

    name = fields.String()
    ready = fields.Integer()
    consumers = fields.Integer()
    is_declared = fields.Boolean()


class BusOut(Schema):
    """What waits in a service; ``queues`` is null while the broker is away.

    A stopped subject waits for an operator; ``stopped_subjects`` names ten of them at most.
    """

    outbox = fields.Nested(WaitingOut)
    parked = fields.Dict(keys=fields.String(), values=fields.Integer())
    parked_oldest_seconds = fields.Integer()
    stopped = fields.Integer()
    stopped_subjects = fields.List(fields.Dict())
    queues = fields.List(fields.Nested(QueueOut), allow_none=True)


class StatesQuery(Schema):
    """Which kind of subjects, and where the list goes on; the authority is that of the token."""

    authority = fields.String()
    kind = fields.String(required=True)
    cursor = fields.String()


class LiveStateOut(Schema):
    """A subject with its last sequence and its state as the events' ``after`` says it."""

    subject = fields.String()
    sequence = fields.Integer()
    state = fields.Dict()


class StatesOut(Schema):
    """A page of live states."""

    states = fields.List(fields.Nested(LiveStateOut))
    next_cursor = fields.String(allow_none=True)
