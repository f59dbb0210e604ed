"""A body with its rapporteur, and the steps that tests of opinions begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.testing.harness import Harness, person

Start = Callable[..., dict[str, Any]]

TEXT = {"text": "Avis sur le centre d'écoute.", "language": "fr"}
BALLOT = {"present": 3, "votes_for": 2, "votes_against": 0, "abstentions": 1}
SUBJECT = {"fr": "Les terrains de proximité"}


class Bodies:
    """opinions with what a test needs of it: bodies, members and their requests."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness

    def formed(self, code: str = "iecag", **changes: Any) -> str:
        """The id of a new body of five seats without members."""
        name = {"fr": f"Instance {code}"}
        wish = {"code": code, "name": name, "seats": 5, **changes}
        answer = self.harness.request("POST", "/bodies", wish, role="secretariat")
        assert answer.status_code == 201, answer.text
        return str(answer.get_json()["id"])

    def seated(self, body: str, *names: str, **changes: Any) -> None:
        """Seat people by name; the first of a new body is its rapporteur."""
        for place, name in enumerate(names):
            role = "rapporteur" if place == 0 else "member"
            member = {"person": person(name), "role": role, **changes}
            answer = self.harness.request(
                "POST", f"/bodies/{body}/members", member, role="secretariat"
            )
            assert answer.status_code == 200, answer.text

    def ask(self, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """Ask as the rapporteur, whose token is limited to ``body`` if one is given."""
        body = options.pop("body", None)
        scopes = {"body-member": [body]} if body else None
        options = {"role": "body-member", "who": "rapporteur", "scopes": scopes, **options}
        return self.harness.request(method, path, json, **options)

    def started(self, body: str, **changes: Any) -> dict[str, Any]:
        """A new opinion of a body, on own initiative unless ``changes`` says otherwise."""
        answer = self.ask("POST", "/opinions", {"body": body, "subject": SUBJECT, **changes})
        assert answer.status_code == 201, answer.text
        return dict(answer.json)

    def drafted(self, opinion: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The same opinion with a text."""
        answer = self.ask(
            "PUT",
            f"/opinions/{opinion['id']}/draft",
            {**TEXT, **changes},
            headers={"If-Match": f'"{opinion["version"]}"'},
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def act(self, opinion: dict[str, Any], step: str, **changes: Any) -> Any:
        """The answer to one step of an opinion."""
        return self.ask("POST", f"/opinions/{opinion['id']}/{step}", changes)

    def adopted(self, body: str, **changes: Any) -> dict[str, Any]:
        """An opinion that the body adopted."""
        opinion = self.drafted(self.started(body, **changes))
        answer = self.act(opinion, "adoption", **BALLOT)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def types(self, kind: str = "opinion") -> list[str]:
        """The types of the events of one kind that wait in the outbox."""
        return [one.type for one in self.harness.emitted() if one.kind == kind]


@pytest.fixture
def bodies(harness_on: Any, database_kind: str) -> Bodies:
    """opinions on either database."""
    return Bodies(harness_on("opinions", database_kind))


@pytest.fixture
def iecag(bodies: Bodies) -> str:
    """A body of five seats with five members, the rapporteur among them; its quorum is three."""
    body = bodies.formed()
    bodies.seated(body, "rapporteur", "m2", "m3", "m4", "m5")
    return body
