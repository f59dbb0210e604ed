"""What a document looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.review.documents.models import Document
from services.review.documents.workflow import TRANSITIONS, DocumentState
from shared.events.documents import DocumentSnapshot, Rendition
from shared.workflow import workflow


def state_of_document(row: Document) -> DocumentSnapshot:
    """The snapshot of a document."""
    return DocumentSnapshot(
        state=row.state,
        document_kind=row.document_kind,
        number=row.number,
        about=row.about,
        edition=row.edition,
        issued_on=row.issued_on,
        renditions=[
            Rendition(language=one.language, media_type=one.media_type, sha256=one.sha256)
            for one in sorted(row.renditions, key=lambda one: one.language)
        ],
    )


DOCUMENT_WORKFLOW = workflow(
    "document", states=DocumentState, table=TRANSITIONS, state_of=state_of_document
)
KINDS = ((Document, DOCUMENT_WORKFLOW),)
