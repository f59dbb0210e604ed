"""What auditors and operators see and do."""

import html

import pytest

from services.portal.clients import Json
from tests.integration.portal.answers import CASE
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def test_a_replay_shows_each_difference(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("auditor")
    found = {"subject": f"case/{CASE}", "sequence": 2, "reason": "live-differs"}
    result = {"cases": 1, "events": 9, "behind": 0, "divergences": [found]}
    services.answer("audit", "POST", "/replays", result)

    page = reader.send("/desk/replay", "/desk/replay", {}).get_data(as_text=True)

    assert "Le service présente un autre état que le registre." in page


def test_the_bus_page_counts_waiting_and_dead_messages_apart_from_the_log(reader: Reader) -> None:
    reader.sign_in("operator")

    page = reader.get("/desk/bus").get_data(as_text=True)

    assert '<bdi dir="ltr">3</bdi>' in page
    assert '<bdi dir="ltr">4</bdi>' in page
    assert "900" not in page


@pytest.mark.parametrize(
    ("health", "what", "to_do"),
    [
        (
            {"status": "down", "parts": {"database": "ok", "migrations": "down"}},
            "Sa base de données est d'une autre version que le programme.",
            "arida migrate review",
        ),
        (
            {"status": "down", "parts": {"database": "down"}},
            "Sa base de données ne répond pas.",
            "rien de ce qui a été accepté n'est perdu",
        ),
        ({}, "Elle ne répond pas.", "arida serve review"),
    ],
)
def test_a_part_that_is_out_of_service_needs_an_operator(
    reader: Reader, services: FakeServices, health: Json, what: str, to_do: str
) -> None:
    reader.sign_in("operator")
    services.answer("review", "GET", "/health", health, status=503)

    page = html.unescape(reader.get("/desk/bus").get_data(as_text=True))

    assert what in page
    assert to_do in page
    assert "Hors service" in page
    assert "Rien ne demande d'intervention." not in page


def test_a_moved_business_date_is_seen_at_once(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("operator")
    place = "/desk/authorities/taroudant/business-date"
    services.answer("identity", "POST", "/authorities/taroudant/business-date", {})
    authorities = services.services["identity"].table["GET", "/authorities"]
    authorities["authorities"] = [{**authorities["authorities"][0], "today": "2023-11-20"}]

    answer = reader.send("/desk/authorities", place, {"business-date_taroudant-date": "2023-11-20"})

    assert answer.status_code == 303
    assert "20 novembre 2023" in reader.get("/desk/authorities").get_data(as_text=True)


def test_a_new_petition_is_offered_to_those_alone_who_may_begin_one(
    reader: Reader, services: FakeServices
) -> None:
    def offered() -> bool:
        return 'href="/desk/petitions/new"' in reader.get("/taroudant").get_data(as_text=True)

    to_a_stranger = offered()
    reader.sign_in("operator")

    assert (to_a_stranger, offered()) == (True, False)
