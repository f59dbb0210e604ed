"""Holds what came out of the system against what must come out of the story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.story.acts import Story
from services.story.council_acts import decision_of
from shared.demo import demo_id


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
    return [*_law(story), *_cases(story), *_sessions(story), *_decisions(story), *_bodies(story)]


def _law(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]["threshold"]
    asked = {"ask": "threshold", "pack": "ma-commune", "population": wanted["population"]}
    answer = story.people.act("/review/v1/law/answers", asked, who="secretariat", name="threshold")
    yield Finding(
        line="Signatures de citoyens requises dans cette commune",
        wanted=wanted["signatures"],
        found=answer.get("signatures"),
    )


def _cases(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    cases = [story.case(index) for index in range(len(story.facts["petitions"]))]
    needed = {case["signatures_needed"] for case in cases}
    yield _line("Signatures requises d'une association", {wanted["association_signatures"]}, needed)
    yield _line(
        "Échéance d'un refus motivé",
        wanted["refusal_due_on"],
        [case["refusal_due_on"] for case in cases],
    )
    references = [case["reference"] for case in cases]
    yield _line("Références", wanted["references"], references)
    receipts = [_receipt(story, index) for index in range(len(cases))]
    yield _line("Récépissés", wanted["receipts"], len(set(receipts) - {None, ""}))
    acts = [act for case in cases for act in case["timeline"]]
    sessions = {act["what"].get("session_on") for act in acts if act["type"] == "case.admitted.v1"}
    yield _line("Session des deux pétitions", {wanted["session_on"]}, sessions)
    missed = [act for act in acts if act["type"] == "case.deadline_missed.v1"]
    yield _line("Échéances manquées", wanted["missed_deadlines"], len(missed))


def _sessions(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    session = story.session("ordinary")
    for key, line in (
        ("agenda_to_governor_latest", "Ordre du jour au gouverneur, au plus tard"),
        ("notice_to_members_latest", "Convocation des membres, au plus tard"),
    ):
        yield _line(line, wanted[key], session[key])
    yield _line("Quorum à l'ouverture", wanted["quorum_needed"], session["sittings"][0]["needed"])


def _decisions(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]
    decisions = [decision_of(story, index) for index in range(len(story.facts["petitions"]))]
    states = [decision["state"] for decision in decisions]
    yield _line("Délibérations exécutoires", ["enforceable"] * len(states), states)
    days = {decision["enforceable_from"] for decision in decisions}
    yield _line("Exécutoires à partir du", {wanted["enforceable_from"]}, days)


def _bodies(story: Story) -> Iterator[Finding]:
    wanted = story.facts["must_come_out"]["opinions"]
    facts = story.facts["opinions"]["requested"]
    page = story.people.get(
        "/opinions/v1/opinions", who=facts["member"], body=str(demo_id(facts["body"]))
    )
    states = [opinion["state"] for opinion in page["opinions"]]
    found = {state: states.count(state) for state in wanted}
    yield _line("Avis de l'IEECAG", wanted, found)
    session = story.session("extraordinary")
    papers = [paper["opinion"] for paper in session["papers"]]
    wanted_paper = [story.ids["opinion-observations"]]
    yield _line("Observations reçues par la session extraordinaire", wanted_paper, papers)


def _receipt(story: Story, index: int) -> str | None:
    who = story.facts["petitions"][index]["by"]
    petition = story.ids[f"petition-{index}"]
    found = story.people.get(f"/intake/v1/petitions/{petition}/receipt", who=who)
    code: str | None = found["receipt"]
    return code


def _line(line: str, wanted: Any, found: Any) -> Finding:
    return Finding(line=line, wanted=wanted, found=found)
