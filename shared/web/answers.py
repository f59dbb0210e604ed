"""The answers that every service gives alike, described for its OpenAPI document."""

from __future__ import annotations

from marshmallow import Schema, fields


class HealthOut(Schema):
    """Whether the service can serve, part by part; ``details`` only for insiders.

    ``missing_packages`` are the Debian packages without which documents are print pages, not PDF.
    """

    status = fields.String()
    parts = fields.Dict(keys=fields.String())
    details = fields.Dict(keys=fields.String())
    missing_packages = fields.List(fields.String())


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
    """A queue as the broker counts it.

    ``held`` is what consumers were handed and have not answered yet; null where nobody tells it.
    """

    name = fields.String()
    ready = fields.Integer()
    held = fields.Integer(allow_none=True)
    consumers = fields.Integer()
    is_declared = fields.Boolean()


class BusTotalsOut(Schema):
    """The figures of a service's bus in short; null where the broker is away."""

    outbox = fields.Integer()
    outbox_oldest_seconds = fields.Integer()
    refused = fields.Integer()
    parked = fields.Integer()
    parked_oldest_seconds = fields.Integer()
    stopped = fields.Integer()
    put_off = fields.Integer()
    put_off_oldest_seconds = fields.Integer()
    ready = fields.Integer(allow_none=True)
    held = fields.Integer(allow_none=True)
    delayed = fields.Integer(allow_none=True)
    dead = fields.Integer(allow_none=True)
    consumers = fields.Integer(allow_none=True)


class ProblemOut(Schema):
    """Something that needs an operator, by code; ``names`` are three at most."""

    code = fields.String()
    count = fields.Integer()
    seconds = fields.Integer()
    names = fields.List(fields.String())


class BusOut(Schema):
    """What waits in a service; ``queues`` is null while the broker is away.

    A stopped subject waits for an operator; ``stopped_subjects`` names ten of them at most, as does
    ``put_off_subjects`` of those with an event that is tried again and again.
    ``put_aside`` counts the dead letters that lie in the inbox, ``missing_queues`` names queues of
    the whole table that the broker does not have. ``log_lacks`` is how many events the log lacks at
    least, as far as the service knows them.
    """

    disk_free_bytes = fields.Integer()
    outbox = fields.Nested(WaitingOut)
    parked = fields.Dict(keys=fields.String(), values=fields.Integer())
    parked_oldest_seconds = fields.Integer()
    stopped = fields.Integer()
    stopped_subjects = fields.List(fields.Dict())
    put_off = fields.Integer()
    put_off_oldest_seconds = fields.Integer()
    put_off_subjects = fields.List(fields.Dict())
    put_aside = fields.Integer()
    queues = fields.List(fields.Nested(QueueOut), allow_none=True)
    missing_queues = fields.List(fields.String())
    log_lacks = fields.Integer()
    totals = fields.Nested(BusTotalsOut)
    problems = fields.List(fields.Nested(ProblemOut))


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
