"""The script: every act of the story in order of its day, with the line the timeline shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from services.story.acts import Act, Story
from services.story.council_acts import (
    become_enforceable,
    call,
    classify,
    close,
    convene,
    give_minutes,
    open_session,
    plan,
    post,
    put_items,
    transmit,
    vote,
)
from services.story.opinion_acts import adopt_opinion, start_opinion, submit_opinion
from services.story.petition_acts import (
    admit,
    ask_opinion,
    check_conditions,
    file_petition,
    refer,
    report,
)
from shared.web.i18n import current_language, text_in
from shared.web.i18n import gettext as _


def acts_of(facts: dict[str, Any]) -> list[Act]:
    """Every act of the story, by date."""
    acts = [
        *_petition_acts(facts),
        *_opinion_acts(facts),
        *_session_acts(facts, "extraordinary"),
        *_session_acts(facts, "ordinary"),
        *_decision_acts(facts),
    ]
    return sorted(acts, key=lambda act: act.on)


def _petition_acts(facts: dict[str, Any]) -> Iterator[Act]:
    for index, petition in enumerate(facts["petitions"]):
        title, _code = text_in(petition["subject"], current_language())
        decided_on = petition["decided_on"]
        line = _("Petition filed: %(title)s", title=title)
        yield _act(petition["filed_on"], line, file_petition, index)
        line = _("Conditions of the law checked: %(title)s", title=title)
        yield _act(decided_on, line, check_conditions, index)
        line = _("Accepted by the bureau: %(title)s", title=title)
        yield _act(decided_on, line, admit, index)
        line = _("Referred to the committee: %(title)s", title=title)
        yield _act(decided_on, line, refer, index)
        if petition["consultation"]:
            line = _("Opinion asked of the equity body: %(title)s", title=title)
            yield _act(decided_on, line, ask_opinion, index)
        line = _("Committee report: %(title)s", title=title)
        yield _act(petition["reported_on"], line, report, index)


def _opinion_acts(facts: dict[str, Any]) -> Iterator[Act]:
    for name, opinion in facts["opinions"].items():
        begun, adopted, submitted = _opinion_lines()[name]
        yield _act(opinion["started_on"], begun, start_opinion, name)
        if "adopted_on" in opinion:
            yield _act(opinion["adopted_on"], adopted, adopt_opinion, name)
            yield _act(opinion["submitted_on"], submitted, submit_opinion, name)


def _opinion_lines() -> dict[str, tuple[str, str, str]]:
    return {
        "requested": (
            _("The equity body begins the opinion it was asked for"),
            _("The equity body adopts its opinion"),
            _("The equity body hands its opinion to the council"),
        ),
        "own_initiative": (
            _("The equity body begins an opinion on its own initiative"),
            "",
            "",
        ),
        "observations": (
            _("Working day of the consultation forum on the action programme"),
            _("The forum adopts its observations"),
            _("The forum sends its observations to the extraordinary session"),
        ),
    }


def _session_acts(facts: dict[str, Any], name: str) -> Iterator[Act]:
    session = facts[name]
    planned, agenda, called, convened, opened, closed, minutes = _session_lines(session)[name]
    yield _act(session.get("planned_on", session["called_on"]), planned, plan, name)
    yield _act(session["called_on"], agenda, put_items, name)
    yield _act(session["called_on"], called, call, name)
    yield _act(session["convened_on"], convened, convene, name)
    yield _act(session["opens_on"], opened, open_session, name)
    if name == "ordinary":
        for index, petition in enumerate(facts["petitions"]):
            title, _code = text_in(petition["subject"], current_language())
            line = _("The council votes: %(title)s", title=title)
            yield _act(session["opens_on"], line, vote, index)
    yield _act(session["closed_on"], closed, close, name)
    yield _act(session["minutes_on"], minutes, give_minutes, name)


def _session_lines(session: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    day, present = session["opens_on"], session["present"]
    return {
        "ordinary": (
            _("Ordinary session planned for %(day)s", day=day),
            _("Ordinary session: both petitions on the agenda"),
            _("Ordinary session: agenda sent to the governor"),
            _("Ordinary session: members convened"),
            _("Ordinary session opens: quorum met, %(present)s present", present=present),
            _("Ordinary session closes"),
            _("Ordinary session: each member gets the minutes"),
        ),
        "extraordinary": (
            _("Extraordinary session planned for %(day)s", day=day),
            _("Extraordinary session: agenda drawn up"),
            _("Extraordinary session: agenda sent to the governor"),
            _("Extraordinary session: members convened"),
            _("Extraordinary session opens: quorum met, %(present)s present", present=present),
            _("Extraordinary session closes"),
            _("Extraordinary session: each member gets the minutes"),
        ),
    }


def _decision_acts(facts: dict[str, Any]) -> Iterator[Act]:
    session = facts["ordinary"]
    for index in range(len(facts["petitions"])):
        line = _("Decision %(number)s is posted at the seat", number=index + 1)
        yield _act(session["posted_on"], line, post, index)
    for index in range(len(facts["petitions"])):
        line = _("Decision %(number)s goes to the governor against receipt", number=index + 1)
        yield _act(session["transmitted_on"], _("Classified: it needs no visa"), classify, index)
        yield _act(session["transmitted_on"], line, transmit, index)
    for index in range(len(facts["petitions"])):
        line = _("Decision %(number)s can be carried out", number=index + 1)
        yield _act(session["enforceable_from"], line, become_enforceable, index)


def _act(on: str, line: str, run: Callable[[Story, Any], bool], about: Any) -> Act:
    return Act(on=date.fromisoformat(on), line=line, run=lambda story: run(story, about))
