"""The script: every act of the story in order of its day, with the line the timeline shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from services.story.acts import Act, Story
from services.story.council_acts import (
    become_enforceable,
    call,
    close,
    convene,
    open_session,
    plan,
    put_items,
    transmit,
    vote,
)
from services.story.opinion_acts import adopt_opinion, start_opinion, submit_opinion
from services.story.petition_acts import admit, ask_opinion, file_petition, refer, report


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
        title = petition["subject"]["fr"]
        yield _act(petition["filed_on"], f"Pétition déposée : {title}", file_petition, index)
        yield _act(petition["decided_on"], f"Acceptée par le bureau : {title}", admit, index)
        yield _act(petition["decided_on"], f"Renvoyée à la commission : {title}", refer, index)
        if petition["consultation"]:
            line = f"Avis demandé à l'IEECAG : {title}"
            yield _act(petition["decided_on"], line, ask_opinion, index)
        yield _act(petition["reported_on"], f"Rapport de la commission : {title}", report, index)


def _opinion_acts(facts: dict[str, Any]) -> Iterator[Act]:
    lines = {
        "requested": "Avis de l'IEECAG",
        "own_initiative": "Avis d'initiative de l'IEECAG",
        "observations": "Observations de l'espace de concertation",
    }
    for name, opinion in facts["opinions"].items():
        line = lines[name]
        yield _act(opinion["started_on"], f"{line} : mise en chantier", start_opinion, name)
        if "adopted_on" in opinion:
            yield _act(opinion["adopted_on"], f"{line} : adoption", adopt_opinion, name)
            yield _act(opinion["submitted_on"], f"{line} : remise au conseil", submit_opinion, name)


def _session_acts(facts: dict[str, Any], name: str) -> Iterator[Act]:
    session = facts[name]
    word = "ordinaire" if name == "ordinary" else "extraordinaire"
    planned_on = session.get("planned_on", session["called_on"])
    yield _act(planned_on, f"Session {word} prévue pour le {session['opens_on']}", plan, name)
    yield _act(session["called_on"], f"Session {word} : ordre du jour établi", put_items, name)
    yield _act(session["called_on"], f"Session {word} : transmise au gouverneur", call, name)
    yield _act(session["convened_on"], f"Session {word} : membres convoqués", convene, name)
    line = f"Session {word} : quorum constaté, {session['present']} présents"
    yield _act(session["opens_on"], line, open_session, name)
    if name == "ordinary":
        for index, petition in enumerate(facts["petitions"]):
            line = f"Vote du conseil : {petition['subject']['fr']}"
            yield _act(session["opens_on"], line, vote, index)
    yield _act(session["closed_on"], f"Session {word} : clôture", close, name)


def _decision_acts(facts: dict[str, Any]) -> Iterator[Act]:
    session = facts["ordinary"]
    for index in range(len(facts["petitions"])):
        line = f"Délibération {index + 1} transmise au gouverneur contre récépissé"
        yield _act(session["transmitted_on"], line, transmit, index)
    for index in range(len(facts["petitions"])):
        line = f"Délibération {index + 1} exécutoire"
        yield _act(session["enforceable_from"], line, become_enforceable, index)


def _act(on: str, line: str, run: Callable[[Story, Any], bool], about: Any) -> Act:
    return Act(on=date.fromisoformat(on), line=line, run=lambda story: run(story, about))
