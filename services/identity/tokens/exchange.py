"""What one request to an OAuth endpoint works with; Authlib's hooks find it here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g
from sqlalchemy.orm import Session

from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.web.scope import current_context


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """The transaction of one request: a code is used and its token made in the same one."""

    context: ServiceContext
    session: Session
    moment: datetime


@contextmanager
def exchanging() -> Iterator[Exchange]:
    """Open the transaction that `current_exchange` gives until the block ends."""
    context = current_context()
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        g.exchange = Exchange(context=context, session=session, moment=moment)
        yield g.exchange


def current_exchange() -> Exchange:
    """The transaction of the request under way."""
    return cast(Exchange, g.exchange)
