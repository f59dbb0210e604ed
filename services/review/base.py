"""The one declarative base that the four areas of review share."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from shared.db.base import ServiceBase
from shared.db.plumbing import service_metadata


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of review."""

    metadata = service_metadata()
