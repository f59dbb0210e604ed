"""Acts of the consultative bodies."""

from __future__ import annotations

from typing import Any

from services.story.acts import Story
from services.story.people import eventually
from shared.demo import demo_id


def start_opinion(story: Story, name: str) -> bool:
    """A body begins an opinion, on request or on its own initiative, and drafts its text."""
    facts = story.facts["opinions"][name]
    existing = _find(story, name)
    if existing is None:
        body = story.dated(facts["started_on"], **_beginning(story, name))
        who = facts["member"]
        existing = story.people.act("/opinions/v1/opinions", body, who=who, name=f"start-{name}")
        text = {"text": facts["text"]}
        story.people.put(f"/opinions/v1/opinions/{existing['id']}/draft", text, who=who)
        story.ids[f"opinion-{name}"] = existing["id"]
        return True
    story.ids[f"opinion-{name}"] = existing["id"]
    return False


def adopt_opinion(story: Story, name: str) -> bool:
    """The body adopts the text by a vote."""
    facts = story.facts["opinions"][name]
    if _now(story, name)["state"] != "drafting":
        return False
    body = story.dated(facts["adopted_on"], **facts["vote"])
    _step(story, name, "adoption", body)
    return True


def submit_opinion(story: Story, name: str) -> bool:
    """The body hands the opinion to the council."""
    facts = story.facts["opinions"][name]
    was = _now(story, name)["state"]
    if was == "adopted":
        _step(story, name, "submission", story.dated(facts["submitted_on"]))
    if name == "requested":
        eventually(lambda: _is_answered(story), "the opinion in the case's file")
    return bool(was == "adopted")


def _beginning(story: Story, name: str) -> dict[str, Any]:
    facts = story.facts["opinions"][name]
    body = str(demo_id(facts["body"]))
    if name == "requested":
        member, consultation = facts["member"], story.ids["consultation"]
        eventually(
            lambda: _has_request(story, member, consultation), "the request in the body's list"
        )
        subject = story.facts["petitions"][0]["subject"]
        return {"body": body, "consultation": consultation, "subject": subject}
    said = {"body": body, "subject": facts["subject"]}
    if name == "observations":
        said["session"] = story.ids["extraordinary"]
    return said


def _has_request(story: Story, member: str, consultation: str) -> bool:
    page = story.people.get("/opinions/v1/consultations", who=member)
    return any(one["id"] == consultation for one in page["consultations"])


def _find(story: Story, name: str) -> dict[str, Any] | None:
    facts = story.facts["opinions"][name]
    body = str(demo_id(facts["body"]))
    page = story.people.get("/opinions/v1/opinions", who=facts["member"], body=body)
    for opinion in page["opinions"]:
        is_ours = (
            opinion["consultation"] == story.ids.get("consultation")
            if name == "requested"
            else opinion["subject"]["fr"] == facts["subject"]["fr"]
        )
        if is_ours:
            found: dict[str, Any] = opinion
            return found
    return None


def _now(story: Story, name: str) -> dict[str, Any]:
    who = story.facts["opinions"][name]["member"]
    path = f"/opinions/v1/opinions/{story.ids[f'opinion-{name}']}"
    found: dict[str, Any] = story.people.get(path, who=who)
    return found


def _step(story: Story, name: str, step: str, body: dict[str, Any]) -> None:
    opinion = story.ids[f"opinion-{name}"]
    who = story.facts["opinions"][name]["member"]
    path = f"/opinions/v1/opinions/{opinion}/{step}"
    story.people.act(path, body, who=who, name=f"{step}-{opinion}")


def _is_answered(story: Story) -> bool:
    states = [one["state"] for one in story.case(0)["consultations"]]
    return states == ["answered"]
