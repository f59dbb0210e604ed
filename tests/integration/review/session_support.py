"""A council of 35 on its way to the session of 6 February 2024, as tests play it act by act."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases.models import NOT_URGENT, Case
from services.review.council.models import Mandate
from shared.clock import now
from shared.testing.harness import AUTHORITY, Harness, person

OPENS_ON = "2024-02-06"
SUBJECT = {"fr": "Observations de l'espace de concertation", "original": "fr"}
VOTE = {"votes_for": 24, "votes_against": 1, "abstentions": 2}


class Council:
    """review, and what the secretariat does with it; every act is on the business date."""

    def __init__(self, review: Harness, *, members: int = 35) -> None:
        self.review = review
        self._seat(members)

    def today(self, day: str, **profile: Any) -> None:
        """Move the authority's business date."""
        self.review.know_authority(today=date.fromisoformat(day), **profile)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """An act of the secretariat."""
        options = {"role": "secretariat", **options}
        return self.review.request("POST", path, body or {}, **options)

    def get(self, path: str, **options: Any) -> Any:
        """A read of the secretariat."""
        return self.review.request("GET", path, **{"role": "secretariat", **options})

    def public(self, path: str, **options: Any) -> Any:
        """A read of somebody who is not signed in."""
        return self.review.request("GET", path, **options)

    def done(self, path: str, body: Any = None, **options: Any) -> Any:
        """An act that must succeed; its answer."""
        answer = self.post(path, body, **options)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json

    def accepted_petition(self, name: str = "petition", **changes: Any) -> str:
        """The id of a case that the bureau admitted on 20 November 2023."""
        facts: dict[str, Any] = {
            "id": UUID(person(name)),
            "state": "admitted",
            "authority": AUTHORITY,
            "sequence": 2,
            "reference": f"{AUTHORITY}/2023/{name}",
            "petitioner": "association",
            "subject_line": {"fr": "Un centre d'écoute", "original": "fr"},
            "people": [],
            "signatures": 0,
            "signatures_needed": 0,
            "filed_on": date(2023, 10, 16),
            "law_version": "ma-commune@2015-07-23",
            "refusal_due_on": date(2024, 1, 16),
            "refusal_safe_on": date(2024, 1, 16),
            "missing": [],
            "decided_on": date(2023, 11, 20),
            "reasons": [],
            "is_clash": False,
            "urgent_on": NOT_URGENT,
            "opened_at": now(),
        }
        self.add(Case(**{**facts, **changes}))
        return person(name)

    def planned(self, **changes: Any) -> str:
        """The id of a planned ordinary session."""
        body = {"session_kind": "ordinary", "opens_on": OPENS_ON, **changes}
        return str(self.done("/sessions", body)["id"])

    def item(self, session: str, **body: Any) -> str:
        """The id of an item put on the agenda; without a body, a free subject."""
        return str(self.done(f"/sessions/{session}/items", body or {"subject": SUBJECT})["id"])

    def convened(self, **changes: Any) -> tuple[str, str]:
        """A session whose members were convened in time, and its one item."""
        self.today("2024-01-15")
        session = self.planned(**changes)
        item = self.item(session)
        self.done(f"/sessions/{session}/call")
        self.today("2024-01-25")
        self.done(f"/sessions/{session}/convening")
        return session, item

    def taken_up(self, item: str) -> None:
        """The council decides without debate to deliberate though no committee reported."""
        votes = {"votes_for": 27, "votes_against": 0, "abstentions": 0}
        self.done(f"/items/{item}/taking-up", votes)

    def opened(self) -> tuple[str, str]:
        """A session that opened with 27 present, and its one item."""
        session, item = self.convened()
        self.today(OPENS_ON)
        self.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
        return session, item

    def adopted(self) -> str:
        """The id of a decision adopted in a session that is closed."""
        session, item = self.opened()
        self.done(f"/items/{item}/vote", VOTE)
        self.done(f"/sessions/{session}/closing")
        return str(self.decisions()[0]["id"])

    def classified(self, matter: str | None = None) -> str:
        """The id of an adopted decision, said to need the visa for a matter or none."""
        decision = self.adopted()
        self.done(f"/decisions/{decision}/classification", {"matter": matter})
        return decision

    def transmitted(self, **changes: Any) -> str:
        """The id of a decision that the governor received on 20 February 2024."""
        decision = self.classified(changes.pop("matter", None))
        self.today("2024-02-20")
        body = {"governor_receipt_on": "2024-02-20", **changes}
        self.done(f"/decisions/{decision}/transmission", body)
        return decision

    def decisions(self) -> Any:
        """The public list of decisions."""
        return self.public(f"/decisions?authority={AUTHORITY}").json["decisions"]

    def types(self) -> list[str]:
        """The types of all events, in order of recording."""
        return [event.type for event in self.review.emitted()]

    def fire_timers(self) -> None:
        """Run every timer of the service once."""
        for timer in self.review.worker._timers:
            timer.run(self.review.context)

    def add(self, row: Any) -> None:
        """Put a row into the database, as its own area would have made it."""
        with self.review.context.database.write(AUTHORITY) as (session, _):
            session.add(row)

    def _seat(self, members: int) -> None:
        with self.review.context.database.write(AUTHORITY) as (session, _):
            session.add_all(
                Mandate(
                    authority=AUTHORITY,
                    state="active",
                    sequence=1,
                    person_id=UUID(person(f"member-{number}")),
                    office="member",
                    from_on=date(2021, 9, 15),
                )
                for number in range(members)
            )
