"""What the forms of a decision offer, and their choices as review takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.portal.access import caller, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Option
from services.portal.pages import decision_forms
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _


def as_review_reads(body: Json) -> Json:
    """Choices of a list as the service takes them: no matter, and the visa given or not."""
    if body.get("matter") == decision_forms.NO_VISA:
        return {**body, "matter": None}
    if "answer" in body:
        return {
            **{k: v for k, v in body.items() if k != "answer"},
            "granted": body["answer"] == "granted",
        }
    return body


def decision_choices(found: Json) -> Mapping[str, Sequence[Option]]:
    """What the lists of a decision's forms offer."""
    return {
        "matter": matters(found),
        "session": sessions_ahead(found),
        "of": decision_forms.answers(found),
    }


def matters(found: Json) -> list[Option]:
    """The matters of the law that need the visa, and that it needs none."""
    none = (decision_forms.NO_VISA, _("None of these matters: it needs no visa"))
    known = [(one["id"], plain_text(one["name"])) for one in found.get("visa_matters") or []]
    return [none, *known]


def sessions_ahead(found: Json) -> list[Option]:
    """The sessions whose agenda still takes items, for what the governor stopped."""
    if found["state"] not in decision_forms.HELD_UP:
        return []
    rows = caller().read("review", "/sessions", authority=signed_in().authority)["sessions"]
    return [
        (row["id"], civil_date(row["opens_on"]))
        for row in rows
        if row["state"] in {"planned", "called"}
    ]
