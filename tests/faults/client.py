"""People who file petitions and take steps while the system breaks under them.

Every act has a key of its own; an act without an answer is sent again, with the same key and the
same content, until somebody answers it.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.clock import monotonic
from shared.demo import DEMO_AUTHORITY, DEMO_DOMAIN, demo_id, demo_password
from shared.ids import new_id
from tests.faults.history import History

OTHER_AUTHORITY = "agadir"
PATIENCE_SECONDS = 90.0
TOKEN_SECONDS = 200.0
AGAIN_SECONDS = 0.25
PAUSE_SECONDS = 0.3
REPEATED = 0.15
"""The share of answered acts that are sent once more, and once with another content."""

PETITION = {
    "petitioner": "association",
    "subject": {"fr": "Un centre d'écoute", "original": "fr"},
    "reasons": "Pour écouter.",
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative"}],
}
VOTE = {"present": 10, "votes_for": 10, "votes_against": 0, "abstentions": 0}


class NoAnswer(Exception):
    """Nobody answered within the patience of a person."""


class Refused(Exception):
    """The system said no, for good."""


@dataclass(kw_only=True)
class Client:
    """Some people at one address; each call of ``live`` or ``file`` is one person's day."""

    url: str
    history: History
    chance: random.Random
    pause: float = PAUSE_SECONDS
    stop: threading.Event = field(default_factory=threading.Event)
    _waiting: list[str] = field(default_factory=list)
    _tokens: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.url, timeout=10, trust_env=False)

    def file_until_stopped(self) -> None:
        """File petitions one after the other, in both authorities, waiting for nothing."""
        self._until_stopped(
            lambda: self.file(self.chance.choice([DEMO_AUTHORITY, OTHER_AUTHORITY]))
        )

    def live_until_stopped(self) -> None:
        """Take petitions through their whole way, one after the other."""
        self._until_stopped(self.live)

    def file(self, authority: str) -> str:
        """Draft and file one petition; returns its id."""
        who = "legal.annakhil" if authority == DEMO_AUTHORITY else "legal.rempart"
        by = {"who": who, "authority": authority}
        petition = str(self.act("draft", "/intake/v1/petitions", PETITION, **by)["id"])
        path = f"/intake/v1/petitions/{petition}/filing"
        self.act("file", path, {}, petition=petition, **by)
        return petition

    def live(self) -> None:
        """File a petition, or go on with one whose case is there: decided, referred, consulted."""
        if not self._waiting or self.chance.random() < 0.4:
            self._waiting.append(self.file(DEMO_AUTHORITY))
        petition = self.chance.choice(self._waiting)
        if not self._sees(f"/review/v1/cases/{petition}", "secretariat"):
            return
        self.history.note("case", petition=petition)
        self._waiting.remove(petition)
        if self.chance.random() < 0.2:
            path = f"/intake/v1/petitions/{petition}/withdrawal-request"
            self.act("ask-withdrawal", path, {}, who="legal.annakhil", petition=petition)
        case = f"/review/v1/cases/{petition}"
        said = {"despite_reason": "Played by a test: nothing was checked."}
        self.act("admit", f"{case}/admission", said, who="vice1", petition=petition)
        committee = {"committee": str(demo_id("committee-social"))}
        self.act("refer", f"{case}/referral", committee, who="secretariat", petition=petition)
        if self.chance.random() < 0.4:
            self._opinion(petition, case)

    def act(
        self, what: str, path: str, body: dict[str, Any], *, who: str, **facts: Any
    ) -> dict[str, Any]:
        """Do one thing once, however often it must be sent; returns the answer.

        Raises ``Refused`` for a final no, ``NoAnswer`` when nobody answered in time.
        """
        authority, key = facts.pop("authority", DEMO_AUTHORITY), str(new_id())
        facts = {"act": what, "key": key, "authority": authority, **facts}
        answer = self._answered(facts, lambda: self._post(path, body, key, who, authority))
        said = dict(answer.json())
        subject = facts.get("petition") or said.get("id")
        noted = {"status": answer.status_code, "reference": said.get("reference")}
        replayed = "Idempotency-Replayed" in answer.headers
        self.history.note("done", **{**facts, "petition": subject, **noted, "replayed": replayed})
        if self.chance.random() < REPEATED:
            self._press_again(path, body, answer, facts, who=who)
        return said

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _until_stopped(self, day: Any) -> None:
        while not self.stop.is_set():
            try:
                day()
            except (Refused, NoAnswer):
                self.stop.wait(AGAIN_SECONDS)
            self.stop.wait(self.pause)

    def _opinion(self, petition: str, case: str) -> None:
        asked = {"body": str(demo_id("body-iecag")), "is_mandatory": False, "due_on": "2023-09-05"}
        path = f"{case}/consultations"
        found = self.act("consult", path, asked, who="secretariat", petition=petition)
        who = "rapporteur.iecag"
        self._wait_for_request(found["id"], who)
        begun = {
            "body": str(demo_id("body-iecag")),
            "consultation": found["id"],
            "subject": PETITION["subject"],
        }
        opinion = self.act("start", "/opinions/v1/opinions", begun, who=who)["id"]
        path = f"/opinions/v1/opinions/{opinion}"
        self._write(path, who)
        self.act("adopt", f"{path}/adoption", VOTE, who=who, opinion=opinion)
        self.act("submit", f"{path}/submission", {}, who=who, opinion=opinion)

    def _write(self, path: str, who: str) -> None:
        def put() -> httpx.Response:
            version = self._get(path, who).headers.get("ETag", "")
            headers = {**self._bearer(who, DEMO_AUTHORITY), "If-Match": version}
            return self._http.put(f"{path}/draft", json={"text": "Avis."}, headers=headers)

        self._answered({"act": "write"}, put)

    def _sees(self, path: str, who: str, holds: str = "") -> bool:
        try:
            answer = self._get(path, who)
        except (httpx.TransportError, NoAnswer) as error:
            self.history.note("no-answer", act="look", reason=type(error).__name__)
            return False
        return answer.is_success and holds in answer.text

    def _wait_for_request(self, id_: str, who: str) -> None:
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until and not self.stop.is_set():
            if self._sees("/opinions/v1/consultations", who, holds=id_):
                return
            self.stop.wait(AGAIN_SECONDS)
        raise NoAnswer(id_)

    def _press_again(
        self,
        path: str,
        body: dict[str, Any],
        first: httpx.Response,
        facts: dict[str, Any],
        **by: str,
    ) -> None:
        authority, key = facts["authority"], facts["key"]
        again = self._answered(
            facts, lambda: self._post(path, body, key, by["who"], authority), refusals_too=True
        )
        if (again.status_code, again.content) != (first.status_code, first.content):
            self.history.note("violation", rule="I4", said=again.text[:200], **facts)
        other = {**body, "late_reason": "another"}
        said = self._answered(
            facts, lambda: self._post(path, other, key, by["who"], authority), refusals_too=True
        )
        if said.status_code not in {409, 422}:
            self.history.note("violation", rule="I4", said=said.text[:200], **facts)

    def _answered(
        self, facts: dict[str, Any], send: Any, *, refusals_too: bool = False
    ) -> httpx.Response:
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            try:
                answer: httpx.Response = send()
            except (httpx.TransportError, NoAnswer) as error:
                self.history.note("no-answer", reason=type(error).__name__, **facts)
            else:
                if answer.status_code == 401:
                    self._tokens.clear()
                    continue
                if answer.is_success or (refusals_too and _is_final(answer)):
                    return answer
                if _is_final(answer):
                    said = {"status": answer.status_code, "said": answer.text[:300]}
                    self.history.note("refused", **facts, **said)
                    raise Refused(answer.text)
                self.history.note("no-answer", status=answer.status_code, **facts)
            threading.Event().wait(AGAIN_SECONDS)
        self.history.note("given-up", **facts)
        raise NoAnswer(str(facts))

    def _post(
        self, path: str, body: dict[str, Any], key: str, who: str, authority: str
    ) -> httpx.Response:
        headers = {**self._bearer(who, authority), "Idempotency-Key": key}
        return self._http.post(path, json=body, headers=headers)

    def _get(self, path: str, who: str) -> httpx.Response:
        return self._http.get(path, headers=self._bearer(who, DEMO_AUTHORITY))

    def _bearer(self, who: str, authority: str) -> dict[str, str]:
        token, until = self._tokens.get((who, authority), ("", 0.0))
        if monotonic() >= until:
            token = self._signed_in(who, authority)
            self._tokens[who, authority] = (token, monotonic() + TOKEN_SECONDS)
        return {"Authorization": f"Bearer {token}"}

    def _signed_in(self, who: str, authority: str) -> str:
        name, password = f"{who}@{DEMO_DOMAIN}", demo_password(who)
        asked = {"login": name, "password": password, "authority": authority}
        handle = self._new("/identity/v1/sessions", asked)["handle"]
        return str(self._new(f"/identity/v1/sessions/{handle}/tokens", {})["access_token"])

    def _new(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(path, json=body, headers={"Idempotency-Key": str(new_id())})
        if not answer.is_success:
            raise NoAnswer(f"{path}: {answer.status_code} {answer.text[:200]}")
        return dict(answer.json())


def _is_final(answer: httpx.Response) -> bool:
    """Whether an answer is a no, rather than a "not now" or a broken way to the service."""
    return 400 <= answer.status_code < 500 and "Retry-After" not in answer.headers
