"""The declarative base of identity, and the name under which rows of the installation are kept."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from shared.db.base import ServiceBase
from shared.db.plumbing import service_metadata

INSTALLATION = "identity"
"""Stands where other rows name their authority: accounts' keys and token keys belong to none."""


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of identity."""

    metadata = service_metadata()
