"""An act on a case in a request: the case under its lock, or why there is none (yet).

Between the filing of a petition and the opening of its case an act is early, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import request

from services.review.cases.models import Case
from shared.errors import NotFound, NotYet
from shared.http_client import ServiceUnavailable
from shared.unit_of_work import UnitOfWork
from shared.web.auth import bearer
from shared.web.scope import current_context
from shared.web.transaction import require_match, writing

FILED = "filed"


@contextmanager
def acting_on(case_id: UUID) -> Iterator[tuple[UnitOfWork, Case]]:
    """The request's unit of work, and the case under its lock.

    Raises ``NotYet`` (409 with Retry-After) for a filed petition whose case is still to be opened,
    ``NotFound`` for every other unknown id, ``StaleEdit`` when the caller read an older version and
    says so, ``ServiceUnavailable`` when intake cannot say whether the petition was filed.
    """
    case = None
    try:
        with writing() as uow:
            case = uow.get(Case, case_id)
            if "If-Match" in request.headers:
                require_match(case)
            yield uow, case
    except NotFound:
        # The transaction is over by now, so that intake is not waited for within it.
        if case is None and _is_filed(case_id):
            raise NotYet(
                "The petition was filed, but its case is not open yet.",
                remedy="Send it again in a moment; what is handed in meanwhile waits for the case.",
            ) from None
        raise


def _is_filed(petition_id: UUID) -> bool:
    """Whether intake shows the caller a filed petition of this id; the case bears the same id."""
    answer = current_context().clients.get(
        "intake", f"/intake/v1/petitions/{petition_id}", token=bearer()
    )
    if answer.status >= 500:
        raise ServiceUnavailable("intake")
    return answer.is_success and answer.json()["state"] == FILED
