"""What the pages of sessions and of decisions share: which forms are open now, and the history."""

from __future__ import annotations

from collections.abc import Sequence

from services.portal.access import caller
from services.portal.clients import Json
from services.portal.pages import session_forms as forms
from services.portal.timelines import timeline_acts


def allowed_now(found: Json) -> dict[str, Sequence[str]]:
    """The forms of the steps that review allows now, each with the roles that see it."""
    steps = found.get("allowed") or []
    known = [forms.ACTS_OF_STEPS[step] for step in steps if step in forms.ACTS_OF_STEPS]
    return dict.fromkeys(known, forms.KEEPERS)


def while_due(form: str, duty: Json | None) -> dict[str, Sequence[str]]:
    """The form of a duty after the session, from the close until it is recorded."""
    is_due = duty is not None and duty["term"] is not None and duty["done_on"] is None
    return {form: forms.KEEPERS} if is_due else {}


def until_adopted(found: Json) -> dict[str, Sequence[str]]:
    """The form of the adoption of a session's minutes, from its close until it is recorded."""
    is_due = found["state"] == "closed" and found.get("minutes_adopted_on") is None
    return {"minutes-adoption": forms.KEEPERS} if is_due else {}


def timeline_of(subject: str) -> list[Json]:
    """The acts on a session or a decision, as a timeline shows them."""
    return timeline_acts(caller().read("review", "/timeline", subject=subject)["acts"])
