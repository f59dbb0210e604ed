"""Holds what came out of the system against what must come out of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.story.acts import Story
from services.story.council_acts import decision_of, posting_of
from shared.demo import demo_id
from shared.web.i18n import current_language, text_in
from shared.web.i18n import gettext as _


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the comparison."""

    line: str
    wanted: Any
    found: Any

    @property
    def is_right(self) -> bool:
        """Whether the system says what the story needs."""
        return bool(self.wanted == self.found)


def findings(story: Story) -> list[Finding]:
    """Every ``must_come_out`` of the story, compared."""
    return [
        *_law(story),
        *_cases(story),
        *_sessions(story),
        *_decisions(story),
        *_bodies(story),
        *_people_told(story),
    ]


def _law(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]["threshold"]
    asked = {"ask": "threshold", "pack": "ma-commune", "population": wanted["population"]}
    answer = story.people.act("/review/v1/law/answers", asked, who="secretariat", name="threshold")
    yield Finding(
        line=_("Citizens' signatures needed in this commune"),
        wanted=wanted["signatures"],
        found=answer.get("signatures"),
    )


def _cases(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    cases = [story.case(index) for index in range(len(story.facts["petitions"]))]
    needed = {case["signatures_needed"] for case in cases}
    yield _line(
        _("Signatures needed of an association"), {wanted["association_signatures"]}, needed
    )
    yield _line(
        _("A reasoned refusal would have been due"),
        wanted["refusal_due_on"],
        [case["refusal_due_on"] for case in cases],
    )
    references = [case["reference"] for case in cases]
    yield _line(_("References"), wanted["references"], references)
    receipts = [_receipt(story, index) for index in range(len(cases))]
    yield _line(_("Receipts"), wanted["receipts"], len(set(receipts) - {None, ""}))
    acts = [act for case in cases for act in case["timeline"]]
    sessions = {act["what"].get("session_on") for act in acts if act["type"] == "case.admitted.v1"}
    yield _line(_("Session of both petitions"), {wanted["session_on"]}, sessions)
    missed = [act for act in acts if act["type"] == "case.deadline_missed.v1"]
    yield _line(_("Terms missed"), wanted["missed_deadlines"], len(missed))


def _sessions(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    session = story.session("ordinary")
    for key, line in (
        ("agenda_to_governor_latest", _("Agenda to the governor, latest")),
        ("notice_to_members_latest", _("Notice to the members, latest")),
    ):
        yield _line(line, wanted[key], session[key])
    yield _line(
        _("Quorum at the opening"), wanted["quorum_needed"], session["sittings"][0]["needed"]
    )


def _decisions(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    decisions = [decision_of(story, index) for index in range(len(story.facts["petitions"]))]
    states = [decision["state"] for decision in decisions]
    yield _line(_("Decisions that can be carried out"), ["enforceable"] * len(states), states)
    days = {decision["enforceable_from"] for decision in decisions}
    yield _line(_("Can be carried out from"), {wanted["enforceable_from"]}, days)
    posted = [posting_of(story, index) for index in range(len(decisions))]
    yield _line(_("Decisions posted in time"), wanted["posted_in_time"], _in_time(posted))
    minutes = [story.session(name)["minutes"] for name in ("extraordinary", "ordinary")]
    yield _line(_("Minutes given in time"), wanted["minutes_in_time"], _in_time(minutes))


def _in_time(duties: Iterable[dict[str, Any]]) -> int:
    return sum(bool(one["done_on"]) and not one["is_late"] for one in duties)


def _bodies(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]["opinions"]
    facts = story.facts["opinions"]["requested"]
    page = story.people.get(
        "/opinions/v1/opinions", who=facts["member"], body=str(demo_id(facts["body"]))
    )
    states = [opinion["state"] for opinion in page["opinions"]]
    found = {state: states.count(state) for state in wanted}
    yield _line(_("Opinions of the equity body"), wanted, found)
    session = story.session("extraordinary")
    papers = [paper["opinion"] for paper in session["papers"]]
    wanted_paper = [story.ids["opinion-observations"]]
    yield _line(_("Observations with the extraordinary session"), wanted_paper, papers)


def _people_told(story: Story) -> Iterator[Finding]:
    wanted = set(story.facts["must_come_out"]["told"])
    for petition in story.facts["petitions"]:
        page = story.people.get("/notifications/v1/notices", who=petition["by"])
        told = {notice["notice_kind"] for notice in page["notices"]}
        name, _code = text_in(petition["association"]["name"], current_language())
        line = _("Told of each step: %(name)s", name=name)
        yield _line(line, len(wanted), len(wanted & told))


def _receipt(story: Story, index: int) -> str | None:
    who = story.facts["petitions"][index]["by"]
    petition = story.ids[f"petition-{index}"]
    found = story.people.get(f"/intake/v1/petitions/{petition}/receipt", who=who)
    code: str | None = found["receipt"]
    return code


def _line(line: str, wanted: Any, found: Any) -> Finding:
    return Finding(line=line, wanted=wanted, found=found)
