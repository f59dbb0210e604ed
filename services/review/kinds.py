"""The kinds of subjects that review owns, each with its table and workflow."""

from __future__ import annotations

from services.review.cases.consultation_models import Consultation
from services.review.cases.consultation_state import CONSULTATION_WORKFLOW
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.control.state import KINDS as CONTROL_KINDS
from services.review.council.models import Committee, Mandate
from services.review.council.state import COMMITTEE_WORKFLOW, MANDATE_WORKFLOW
from services.review.documents.state import KINDS as DOCUMENT_KINDS
from services.review.sessions.state import KINDS as SESSION_KINDS

KINDS = (
    (Case, CASE_WORKFLOW),
    (Consultation, CONSULTATION_WORKFLOW),
    (Mandate, MANDATE_WORKFLOW),
    (Committee, COMMITTEE_WORKFLOW),
    *SESSION_KINDS,
    *CONTROL_KINDS,
    *DOCUMENT_KINDS,
)
