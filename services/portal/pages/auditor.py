"""Pages of auditors: the ledger, one entry, a subject at a date, and the replay."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, render_template, request, url_for

from services.portal import event_words, words
from services.portal.access import caller, page_for
from services.portal.clients import Json
from services.portal.ledger_words import DIFFERENCES
from services.portal.pages.public import pager
from shared.ids import new_id

pages = Blueprint("auditor", __name__, url_prefix="/desk")


@pages.get("/ledger")
@page_for("auditor")
def ledger() -> str:
    """The entries of the authority's ledger, newest first."""
    page = caller().read("audit", "/ledger", order="newest", cursor=request.args.get("cursor"))
    rows = [
        {
            **entry,
            "title": event_words.event_title(entry["type"]),
            "href": url_for("auditor.entry", index=entry["index"]),
            "subject_href": _subject_href(entry["subject"]),
        }
        for entry in page["entries"]
    ]
    head = caller().read("audit", "/ledger/head")
    return render_template("ledger.html", entries=rows, head=head, **pager("auditor.ledger", page))


@pages.get("/ledger/<int:index>")
@page_for("auditor")
def entry(index: int) -> str:
    """One entry: the event's bytes as they were stored and hashed."""
    body = caller().read_bytes("audit", f"/ledger/entries/{index}")
    event = json.loads(body)
    return render_template(
        "entry.html",
        index=index,
        event=event,
        title=event_words.event_title(event["type"]),
        subject_href=_subject_href(event["subject"]),
        pretty=json.dumps(event, ensure_ascii=False, indent=2, sort_keys=True),
    )


@pages.get("/subjects/<kind>/<key>")
@page_for("auditor")
def subject(kind: str, key: str) -> str:
    """A subject as it was known at the end of a day."""
    as_of = request.args.get("as_of") or None
    by = request.args.get("by") or "recorded"
    found = caller().read("audit", f"/subjects/{kind}/{key}", as_of=as_of, by=by)
    return render_template(
        "subject.html",
        kind=kind,
        key=key,
        found=found,
        as_of=as_of,
        by=by,
        title=event_words.event_title(found["type"]),
        entry_href=url_for("auditor.entry", index=found["index"]),
        pretty=json.dumps(found["state"], ensure_ascii=False, indent=2, sort_keys=True),
    )


@pages.get("/replay")
@page_for("auditor")
def replay() -> str:
    """What a replay does, and the differences on record."""
    return _replay_page(None)


@pages.post("/replay")
@page_for("auditor")
def run_replay() -> str:
    """Run the replay and show its result; sending the form again shows the same answer."""
    key = request.form.get("idempotency_key", "")[:200]
    return _replay_page(caller().act("audit", "/replays", {}, key=key))


def _replay_page(result: Json | None) -> str:
    on_record = caller().read("audit", "/divergences")["divergences"]
    found = result["divergences"] if result else []
    return render_template(
        "replay.html",
        result=result,
        found=[{**_difference(row), "about": row["subject"]} for row in found],
        on_record=[_difference(row) for row in on_record],
        key=str(new_id()),
    )


def _difference(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "words": words.word(DIFFERENCES, row["reason"])}


def _subject_href(subject_: str) -> str:
    kind, _, key = subject_.partition("/")
    return url_for("auditor.subject", kind=kind, key=key)
