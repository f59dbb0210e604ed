"""Every table of review, gathered for migrations."""

from __future__ import annotations

from services.review.base import Base
from services.review.cases.models import Case

__all__ = ["Base", "Case"]
