"""A council whose petition is about to be voted on while a body works on its opinion."""

from __future__ import annotations

from typing import Any

from tests.integration.review.case_support import SEATS, Desk

VOTE_DAY = "2024-02-06"
VOTES = {"votes_for": 5, "votes_against": 0, "abstentions": 0, "president": "for"}


class VotingDesk(Desk):
    """The desk of a session that takes an admitted petition to its vote."""

    def on_agenda(self, case: str) -> tuple[str, str]:
        """A session convened for 6 February 2024, and its item on the case."""
        self.today("2024-01-15")
        session = self.planned()
        item = self.done(f"/sessions/{session}/items", {"case": case})["id"]
        self.done(f"/sessions/{session}/call", who="chief")
        self.today("2024-01-25")
        self.done(f"/sessions/{session}/convening", who="chief")
        return session, str(item)

    def before_vote(self, case: str, *, present: int = len(SEATS)) -> str:
        """The item of a case in a session that has opened."""
        session, item = self.on_agenda(case)
        self.today(VOTE_DAY)
        self.done(f"/sessions/{session}/sittings", {"call": 1, "present": present})
        votes = {"votes_for": present, "votes_against": 0, "abstentions": 0, "president": "for"}
        self.done(f"/items/{item}/taking-up", votes)
        return item

    def vote(self, item: str, **said: Any) -> Any:
        """Try to record that all five members voted for it."""
        return self.post(f"/items/{item}/vote", {**VOTES, **said})
