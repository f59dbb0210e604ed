"""The town of the errands: a running system, its people, and what they do more than once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Browser

from services.story.people import People, eventually
from shared.demo import DEMO_AUTHORITY
from shared.settings import SERVICES
from tests.end_to_end.browsing import Reader


@dataclass(kw_only=True)
class Town:
    """The running system, its people over HTTP, and a browser for each reader."""

    url: str
    browser: Browser
    people: People
    readers: dict[tuple[str, str], Reader] = field(default_factory=dict)

    def reader(self, who: str = "", language: str = "fr") -> Reader:
        """Somebody's browser, signed in; without a name that of a stranger."""
        key = (who, language)
        if key not in self.readers:
            made = Reader(self.browser, self.url, language)
            self.readers[key] = made.sign_in(who) if who else made
        return self.readers[key]

    @property
    def today(self) -> date:
        """The authority's business date."""
        known = self.people.get(f"/review/v1/authorities/{DEMO_AUTHORITY}")
        return date.fromisoformat(known["today"])

    def move_to(self, day: str) -> None:
        """Move the business date, and wait until every service knows it."""
        path = f"/identity/v1/authorities/{DEMO_AUTHORITY}/business-date"
        self.people.act(path, {"date": day}, who="operator", name=f"errand-{day}")
        for service in SERVICES:
            if service != "portal":
                eventually(lambda name=service: self._knows(name, day), f"the date in {service}")

    def _knows(self, service: str, day: str) -> bool:
        known = self.people.get(f"/{service}/v1/authorities/{DEMO_AUTHORITY}")
        return bool(known["today"] >= day)


@dataclass(kw_only=True)
class Filed:
    """A petition as its association filed it."""

    id: str
    reference: str
    code: str
    receipt: str

    @property
    def case(self) -> str:
        """The address of its case at the council's desk."""
        return f"/desk/cases/{self.id}"


def draft(association: Reader, arabic: str, french: str) -> None:
    """Write a petition of the association Annakhil, and save it as a draft."""
    fill(association, arabic, french)
    association.press("main form button[type=submit]")


def fill(association: Reader, arabic: str, french: str) -> None:
    """Fill the form of a new petition, and leave it unsent."""
    association.go("/desk/petitions").press('main a[href="/desk/petitions/new"]')
    for name, value in {
        "subject.ar": arabic,
        "subject.fr": french,
        "reasons": "Les femmes du quartier n'ont pas de lieu de formation.",
        "association.name.ar": "جمعية النخيل",
        "association.name.fr": "Association Annakhil",
        "association.founded_on": "2011-04-18",
        "association.has_seat_here": "yes",
        "name_latin": "Représentante Annakhil",
    }.items():
        association.put(f"petition-{name}", value)


def sent_twice(reader: Reader, button: str, where: str) -> int:
    """Press a button twice at once, then send the same request again; the status of the last."""
    with reader.page.expect_request(lambda request: request.method == "POST") as caught:
        reader.page.locator(button).first.dblclick(no_wait_after=True)
    reader.page.wait_for_url(re.compile(where))
    sent = caught.value
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": reader.url}
    again = reader.context.request.post(sent.url, data=sent.post_data or "", headers=headers)
    return int(again.status)
