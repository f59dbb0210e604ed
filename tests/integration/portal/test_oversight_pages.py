"""What auditors and operators see and do."""

from tests.integration.portal.answers import CASE
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def test_a_replay_shows_each_difference(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("auditor")
    found = {"subject": f"case/{CASE}", "sequence": 2, "reason": "live-differs"}
    result = {"cases": 1, "events": 9, "behind": 0, "divergences": [found]}
    services.answer("audit", "POST", "/replays", result)

    html = reader.send("/desk/replay", "/desk/replay", {}).get_data(as_text=True)

    assert "Le service présente un autre état que le registre." in html


def test_the_bus_page_counts_waiting_and_dead_messages_apart_from_the_log(reader: Reader) -> None:
    reader.sign_in("operator")

    html = reader.get("/desk/bus").get_data(as_text=True)

    assert '<bdi dir="ltr">3</bdi>' in html
    assert '<bdi dir="ltr">4</bdi>' in html
    assert "900" not in html


def test_a_moved_business_date_is_seen_at_once(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("operator")
    place = "/desk/authorities/taroudant/business-date"
    services.answer("identity", "POST", "/authorities/taroudant/business-date", {})
    authorities = services.services["identity"].table["GET", "/authorities"]
    authorities["authorities"] = [{**authorities["authorities"][0], "today": "2023-11-20"}]

    answer = reader.send("/desk/authorities", place, {"business-date_taroudant-date": "2023-11-20"})

    assert answer.status_code == 303
    assert "20 novembre 2023" in reader.get("/desk/authorities").get_data(as_text=True)
