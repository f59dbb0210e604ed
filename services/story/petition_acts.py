"""Acts on petitions and their cases."""

from __future__ import annotations

from typing import Any

from services.story.acts import Story
from services.story.people import eventually
from shared.demo import demo_id


def file_petition(story: Story, index: int) -> bool:
    """An association drafts and files its petition; its case follows by itself."""
    facts = story.facts["petitions"][index]
    known = _known_petition(story, facts)
    if known is None:
        petition = _draft(story, facts, index)
        path = f"/intake/v1/petitions/{petition}/filing"
        body = story.dated(facts["filed_on"])
        story.people.act(path, body, who=facts["by"], name=f"file-{petition}")
    else:
        petition = known["id"]
    story.ids[f"petition-{index}"] = petition
    eventually(
        lambda: story.people.find(f"/review/v1/cases/{petition}", who="secretariat"),
        "the case of the petition",
    )
    return known is None


def admit(story: Story, index: int) -> bool:
    """The bureau accepts the petition."""
    facts = story.facts["petitions"][index]
    if story.case(index)["state"] != "open":
        return False
    _on_case(story, index, "admission", story.dated(facts["decided_on"]), who="vice1")
    return True


def check_conditions(story: Story, index: int) -> bool:
    """The secretariat goes through the conditions of the law with the association's papers."""
    facts = story.facts["petitions"][index]
    case = story.case(index)
    left = [one["id"] for one in case["conditions"] if one["check"] is None]
    if case["state"] != "open" or not left:
        return False
    for condition in left:
        finding = {"condition": condition, "outcome": "met", "note": facts["evidence"]}
        path = f"/review/v1/cases/{case['id']}/checks"
        said = story.dated(facts["decided_on"], **finding)
        story.people.act(path, said, who="secretariat", name=f"check-{condition}-{case['id']}")
    return True


def refer(story: Story, index: int) -> bool:
    """The petition goes to the competent permanent committee."""
    facts = story.facts["petitions"][index]
    if story.case(index)["state"] != "admitted":
        return False
    body = story.dated(facts["decided_on"], committee=str(demo_id(facts["committee"])))
    _on_case(story, index, "referral", body, who="secretariat")
    return True


def ask_opinion(story: Story, index: int) -> bool:
    """The council asks a consultative body for its opinion."""
    facts = story.facts["petitions"][index]
    asked = facts["consultation"]
    body = str(demo_id(asked["body"]))
    existing = _consultation(story, index, body)
    if existing is None:
        said = story.dated(
            facts["decided_on"], body=body, is_mandatory=False, due_on=asked["due_on"]
        )
        _on_case(story, index, "consultations", said, who="secretariat")
        existing = _consultation(story, index, body)
    story.ids["consultation"] = existing["id"] if existing else ""
    return bool(existing and existing["state"] == "requested")


def report(story: Story, index: int) -> bool:
    """The committee's chair hands in its report."""
    facts = story.facts["petitions"][index]
    if story.case(index)["reports"]:
        return False
    path = f"/review/v1/committees/{demo_id(facts['committee'])}/reports"
    body = story.dated(
        facts["reported_on"],
        case=story.ids[f"petition-{index}"],
        recommendation="favourable",
        text="ترى اللجنة فائدة هذه العريضة وتوصي بقبولها.",
    )
    story.people.act(path, body, who=facts["chair"], name=f"report-{index}-{body['case']}")
    return True


def _known_petition(story: Story, facts: dict[str, Any]) -> dict[str, Any] | None:
    page = story.people.get("/review/v1/petitions", authority=story.authority)
    for petition in page["petitions"]:
        if petition["subject"]["fr"] == facts["subject"]["fr"]:
            found: dict[str, Any] = petition
            return found
    return None


def _draft(story: Story, facts: dict[str, Any], index: int) -> str:
    """The association's draft, begun before or now."""
    mine = story.people.get("/intake/v1/petitions", who=facts["by"])["petitions"]
    for petition in mine:
        if petition["subject"]["fr"] == facts["subject"]["fr"]:
            return str(petition["id"])
    body = {
        "petitioner": "association",
        "subject": facts["subject"],
        "reasons": facts["reasons"],
        "association": facts["association"],
        "people": [{"role": "legal-representative"}],
    }
    drafted = story.people.act("/intake/v1/petitions", body, who=facts["by"], name=f"draft-{index}")
    return str(drafted["id"])


def _on_case(story: Story, index: int, step: str, body: dict[str, Any], *, who: str) -> None:
    case = story.ids[f"petition-{index}"]
    story.people.act(f"/review/v1/cases/{case}/{step}", body, who=who, name=f"{step}-{case}")


def _consultation(story: Story, index: int, body: str) -> dict[str, Any] | None:
    for consultation in story.case(index)["consultations"]:
        if consultation["body"] == body:
            found: dict[str, Any] = consultation
            return found
    return None
