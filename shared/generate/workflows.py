"""Workflow tables as JSON (replay reads them) and as Mermaid diagrams (people do)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shared.events.catalogue import EACH
from shared.generate.services import Loaded
from shared.generate.text import BY, pretty
from shared.letters import LETTER_WORKFLOW
from shared.workflow import ANY, Workflow


def workflow_files(services: Sequence[Loaded]) -> dict[str, str]:
    """One table and one diagram per kind."""
    flows = [(service.name, flow) for service in services for flow in service.workflows]
    files = {}
    for owner, flow in [*flows, (EACH, LETTER_WORKFLOW)]:
        files[f"docs/contracts/workflows/{flow.kind}.json"] = pretty(_table(owner, flow))
        files[f"docs/contracts/workflows/{flow.kind}.md"] = _diagram(owner, flow)
    return files


def _table(service: str, flow: Workflow) -> dict[str, Any]:
    states = [state.value for state in flow.states]
    return {
        "kind": flow.kind,
        "service": service,
        "initial": states[0],
        "states": states,
        "steps": list(_steps(flow)),
    }


def _steps(flow: Workflow) -> Iterator[dict[str, Any]]:
    states = [state.value for state in flow.states]
    for step in flow.table:
        source = step["source"]
        sources = states if source == ANY else [source] if isinstance(source, str) else source
        for one in sources:
            yield {
                "trigger": step["trigger"],
                "from": str(one),
                "to": str(one if step["dest"] in (None, "=") else step["dest"]),
                "event": step["event"].TYPE,
                "guards": [
                    {"rule": guard.__name__, "article": guard.article}
                    for guard in step.get("conditions", ())
                ],
            }


def _diagram(service: str, flow: Workflow) -> str:
    lines = [f"# {flow.kind} ({service})", "", f"{BY}", "", "```mermaid", "stateDiagram-v2"]
    lines.append(f"    [*] --> {next(iter(flow.states)).value}")
    lines += [f"    {step['from']} --> {step['to']}: {step['trigger']}" for step in _steps(flow)]
    return "\n".join([*lines, "```", ""])
