"""How audit's own rows follow from its events, where the database has to be filled from the log."""

from __future__ import annotations

from services.audit.models import Divergence
from services.audit.state import DIVERGENCE_WORKFLOW
from shared.recall import Recall

RECALLS = {
    "divergence": Recall(
        model=Divergence, workflow=DIVERGENCE_WORKFLOW, columns={"sequence": "about_sequence"}
    )
}
