"""What the council asks of a body, and the race of a cancelled request with a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.opinions.models import KnownConsultation, Opinion
from shared.broker.delivery import ACK
from shared.events.consultations import (
    ConsultationAnswered,
    ConsultationCancelled,
    ConsultationRequested,
    ConsultationSnapshot,
)
from shared.events.envelope import encode
from shared.events.sessions import SessionCalled, SessionClosed, SessionSnapshot
from shared.events.texts import Texts
from shared.testing.harness import TODAY, event_envelope, person

CONSULTATION, CASE, SESSION = person("consultation"), person("case"), person("session")
ASKED = f"consultation/{CONSULTATION}"
CALLED = f"session/{SESSION}"


def asked_of(body: str, **changes: Any) -> ConsultationSnapshot:
    """A request to a body."""
    facts: dict[str, Any] = {
        "state": "requested",
        "case": CASE,
        "reference": "taroudant/2023/1",
        "body": body,
        "subject": Texts(fr="Un centre d'écoute", original="fr"),
        "is_mandatory": False,
        "due_on": date(2024, 1, 5),
        "opinion": None,
    }
    return ConsultationSnapshot(**{**facts, **changes})


def session_is(**changes: Any) -> SessionSnapshot:
    """A session of the council."""
    facts: dict[str, Any] = {
        "state": "called",
        "session_kind": "extraordinary",
        "called_by": "president",
        "opens_on": date(2023, 12, 27),
        "agenda_to_governor_on": date(2023, 12, 6),
        "notice_to_members_on": None,
        "agenda_version": 1,
        "closed_on": None,
    }
    return SessionSnapshot(**{**facts, **changes})


def asked(bodies: Any, body: str, **changes: Any) -> None:
    """Tell opinions of a request."""
    outcome = bodies.harness.deliver(
        ConsultationRequested(), asked_of(body, **changes), subject=ASKED
    )
    assert outcome == ACK


def cancelled(bodies: Any, body: str) -> None:
    """Tell opinions that the request was cancelled."""
    outcome = bodies.harness.deliver(
        ConsultationCancelled(reason="petition-withdrawn"),
        asked_of(body, state="cancelled"),
        subject=ASKED,
        sequence=2,
    )
    assert outcome == ACK


def called(bodies: Any, **changes: Any) -> None:
    """Tell opinions of a called session."""
    what = SessionCalled(agenda=[], latest_on=date(2023, 12, 7))
    assert bodies.harness.deliver(what, session_is(**changes), subject=CALLED) == ACK


def test_a_repeated_request_is_listed_once(bodies: Any, iecag: str) -> None:
    body = encode(event_envelope(ConsultationRequested(), asked_of(iecag), subject=ASKED))

    outcomes = [bodies.harness.deliver_bytes(body) for _ in range(3)]

    assert outcomes == [ACK, ACK, ACK]
    assert len(bodies.harness.rows(KnownConsultation)) == 1
    listed = bodies.ask("GET", "/consultations").json["consultations"]
    assert [(one["id"], one["state"], one["due_on"]) for one in listed] == [
        (CONSULTATION, "requested", "2024-01-05")
    ]


def test_a_request_is_shown_to_its_body_alone(bodies: Any, iecag: str) -> None:
    forum = bodies.formed("forum")
    bodies.seated(forum, "outsider")
    asked(bodies, iecag)

    listed = bodies.ask("GET", "/consultations", who="outsider").json["consultations"]
    started = bodies.ask(
        "POST", "/opinions", {"body": forum, "consultation": CONSULTATION}, who="outsider"
    )

    assert listed == []
    assert (started.status_code, started.headers["Retry-After"]) == (409, "1")
    assert started.json["errors"][0]["field"] == "consultation"


def test_an_opinion_on_request_takes_case_and_subject_from_it(bodies: Any, iecag: str) -> None:
    asked(bodies, iecag)

    opinion = bodies.started(iecag, consultation=CONSULTATION, subject=None)

    assert (opinion["origin"], opinion["case"]) == ("requested", CASE)
    assert opinion["subject"]["fr"] == "Un centre d'écoute"
    assert opinion["request"]["due_on"] == "2024-01-05"
    after = bodies.harness.emitted("opinion.started.v1")[0].data.after
    assert (after["consultation"], after["case"]) == (CONSULTATION, CASE)
    listed = bodies.ask("GET", "/consultations").json["consultations"][0]
    assert listed["opinions"] == [{"id": opinion["id"], "state": "drafting"}]


def test_one_request_gets_one_opinion_unless_the_first_is_declined(bodies: Any, iecag: str) -> None:
    asked(bodies, iecag)
    wish = {"body": iecag, "consultation": CONSULTATION}
    first = bodies.started(**wish)

    refused = bodies.ask("POST", "/opinions", wish)
    bodies.act(first, "declining", reason="no-quorum")
    second = bodies.ask("POST", "/opinions", wish)

    assert (refused.status_code, second.status_code) == (409, 201)
    assert len(bodies.harness.rows(Opinion)) == 2


def test_an_answered_request_shows_its_answer(bodies: Any, iecag: str) -> None:
    asked(bodies, iecag)
    opinion = person("opinion")
    bodies.harness.deliver(
        ConsultationAnswered(opinion=opinion, submitted_on=TODAY),
        asked_of(iecag, state="answered", opinion=opinion),
        subject=ASKED,
        sequence=2,
    )

    listed = bodies.ask("GET", "/consultations").json["consultations"][0]

    assert (listed["state"], listed["answered_by"]) == ("answered", opinion)
    assert listed["answered_on"] == TODAY.isoformat()


def test_requests_and_sessions_are_paged_by_what_was_seen_last(bodies: Any, iecag: str) -> None:
    for number in range(101):
        bodies.harness.deliver(
            ConsultationRequested(),
            asked_of(iecag),
            subject=f"consultation/{person(f'consultation {number}')}",
        )

    first = bodies.ask("GET", "/consultations").json
    second = bodies.ask("GET", f"/consultations?cursor={first['next_cursor']}").json

    ids = [one["id"] for page in (first, second) for one in page["consultations"]]
    assert (len(first["consultations"]), len(set(ids))) == (100, 101)
    assert second["next_cursor"] is None


def test_observations_are_addressed_to_a_called_session(bodies: Any, iecag: str) -> None:
    called(bodies)
    listed = bodies.ask("GET", "/sessions").json["sessions"]
    assert [(one["id"], one["opens_on"]) for one in listed] == [(SESSION, "2023-12-27")]

    opinion = bodies.started(iecag, session=SESSION)

    assert opinion["addressed_to"]["session_kind"] == "extraordinary"
    after = bodies.harness.emitted("opinion.started.v1")[0].data.after
    assert after["session"] == SESSION


def test_a_session_can_be_named_as_late_as_at_submission(bodies: Any, iecag: str) -> None:
    called(bodies)
    opinion = bodies.adopted(iecag)

    answer = bodies.act(opinion, "submission", session=SESSION)

    assert answer.json["addressed_to"]["id"] == SESSION
    assert bodies.harness.emitted("opinion.submitted.v1")[0].data.after["session"] == SESSION


def test_an_unknown_session_may_be_on_its_way_and_a_closed_one_is_refused(
    bodies: Any, iecag: str
) -> None:
    wish = {"body": iecag, "session": SESSION, "subject": {"fr": "x"}}
    unknown = bodies.ask("POST", "/opinions", wish)
    called(bodies)
    over = session_is(state="closed", closed_on=date(2023, 10, 15))
    bodies.harness.deliver(SessionClosed(), over, subject=CALLED, sequence=2)

    closed = bodies.ask("POST", "/opinions", wish)

    assert (unknown.status_code, unknown.headers["Retry-After"]) == (409, "1")
    assert unknown.json["errors"][0]["field"] == "session"
    assert closed.status_code == 422
    assert closed.json["errors"][0]["field"] == "session"
