"""Pages of the committees: who sits where, what is before each, its meetings and their rolls."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import ShownForm, preset, scoped, show
from services.portal.names import in_order, member_names
from services.portal.pages import committee_forms as forms
from services.portal.pages.council import COUNCIL
from services.portal.submitting import Sent, page_with, send_act, send_form

pages = Blueprint("committees", __name__, url_prefix="/desk")

CALLERS = ("secretariat", "president", "committee-chair")

REMIT_KEEPERS = ("secretariat", "president")
KEEPERS = ("secretariat", "committee-chair")


@pages.get("/council")
@page_for(*COUNCIL)
def council() -> str:
    """The council as it is set up: bureau, committees, where it does not agree with the law."""
    found = in_order(caller().read("review", "/council"), "bureau")
    return render_template(
        "council.html",
        council=found,
        names=member_names({"members": found["bureau"], "people": found["people"]}),
        committees={one["id"]: one for one in found["committees"]},
    )


@pages.get("/committees/<uuid:committee_id>")
@page_for(*COUNCIL)
def committee(committee_id: UUID) -> str:
    """One committee: members, petitions before it, meetings."""
    return _page(committee_id)


@pages.post("/committees/<uuid:committee_id>/meetings")
@page_for(*CALLERS)
def call_meeting(committee_id: UUID) -> AnyResponse:
    """Call a meeting of the committee."""
    sent = send_act(forms.MEETING, "review", f"/committees/{committee_id}/meetings")
    return _after(committee_id, sent)


@pages.post("/committees/<uuid:committee_id>/remit")
@page_for(*REMIT_KEEPERS)
def record_remit(committee_id: UUID) -> AnyResponse:
    """Record what the committee deals with."""
    sent = send_act(forms.REMIT, "review", f"/committees/{committee_id}/remit")
    return _after(committee_id, sent)


@pages.post("/committees/<uuid:committee_id>/meetings/<uuid:meeting_id>/attendance")
@page_for(*KEEPERS)
def record_roll(committee_id: UUID, meeting_id: UUID) -> AnyResponse:
    """Record who was at a meeting."""
    found = in_order(caller().read("review", f"/committees/{committee_id}"))
    form = scoped(forms.roll_form(_members(found)), meeting_id)

    def send(body: Json, key: str, version: str | None) -> Json:
        marks = body.pop("attendance", {})
        roll = [{"person": person, "mark": mark} for person, mark in marks.items()]
        said = {**body, "attendance": roll}
        path = f"/committee-meetings/{meeting_id}/attendance"
        return caller().act("review", path, said, key=key, version=version)

    return _after(committee_id, send_form(form, send))


def _after(committee_id: UUID, sent: Sent) -> AnyResponse:
    if sent.is_done:
        place = url_for("committees.committee", committee_id=committee_id, done="1")
        return redirect(place, code=303)
    return page_with(_page(committee_id, sent), sent.status)


def _page(committee_id: UUID, sent: Sent | None = None) -> str:
    found = in_order(caller().read("review", f"/committees/{committee_id}"))
    names = member_names(found)
    return render_template(
        "committee.html",
        committee=found,
        names=names,
        forms=[*_calling(found, sent), *_remit(found, sent)],
        meetings=[_meeting(found, one, sent) for one in found["meetings"]],
        subjects={one["id"]: one for one in found["cases"]},
        caller_word=lambda code: words.word(forms.MEETING_CALLERS, code),
        mark_word=lambda code: words.word(forms.MEETING_MARKS, code),
        heard_word=lambda code: words.word(forms.HEARD, code),
    )


def _calling(found: Json, sent: Sent | None) -> list[ShownForm]:
    """The form that calls a meeting, for those who can."""
    if not signed_in().holds(*CALLERS):
        return []
    action = url_for("committees.call_meeting", committee_id=found["id"])
    choices = {
        "cases": [
            (one["id"], f"{one['reference']} {plain_text(one['subject'])}")
            for one in found["cases"]
        ]
    }
    if sent is not None and sent.form.name == forms.MEETING.name:
        return [sent.shown(action, version=found.get("version"), choices=choices)]
    return [show(forms.MEETING, action, version=found.get("version"), choices=choices)]


def _remit(found: Json, sent: Sent | None) -> list[ShownForm]:
    """The form of what the committee deals with, for those who keep it."""
    if not signed_in().holds(*REMIT_KEEPERS):
        return []
    action = url_for("committees.record_remit", committee_id=found["id"])
    if sent is not None and sent.form.name == forms.REMIT.name:
        return [sent.shown(action, version=found.get("version"))]
    known = {f"remit.{language}": text for language, text in (found.get("remit") or {}).items()}
    return [show(preset(forms.REMIT, **known), action, version=found.get("version"))]


def _meeting(found: Json, row: Json, sent: Sent | None) -> Json:
    """A meeting with the form of its roll until it is recorded."""
    if row["is_held"] or row["meets_on"] > found["on"] or not signed_in().holds(*KEEPERS):
        return {**row, "roll": _in_turn(found, row["roll"]), "forms": []}
    action = url_for("committees.record_roll", committee_id=found["id"], meeting_id=row["id"])
    form = scoped(forms.roll_form(_members(found)), row["id"])
    if sent is not None and sent.form.name == form.name:
        return {**row, "forms": [sent.shown(action)]}
    return {**row, "forms": [show(form, action)]}


def _in_turn(found: Json, roll: list[Json]) -> list[Json]:
    """A meeting's roll in the order of the members; whoever left the committee comes behind."""
    places = {one["person"]: place for place, one in enumerate(found["members"])}
    return sorted(roll, key=lambda one: places.get(one["person"], len(places)))


def _members(found: Json) -> list[tuple[str, str]]:
    names = member_names(found)
    return [(one["person"], names[one["person"]]) for one in found["members"]]
