"""A council with offices and committees, and petitions before it, played act by act."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases.models import Case
from services.review.council.models import Committee
from shared.broker.delivery import ACK, Outcome
from shared.events.opinions import (
    BodyFormed,
    BodySnapshot,
    OpinionSnapshot,
    OpinionSubmitted,
)
from shared.events.petitions import (
    AssociationFacts,
    DocumentsAdded,
    PetitionFiled,
    PetitionSnapshot,
    WithdrawalRequested,
)
from shared.events.texts import PersonInRole, Texts
from shared.ids import new_id
from shared.testing.harness import TODAY, Harness, person
from tests.integration.review.seating import seat_once

DESPITE = {"despite_reason": "The conditions were checked on paper."}
"""What the bureau says where a test has no conditions checked."""
BODY = person("body")
FROM = "2021-09-20"


class Desk:
    """review as the council's people use it; acts are on the business date unless said."""

    def __init__(self, review: Harness, *, sequences: dict[str, int] | None = None) -> None:
        """Seat the council; one with ``sequences`` of events told before is seated already."""
        self.review = review
        self.sequences: dict[str, int] = sequences or {}
        self.committees: dict[str, str] = {}
        if sequences is None:
            seat_once(review, self._seat)
            self.committees = {one.code: str(one.id) for one in review.rows(Committee)}

    def today(self, day: str, **profile: Any) -> None:
        """Move the authority's business date."""
        self.review.know_authority(today=date.fromisoformat(day), **profile)

    def post(self, path: str, body: Any = None, *, who: str = "clerk", **options: Any) -> Any:
        """One act; the person's role follows from their name."""
        options.setdefault("role", ROLE_OF.get(who, "secretariat"))
        return self.review.request("POST", path, body or {}, who=who, **options)

    def get(self, path: str, *, who: str = "clerk", **options: Any) -> Any:
        """One read."""
        options.setdefault("role", ROLE_OF.get(who, "secretariat"))
        return self.review.request("GET", path, who=who, **options)

    def anyone(self, method: str, path: str, body: Any = None) -> Any:
        """A request without a sign-in and without a key."""
        return self.review.request(method, path, body, headers={"Idempotency-Key": ""})

    def done(self, path: str, body: Any = None, **options: Any) -> Any:
        """An act that must succeed; its answer."""
        answer = self.post(path, body, **options)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json

    def filed(self, name: str = "petition", *, on: date = TODAY, **changes: Any) -> str:
        """The id of a case opened by a petition filed on a day."""
        number = len(self.sequences) + 1
        reference = f"taroudant/{on.year}/{number}"
        facts = {"reference": reference, "filed_on": on, **changes}
        what = PetitionFiled(reference=reference, receipt="R")
        assert self._tell(name, what, on=on, **facts) == ACK
        return person(name)

    def withdrawal_asked(self, name: str = "petition", *, on: date = TODAY) -> None:
        """The petitioners ask to withdraw."""
        assert self.told_withdrawal(name, on=on) == ACK

    def told_withdrawal(self, name: str = "petition", *, on: date) -> Outcome:
        """What becomes of the event that the petitioners ask to withdraw."""
        return self._tell(name, WithdrawalRequested(receipt="W"), on=on)

    def documents_added(self, name: str = "petition", *, on: date = TODAY) -> None:
        """The petitioners hand in a document."""
        what = DocumentsAdded(sha256=["a" * 64], receipt="D")
        assert self._tell(name, what, on=on) == ACK

    def admitted(self, name: str = "petition", *, on: str = "2023-11-20") -> str:
        """The id of a case that the bureau accepted on a day."""
        case = self.filed(name)
        self.today(on)
        self.done(f"/cases/{case}/admission", DESPITE, who="vice")
        return case

    def referred(self, name: str = "petition", *, on: str = "2023-11-20") -> str:
        """The id of a case before the social committee."""
        case = self.admitted(name, on=on)
        self.done(f"/cases/{case}/referral", {"committee": self.committees["social"]})
        return case

    def planned(self, opens_on: str = "2024-02-06") -> str:
        """The id of a planned ordinary session."""
        body = {"session_kind": "ordinary", "opens_on": opens_on, "called_by": "president"}
        return str(self.done("/sessions", body)["id"])

    def deliberated(self, case: str, *, votes_for: int = 20) -> None:
        """The case goes through the session of 6 February 2024, opened with every member there."""
        self.today("2024-01-15")
        session = self.planned()
        item = self.done(f"/sessions/{session}/items", {"case": case})["id"]
        self.done(f"/sessions/{session}/call", who="chief")
        self.today("2024-01-25")
        self.done(f"/sessions/{session}/convening", who="chief")
        self.today("2024-02-06")
        members = len(SEATS)
        self.done(f"/sessions/{session}/sittings", {"call": 1, "present": members})
        (shown,) = self.get(f"/sessions/{session}").json["items"]
        if not shown["is_examined"]:
            self.taken_up(item)
        votes = min(votes_for, members)
        body = {"votes_for": votes, "votes_against": members - votes, "abstentions": 0}
        self.done(f"/items/{item}/vote", {**body, "president": "for" if votes else "against"})

    def taken_up(self, item: str) -> None:
        """The council decides without debate to deliberate though no committee reported."""
        votes = {"votes_for": 4, "votes_against": 0, "abstentions": 0, "president": "for"}
        self.done(f"/items/{item}/taking-up", votes)

    def body_formed(self) -> None:
        """A consultative body that opinions can be asked of."""
        after = BodySnapshot(
            state="active",
            code="iecag",
            name=Texts(fr="Instance", original="fr"),
            seats=15,
            members=[],
        )
        assert self.review.deliver(BodyFormed(), after, subject=f"body/{BODY}") == ACK

    def asked(self, case: str, *, due_on: str = "2024-01-05", **body: Any) -> str:
        """The id of a consultation of the body about a case."""
        self.body_formed()
        said = {"body": BODY, "due_on": due_on, **body}
        return str(self.done(f"/cases/{case}/consultations", said)["id"])

    def submitted(self, *, on: date, case: str | None, consultation: str | None) -> str:
        """The body hands in an opinion; its id."""
        opinion = str(new_id())
        after = OpinionSnapshot(
            state="submitted",
            body=BODY,
            origin="request" if consultation else "own-initiative",
            consultation=consultation,
            case=case,
            session=None,
            subject=Texts(fr="Avis", original="fr"),
            started_on=on,
            adopted_on=on,
            submitted_on=on,
            text_sha256="b" * 64,
        )
        what = OpinionSubmitted(receipt="O")
        outcome = self.review.deliver(what, after, subject=f"opinion/{opinion}", acted_on=on)
        assert outcome == ACK
        return opinion

    def case(self, case_id: str) -> Case:
        """The row of a case."""
        return next(row for row in self.review.rows(Case) if row.id == UUID(case_id))

    def fire_timers(self) -> None:
        """Run every timer of the service once."""
        for timer in self.review.worker._timers:
            timer.run(self.review.context)

    def types(self, kind: str) -> list[str]:
        """The events of a kind, without kind and version, in order of recording."""
        types = [event.type for event in self.review.emitted() if event.kind == kind]
        return [type_.split(".")[1] for type_ in types]

    def _tell(self, name: str, what: Any, *, on: date, **changes: Any) -> Outcome:
        sequence = self.sequences[name] = self.sequences.get(name, 0) + 1
        facts: dict[str, Any] = {
            "state": "filed",
            "reference": "taroudant/2023/1",
            "petitioner": "association",
            "subject": Texts(fr="Un centre", original="fr"),
            "filed_on": TODAY,
            "signatures": 0,
            "association": AssociationFacts(
                name=Texts(fr="Annakhil", original="fr"),
                founded_on=date(2011, 4, 18),
                has_seat_here=True,
            ),
            "people": [PersonInRole(person=person("legal"), role="legal-representative")],
            "documents": 0,
            "receipt": "R",
        }
        return self.review.deliver(
            what,
            PetitionSnapshot(**{**facts, **changes}),
            subject=f"petition/{person(name)}",
            sequence=sequence,
            acted_on=on,
        )

    def _seat(self) -> None:
        for code in ("social", "sport"):
            body = {"code": code, "name": {"fr": code}}
            self.committees[code] = self.done("/committees", body)["id"]
        for name in SEATS:
            self.sit(name, "member")
        self.sit("chief", "president")
        self.sit("vice", "vice-president")
        self.sit("chair", "committee-chair", committee=self.committees["social"])
        self.sit("other-chair", "committee-chair", committee=self.committees["sport"])

    def sit(self, name: str, office: str, **body: Any) -> str:
        """Somebody takes office on the first day of the term; the mandate's id."""
        said = {"person": person(name), "office": office, "from_on": FROM, **body}
        return str(self.done("/mandates", said)["id"])


SEATS = ("chief", "vice", "chair", "other-chair", "plain")
ROLE_OF = {
    "chief": "president",
    "vice": "bureau",
    "chair": "committee-chair",
    "other-chair": "committee-chair",
    "legal": "petitioner",
    "stranger": "petitioner",
    "plain": "council-member",
}
