"""What a row of the table of notices says, and the names of those who are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notifications.versions import Version, by_event
from shared.events.catalogue import Event

PEOPLE_OF_FILE = "people-of-file"
PEOPLE_OF_CASE = "people-of-case"
SECRETARIAT = "secretariat"
PRESIDENT = "president"
ABOVE = "president-and-bureau-of-a-second-alarm"
TOLD_OF_TERM = "people-told-the-old-day-of-a-term"
PETITIONERS_TERM = "people-of-file-for-a-term-of-theirs"
BODY_MEMBERS = "body-members"
COUNCIL_MEMBERS = "council-members"
PERSON_CONCERNED = "person-concerned"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: an event, who is told of it, the text's key, and which facts the text shows.

    ``facts`` names fields of the event or, where it lacks them, of the state after it. A courtesy
    is not sent again when nobody knows whether the first sending arrived; a legal notice is.
    """

    handler: str
    event: type[Event]
    notice_kind: str
    tells: tuple[str, ...]
    facts: tuple[str, ...] = ()
    version: Version = by_event
    is_courtesy: bool = False


def tell(handler: str, event: type[Event], kind: str, *tells: str, **more: Any) -> Rule:
    """One row: the handler, its event, the text's key, and who is told."""
    return Rule(handler=handler, event=event, notice_kind=kind, tells=tells, **more)
