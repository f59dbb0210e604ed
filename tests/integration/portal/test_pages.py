"""Every page, in three languages, with nothing inline."""

import re

import pytest
from flask import Flask

from services.portal.app import create_app, pages_without_declaration
from services.portal.formats import state_label
from shared.http_client import ServiceClients
from shared.settings import PlatformSettings
from tests.integration.portal.answers import CASE, COMMITTEE, DOCUMENTS, ID, PUBLIC_CASE, TRACKED
from tests.integration.portal.conftest import MASTER, Reader
from tests.integration.portal.fakes import FakeServices

TRACKER = ("tracker",)
"""No role of identity's: a stranger with the reference and the code of a receipt."""

PAGES = {
    "public.home": ("/", ()),
    "public.authority_home": ("/taroudant", ()),
    "public.petitions": ("/taroudant/petitions", ()),
    "public.petition": ("/taroudant/2023/1", ()),
    "public.sessions": ("/taroudant/sessions", ()),
    "public.decisions": ("/taroudant/decisions", ()),
    "public.track": ("/track", ()),
    "letters.letters": ("/track/letters", TRACKER),
    "letters.receipt": ("/track/letters/receipt", TRACKER),
    "law.answers": ("/law", ()),
    "law.changes": ("/law/changes", ()),
    "calendar.month": ("/taroudant/calendar", ("secretariat",)),
    "feeds.settings": ("/desk/calendar-feed", ("bureau",)),
    "law.rules": ("/law/rules", ()),
    "account.sign_in": ("/sign-in", ()),
    "account.sign_up": ("/sign-up", ()),
    "council.queue": ("/desk/queue", ("secretariat",)),
    "council.case": (f"/desk/cases/{CASE}", ("president",)),
    "committees.council": ("/desk/council", ("council-member",)),
    "committees.committee": (f"/desk/committees/{COMMITTEE}", ("committee-chair",)),
    "sittings.list_sessions": ("/desk/sessions", ("secretariat",)),
    "sittings.session": (f"/desk/sessions/{ID}", ("secretariat",)),
    "agenda.agenda": (f"/desk/sessions/{ID}/agenda", ("secretariat",)),
    "room.room": (f"/desk/sessions/{ID}/room", ("secretariat",)),
    "decisions.list_decisions": ("/desk/decisions", ("secretariat",)),
    "decisions.decision": (f"/desk/decisions/{ID}", ("secretariat",)),
    "papers.wording": ("/desk/wording", ("secretariat",)),
    "petitioner.own_petitions": ("/desk/petitions", ("petitioner",)),
    "petitioner.new_petition": ("/desk/petitions/new", ("petitioner",)),
    "petitioner.petition": (f"/desk/petitions/{CASE}", ("petitioner",)),
    "erasures.listed": ("/desk/erasures", ("petitioner",)),
    "petitioner.receipt": (f"/desk/petitions/{CASE}/receipt", ("petitioner",)),
    "notices.own": ("/notices", ("petitioner",)),
    "notices.notice": (f"/notices/{ID}", ("secretariat",)),
    "body.requests": ("/desk/opinions", ("body-member",)),
    "body.opinion": (f"/desk/opinions/{ID}", ("body-member",)),
    "auditor.ledger": ("/desk/ledger", ("auditor",)),
    "auditor.entry": ("/desk/ledger/7", ("auditor",)),
    "auditor.subject": (f"/desk/subjects/case/{CASE}", ("auditor",)),
    "auditor.replay": ("/desk/replay", ("auditor",)),
    "operator.bus": ("/desk/bus", ("operator",)),
    "operator.authorities": ("/desk/authorities", ("operator",)),
}
NO_PAGES = {
    "static",
    "health",
    "health_live",
    "account.desk",
    "feeds.public",
    "feeds.own",
    "papers.document",
    "letters.letter",
    "agenda.document",
    "papers.preview",
}
LANGUAGES = ("ar", "fr", "en")


def come(reader: Reader, services: FakeServices, roles: tuple[str, ...]) -> None:
    """Let the reader be who sees a page."""
    if roles == TRACKER:
        services.answer("intake", "GET", "/tracking", TRACKED)
        services.answer("review", "GET", "/letters", {"letters": DOCUMENTS["documents"]})
        reader.browser.set_cookie("arida_tracking", "taroudant/2023/1|TRACKCODE1")
    elif roles:
        reader.sign_in(*roles)


def test_every_page_is_tested_here(portal: Flask) -> None:
    routes = {
        rule.endpoint for rule in portal.url_map.iter_rules() if "GET" in (rule.methods or ())
    }

    assert routes - NO_PAGES == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("endpoint", PAGES)
