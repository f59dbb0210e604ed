"""What the ledger and the bus answer to auditors and operators."""

from __future__ import annotations

from tests.integration.portal.answers.common import CASE, ID

ENTRY = {
    "index": 7,
    "event_id": ID,
    "type": "case.opened.v1",
    "subject": f"case/{CASE}",
    "sequence": 1,
    "acted_on": "2023-10-16",
    "recorded_at": "2023-10-16T10:00:00Z",
    "leaf": "ef" * 32,
    "chain": "01" * 32,
}
EVENT = {
    "type": "case.opened.v1",
    "subject": f"case/{CASE}",
    "sequence": "1",
    "time": "2023-10-16T10:00:00Z",
    "actorrole": "service",
    "data": {"acted_on": "2023-10-16"},
}
DIVERGENCE = {
    "id": ID,
    "about": f"case/{CASE}",
    "sequence": 1,
    "reason": "live-differs",
    "found_at": "2023-10-16T10:00:00Z",
}
BUS = {
    "outbox": {"rows": 2, "oldest_seconds": 5, "refused": 0},
    "parked": {"early": 1},
    "queues": [
        {"name": "review.events", "ready": 3, "consumers": 1},
        {"name": "review.dead", "ready": 4, "consumers": 0},
        {"name": "arida.log", "ready": 900, "consumers": 0},
    ],
    "totals": {
        "outbox": 2,
        "outbox_oldest_seconds": 5,
        "refused": 0,
        "parked": 1,
        "parked_oldest_seconds": 0,
        "stopped": 0,
        "put_off": 0,
        "put_off_oldest_seconds": 0,
        "ready": 3,
        "held": 1,
        "delayed": 0,
        "dead": 4,
        "consumers": 1,
    },
    "problems": [{"code": "dead-letters", "count": 4, "seconds": 0, "names": []}],
}
