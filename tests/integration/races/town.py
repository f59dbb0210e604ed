"""A citizen with an account who petitions: identity and intake, and what passes between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.identity.accounts.queries import find_person
from services.identity.base import INSTALLATION
from services.identity.erasures.models import Erasure
from services.identity.timers import erase_accounts_in_time
from services.intake.models import PetitionPerson
from services.intake.timers import erase_names_in_time
from shared.db.engine import EVERY_AUTHORITY
from shared.events.cases import CaseClosed, CaseReopened
from shared.testing.harness import ACK, AUTHORITY, Harness, person
from tests.integration.identity.conftest import account, grant, register
from tests.integration.intake.test_filing import DRAFT
from tests.integration.notifications.conftest import case_snapshot

CITIZEN = person("citizen")
CLOSED_ON = date(2023, 10, 16)
LAST_DAY, DAY_AFTER = "2023-12-15", "2023-12-16"
ASKED = {"ground": "no-longer-needed"}
PassOn = Callable[[Harness, Harness], None]


class Town:
    """A citizen with an account who petitions: identity and intake, and what passes between."""

    def __init__(self, identity: Harness, intake: Harness, pass_on: PassOn) -> None:
        self.identity, self.intake, self._pass_on = identity, intake, pass_on
        register(identity)
        account(identity, "citizen", name_arabic="مواطن")
        grant(identity, "citizen", "petitioner")
        self.settle()

    def settle(self) -> None:
        """Let each hear what the other said, until neither has more to say."""
        for _ in range(3):
            self._pass_on(self.identity, self.intake)
            self._pass_on(self.intake, self.identity)

    def today(self, day: str) -> None:
        """Set the day, and let what fell due be done."""
        body = {"date": day}
        path = f"/authorities/{AUTHORITY}/business-date"
        answer = self.identity.request("POST", path, body, role="operator", client="client:cli")
        assert answer.status_code == 200, answer.text
        self.settle()
        erase_names_in_time(self.intake.context)
        self.settle()
        erase_accounts_in_time(self.identity.context)

    def petition(self, *steps: str, **changes: Any) -> str:
        """A petition of the citizen's, taken through these steps."""
        said = {**DRAFT, **changes}
        made = self.intake.request("POST", "/petitions", said, role="petitioner", who="citizen")
        for step in steps:
            path = f"/petitions/{made.json['id']}/{step}"
            done = self.intake.request("POST", path, {}, role="petitioner", who="citizen")
            assert done.status_code == 200, done.text
        return str(made.json["id"])

    def closed(self, petition: str) -> None:
        """Its case was closed."""
        self._case(petition, CaseClosed(outcome="answered"), 1)

    def opened_again(self, petition: str) -> None:
        """Its case was opened again."""
        self._case(petition, CaseReopened(reason="error"), 2)

    def ask(self, **more: Any) -> Any:
        """The citizen asks for the erasure; what follows at once is done."""
        sent = {"role": "petitioner", "who": "citizen", **more}
        answer = self.identity.request("POST", "/erasures", ASKED, **sent)
        self.settle()
        return answer

    @property
    def erasure(self) -> Any:
        """The newest request."""
        return self.identity.rows(Erasure)[-1]

    @property
    def names(self) -> Sequence[str | None]:
        """What intake still knows of names in files."""
        context = self.intake.context
        rows = self.intake.rows(PetitionPerson)
        with context.database.read(EVERY_AUTHORITY) as session:
            return context.vault(session, AUTHORITY).reveal_all([row.name_latin for row in rows])

    @property
    def address(self) -> str | None:
        """What identity still knows of the citizen's address."""
        context = self.identity.context
        with context.database.read(EVERY_AUTHORITY) as session:
            vault = context.vault(session, INSTALLATION)
            found = find_person(session, vault, UUID(CITIZEN))
        return found.email if found else None

    def _case(self, petition: str, what: Any, sequence: int) -> None:
        after = case_snapshot("citizen", state="closed")
        subject = f"case/{petition}"
        outcome = self.intake.deliver(
            what, after, subject=subject, sequence=sequence, acted_on=CLOSED_ON
        )
        assert outcome == ACK
        self.settle()