def test_every_page_is_shown_in_every_language(
    reader: Reader, services: FakeServices, endpoint: str, language: str
) -> None:
    path, roles = PAGES[endpoint]
    come(reader, services, roles)

    answer = reader.get(f"{path}?lang={language}")

    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert answer.headers["Content-Language"] == language
    assert "<script" not in html
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert "%(" not in html
    assert "LazyText" not in html


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_page_repeats_an_id(reader: Reader, services: FakeServices, endpoint: str) -> None:
    path, roles = PAGES[endpoint]
    come(reader, services, roles)

    ids = re.findall(r'\sid="([^"]+)"', reader.get(path).get_data(as_text=True))

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_page_asks_a_service_once_for_each_row(
    reader: Reader, services: FakeServices, endpoint: str
) -> None:
    path, roles = PAGES[endpoint]
    come(reader, services, roles)

    reader.get(path)

    reads = [call for fake in services.services.values() for call in fake.calls]
    most = 18 if endpoint == "operator.bus" else 11
    assert len(reads) <= most


def test_every_route_says_who_may_see_it(portal: Flask) -> None:
    assert pages_without_declaration(portal) == []


def test_a_route_without_a_declaration_is_found() -> None:
    portal = create_app(ServiceClients({}), PlatformSettings(), master=MASTER)
    portal.add_url_rule("/forgotten", "forgotten", lambda: "")

    assert pages_without_declaration(portal) == ["forgotten"]


def test_every_answer_carries_the_strict_policy(reader: Reader) -> None:
    for path in ("/", "/nowhere/at/all", "/static/arida.css"):
        answer = reader.get(path)

        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()


def test_what_a_petitioner_wrote_is_text_and_never_markup(reader: Reader) -> None:
    reader.sign_in("petitioner")

    html = reader.get(f"/desk/petitions/{CASE}").get_data(as_text=True)

    assert "Parce que &lt;b&gt;non&lt;/b&gt;" in html
    assert "<b>non</b>" not in html


def test_the_chosen_language_is_kept(reader: Reader) -> None:
    reader.get("/?lang=en")

    assert '<html lang="en"' in reader.get("/taroudant/petitions").get_data(as_text=True)


def test_an_unknown_language_is_told_so(reader: Reader) -> None:
    answer = reader.get("/?lang=xx")

    assert answer.status_code == 422
    assert "« xx » n&#39;est pas une langue" in answer.get_data(as_text=True)


def test_another_business_date_than_today_is_shown(reader: Reader) -> None:
    assert "16 octobre 2023" in reader.get("/track").get_data(as_text=True)


def test_an_unknown_place_is_a_page_and_no_program_text(reader: Reader) -> None:
    answer = reader.get("/nowhere")

    assert answer.status_code == 404
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_part_that_is_down_is_a_page_of_its_own(reader: Reader, services: FakeServices) -> None:
    services.answer("review", "GET", "/petitions", {"code": "try-later"}, status=503)

    answer = reader.get("/taroudant/petitions")

    assert answer.status_code == 503
    assert "<main" in answer.get_data(as_text=True)


def test_a_broken_answer_is_told_without_its_inside(reader: Reader, services: FakeServices) -> None:
    services.answer("review", "GET", "/petitions", {"unexpected": True})

    answer = reader.get("/taroudant/petitions")

    assert answer.status_code == 500
    assert "KeyError" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("page", ["/taroudant/petitions", "/desk/petitions"])
def test_a_decided_petition_is_listed_with_its_decision(
    reader: Reader, services: FakeServices, page: str
) -> None:
    decided = {**PUBLIC_CASE, "decision_state": "enforceable"}
    services.answer("review", "GET", "/petitions", {"petitions": [decided], "next_cursor": None})
    services.answer("review", "GET", "/cases/mine", {"cases": [decided], "next_cursor": None})
    reader.sign_in("petitioner")

    html = reader.get(page).get_data(as_text=True)

    assert str(state_label("decision", "enforceable")) in html


def test_the_timeline_begins_with_the_filing_and_names_no_program(reader: Reader) -> None:
    reader.sign_in("secretariat")

    for page in ("/taroudant/2023/1", f"/desk/cases/{CASE}"):
        acts = reader.get(page).get_data(as_text=True).partition('class="timeline')[2]
        first = acts.partition("</li>")[0]
        assert "Pétition déposée contre récépissé" in first
        assert "16 octobre 2023" in first
        assert "Secrétariat du conseil" not in first
