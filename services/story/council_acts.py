"""Acts of the council: sessions, votes, the governor's control."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.story.acts import Story
from services.story.people import eventually


def plan(story: Story, name: str) -> bool:
    """The secretariat puts a session into the calendar."""
    facts = story.facts[name]
    page = story.people.get("/review/v1/sessions", who="secretariat", authority=story.authority)
    for session in page["sessions"]:
        if session["opens_on"] == facts["opens_on"]:
            story.ids[name] = session["id"]
            return False
    body = {
        "session_kind": name,
        "opens_on": facts["opens_on"],
        "called_by": facts["called_by"],
    }
    made = story.people.act("/review/v1/sessions", body, who="secretariat", name=f"plan-{name}")
    story.ids[name] = made["id"]
    return True


def put_items(story: Story, name: str) -> bool:
    """The items go on the agenda: accepted petitions by law, observations by the president."""
    if story.session(name)["items"]:
        return False
    day = story.facts[name]["called_on"]
    if name == "ordinary":
        wanted = [{"case": story.ids[f"petition-{index}"]} for index in range(2)]
    else:
        wanted = [{"subject": story.facts["opinions"]["observations"]["subject"]}]
    for number, item in enumerate(wanted):
        _step(story, name, "items", story.dated(day, **item), f"{name}-item-{number}")
    return True


def call(story: Story, name: str) -> bool:
    """The president calls the session and sends the agenda to the governor."""
    return _from(story, name, "planned", "call", story.facts[name]["called_on"])


def convene(story: Story, name: str) -> bool:
    """Members are sent the notice with agenda and documents."""
    return _from(story, name, "called", "convening", story.facts[name]["convened_on"])


def open_session(story: Story, name: str) -> bool:
    """The quorum is counted at the opening."""
    facts = story.facts[name]
    if story.session(name)["state"] != "convened":
        return False
    body = story.dated(facts["opens_on"], call=1, present=facts["present"])
    _step(story, name, "sittings", body, f"open-{story.ids[name]}")
    return True


def vote(story: Story, index: int) -> bool:
    """The council votes on a petition's item."""
    item = _item(story, index)
    if item["state"] != "scheduled":
        return False
    facts = story.facts["petitions"][index]
    opinions = _replies(story, item["case"])
    said = {**facts["votes"], "president": "for", "opinions": opinions}
    body = story.dated(story.facts["ordinary"]["opens_on"], **said)
    path = f"/review/v1/items/{item['id']}/vote"
    story.people.act(path, body, who="secretariat", name=f"vote-{item['id']}")
    return True


def close(story: Story, name: str) -> bool:
    """The session ends."""
    return _from(story, name, "opened", "closing", story.facts[name]["closed_on"])


def post(story: Story, index: int) -> bool:
    """The decision is posted at the seat of the commune."""
    if posting_of(story, index)["done_on"]:
        return False
    decision = decision_of(story, index)["id"]
    body = story.dated(story.facts["ordinary"]["posted_on"])
    path = f"/review/v1/decisions/{decision}/posting"
    story.people.act(path, body, who="secretariat", name=f"post-{decision}")
    return True


def give_minutes(story: Story, name: str) -> bool:
    """Each member gets a copy of the minutes."""
    if story.session(name)["minutes"]["done_on"]:
        return False
    body = story.dated(story.facts[name]["minutes_on"])
    _step(story, name, "minutes", body, f"minutes-{story.ids[name]}")
    return True


def classify(story: Story, index: int) -> bool:
    """The president says that the decision needs no visa."""
    decision = decision_of(story, index)
    if decision["state"] != "adopted" or decision["visa_needed"] is not None:
        return False
    body = story.dated(story.facts["ordinary"]["transmitted_on"], matter=None)
    path = f"/review/v1/decisions/{decision['id']}/classification"
    story.people.act(path, body, who="president", name=f"classify-{decision['id']}")
    return True


def transmit(story: Story, index: int) -> bool:
    """The decision goes to the governor against his receipt."""
    decision = decision_of(story, index)
    if decision["state"] != "adopted":
        return False
    day = story.facts["ordinary"]["transmitted_on"]
    body = story.dated(day, governor_receipt_on=day)
    path = f"/review/v1/decisions/{decision['id']}/transmission"
    story.people.act(path, body, who="secretariat", name=f"transmit-{decision['id']}")
    return True


def become_enforceable(story: Story, index: int) -> bool:
    """The term for opposition ends; nobody acts, the day comes."""
    day = date.fromisoformat(story.facts["ordinary"]["enforceable_from"])
    eventually(
        lambda: decision_of(story, index)["state"] == "enforceable", "the enforceable decision"
    )
    return day in story.moved


def decision_of(story: Story, index: int) -> dict[str, Any]:
    """The decision on a petition."""
    case = story.ids[f"petition-{index}"]
    page = story.people.get("/review/v1/decisions", authority=story.authority)
    found: dict[str, Any] = next(one for one in page["decisions"] if one["case"] == case)
    return found


def posting_of(story: Story, index: int) -> dict[str, Any]:
    """How the posting of a petition's decision stands."""
    path = f"/review/v1/decisions/{decision_of(story, index)['id']}"
    found: dict[str, Any] = story.people.get(path, who="secretariat")["posting"]
    return found


def _item(story: Story, index: int) -> dict[str, Any]:
    case = story.ids[f"petition-{index}"]
    items = story.session("ordinary")["items"]
    found: dict[str, Any] = next(one for one in items if one["case"] == case)
    return found


def _replies(story: Story, case: str) -> list[dict[str, str]]:
    """The council follows the opinions it has on a petition."""
    papers = story.session("ordinary")["papers"]
    reason = story.facts["ordinary"]["follows_opinion"]
    return [
        {"opinion": one["opinion"], "answer": "followed", "reason": reason}
        for one in papers
        if one["case"] == case
    ]


def _from(story: Story, name: str, state: str, step: str, day: str) -> bool:
    if story.session(name)["state"] != state:
        return False
    _step(story, name, step, story.dated(day), f"{step}-{story.ids[name]}")
    return True


def _step(story: Story, name: str, step: str, body: dict[str, Any], act: str) -> None:
    path = f"/review/v1/sessions/{story.ids[name]}/{step}"
    who = "president" if step == "call" else "secretariat"
    story.people.act(path, body, who=who, name=act)
