"""The kinds of subjects that review owns, each with its table and workflow."""

from __future__ import annotations

from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW

KINDS = ((Case, CASE_WORKFLOW),)
