"""One errand for each kind of user, in a browser without JavaScript, on one embedded system.

The errands lead one petition from its draft to the vote. Each step is played once, by the first
test that needs it, so that any test can be run alone and in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from services.story.people import People, eventually
from shared.demo import DEMO_AUTHORITY, demo_id
from shared.settings import SERVICES
from tests.end_to_end.browsing import Reader
from tests.end_to_end.browsing import browser as headless
from tests.end_to_end.conftest import EmbeddedProcess
from tests.end_to_end.town import Filed, Town, draft, fill, sent_twice

pytestmark = [pytest.mark.early(60), pytest.mark.timeout(150)]

SUBJECT_FR = "Création d'un centre de formation pour les femmes"
SUBJECT_AR = "إحداث مركز للتكوين لفائدة النساء"
OPINION = "الهيئة توصي بإحداث المركز."
GOVERNORS = "Un point du gouverneur"
MEMBERS_OWN = "Un point de trois membres"
REASON = "المجلس يأخذ بتوصية الهيئة."


@pytest.fixture(scope="module")
def town(embedded: EmbeddedProcess, chrome_path: str) -> Iterator[Town]:
    people = People(embedded.url, DEMO_AUTHORITY)
    for made in headless(chrome_path):
        yield Town(url=embedded.url, browser=made, people=people)
    people.close()


@pytest.fixture(scope="module")
def filed(town: Town) -> Filed:
    """An association drafts a petition and files it; its case opens by itself."""
    town.move_to("2023-10-16")
    association = town.reader("legal.annakhil")
    draft(association, SUBJECT_AR, SUBJECT_FR)
    petition = association.path.rpartition("/")[2]
    association.act("filing")
    eventually(
        lambda: town.people.find(f"/review/v1/cases/{petition}", who="secretariat"), "the case"
    )
    association.go(f"/desk/petitions/{petition}").press('main a[href$="/receipt"]')
    reference = re.search(r"taroudant/2023/\d+", association.text)
    code = association.page.inner_text(".code-line").strip()
    assert reference is not None
    return Filed(id=petition, reference=reference[0], code=code, receipt=association.text)


@pytest.fixture(scope="module")
def admitted(town: Town, filed: Filed) -> Filed:
    """The bureau accepts the petition."""
    town.move_to("2023-11-20")
    office = town.reader("secretariat").go(filed.case)
    office.open_form("check_association-age")
    office.put("check_association-age-note", "وصل مؤرخ في 2011")
    office.act("check_association-age", outcome="met")
    bureau = town.reader("vice1")
    bureau.go("/desk/queue").press(f'a[href="{filed.case}"]')
    bureau.act("admission", despite_reason="Les autres pièces ont été vues au guichet.")
    return filed


@pytest.fixture(scope="module")
def referred(town: Town, admitted: Filed) -> Filed:
    """The secretariat refers it to its committee and asks a body for its opinion."""
    secretariat = town.reader("secretariat")
    secretariat.go("/desk/queue").press(f'a[href="{admitted.case}"]')
    secretariat.act("referral", committee=str(demo_id("committee-social")))
    secretariat.act("consultation", body=str(demo_id("body-iecag")), due_on="2024-01-10")
    return admitted


@pytest.fixture(scope="module")
def reported(town: Town, referred: Filed) -> Filed:
    """The committee's chair hands in its report."""
    chair = town.reader("chair.social", "ar")
    chair.go("/desk/queue").press(f'a[href="{referred.case}"]')
    chair.open_form("report")
    chair.put("report-text", "توصي اللجنة بالموافقة.")
    chair.act("report", recommendation="favourable")
    return referred


@pytest.fixture(scope="module")
def opinion(town: Town, referred: Filed) -> str:
    """The id of the opinion that a member of the body drafts, lets adopt and submits."""
    member = town.reader("rapporteur.iecag")
    eventually(lambda: member.shows("/desk/opinions", SUBJECT_FR), "the request")
    member.go("/desk/opinions").press('main a[href*="consultation="]')
    member.open_form("start")
    member.press("#act-start form button[type=submit]")
    opinion = member.path.rpartition("/")[2]
    member.put("draft-text", OPINION)
    member.press('main form[action$="/draft"] button[type=submit]')
    ballot = {"present": "9", "votes_for": "8", "votes_against": "1", "abstentions": "0"}
    member.act("adoption", **ballot).act("submission")
    secretariat = town.reader("secretariat")
    eventually(lambda: secretariat.shows(referred.case, "Avis reçu"), "the opinion in the file")
    return opinion


@pytest.fixture(scope="module")
def session(town: Town, reported: Filed, opinion: str) -> str:
    """The address of a session that was planned, called and convened in time."""
    secretariat = town.reader("secretariat")
    secretariat.go("/desk/sessions").act("plan", opens_on="2024-02-06")
    session = secretariat.path
    secretariat.act("item", case=reported.id)
    town.move_to("2024-01-10")
    secretariat.go(session).act("call")
    secretariat.press(f'main a[href="{session}/agenda"]')
    secretariat.act("governor-receipt", received_on="2024-01-10")
    secretariat.act("governor-item", subject__fr=GOVERNORS, origin_on="2024-01-10")
    asked = {"subject__ar": "نقطة أخرى", "subject__fr": MEMBERS_OWN}
    secretariat.act("request", **asked, members="3", received_on="2024-01-10")
    town.move_to("2024-01-22")
    secretariat.go(session).act("convening")
    secretariat.go(f"{session}/agenda")
    secretariat.act("proof", channel="registered-post", proof="RR 1 à 35")
    return session


@pytest.fixture(scope="module")
def voted(town: Town, session: str, opinion: str) -> str:
    """The same session, opened with its quorum, after the vote; the opinion is answered."""
    town.move_to("2024-02-06")
    secretariat = town.reader("secretariat")
    secretariat.go(session).act("sitting", present="28")
    form = secretariat.page.locator('[id^="act-vote_"]').first.get_attribute("id") or ""
    votes = {"votes_for": "27", "votes_against": "0", "abstentions": "1", "president": "for"}
    reply = {f"opinions__{opinion}__answer": "followed", f"opinions__{opinion}__reason": REASON}
    secretariat.act(form.removeprefix("act-"), **votes, **reply)
    return session


def test_an_association_files_a_petition_and_holds_its_receipt(town: Town, filed: Filed) -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{10}", filed.code)
    assert SUBJECT_FR in filed.receipt
    assert "lundi 16 octobre 2023" in filed.receipt

    association = town.reader("legal.annakhil")

    assert SUBJECT_FR in association.go("/desk/petitions").text
    assert "Pétition déposée contre récépissé" in association.go(f"/desk/petitions/{filed.id}").text


@pytest.mark.parametrize(
    ("language", "subject", "filing"),
    [("ar", SUBJECT_AR, "16 أكتوبر 2023"), ("fr", SUBJECT_FR, "16 octobre 2023")],
)
def test_anybody_tracks_a_petition_with_the_receipts_code_and_reads_its_page(
    town: Town, filed: Filed, language: str, subject: str, filing: str
) -> None:
    stranger = town.reader(language=language).go("/").go("/track")
    stranger.put("tracking-reference", filed.reference)
    stranger.put("tracking-code", filed.code)

    stranger.press("main form button[type=submit]")

    assert stranger.path == f"/{filed.reference}"
    assert subject in stranger.text
    assert filing in stranger.page.inner_text(".timeline li >> nth=0")
    assert "Représentante" not in stranger.page.content()
    stranger.go(f"/{DEMO_AUTHORITY}/petitions").press(f'main a[href="/{filed.reference}"]')


def test_the_holder_of_a_receipt_reads_it_again_without_an_account(
    town: Town, filed: Filed
) -> None:
    stranger = town.reader(language="ar").go("/track")
    stranger.put("tracking-reference", filed.reference)
    stranger.put("tracking-code", filed.code)
    stranger.press("main form button[type=submit]")

    stranger.press('main a[href="/track/letters"]')
    stranger.press('main a[href="/track/letters/receipt"]')

    assert filed.reference in stranger.text
    assert filed.code in stranger.text


def test_the_bureau_accepts_a_petition(town: Town, admitted: Filed) -> None:
    bureau = town.reader("vice1").go(admitted.case)

    assert "Pétition acceptée par le bureau" in bureau.text
    assert not bureau.page.locator("#act-admission").count()


def test_the_secretariat_refers_a_petition_and_asks_for_an_opinion(
    town: Town, referred: Filed
) -> None:
    text = town.reader("secretariat").go(referred.case).text

    assert "Renvoyée à la commission compétente" in text
    assert "Avis demandé" in text
    assert "10 janvier 2024" in text


def test_the_chair_hands_in_the_committees_report(town: Town, reported: Filed) -> None:
    chair = town.reader("chair.social", "ar").go(reported.case)

    assert "توصي اللجنة بالموافقة." in chair.text
    assert not chair.page.locator("#act-refusal").count()


def test_a_member_of_the_body_drafts_adopts_and_submits_the_opinion(
    town: Town, referred: Filed, opinion: str
) -> None:
    assert OPINION in town.reader("rapporteur.iecag").go(f"/desk/opinions/{opinion}").text
    assert "Avis reçu" in town.reader("secretariat").go(referred.case).text


def test_the_secretariat_plans_calls_and_convenes_a_session(town: Town, session: str) -> None:
    secretariat = town.reader("secretariat").go(session)

    assert SUBJECT_FR in secretariat.text
    assert "convoqu" in secretariat.text.lower()
    public = town.reader(language="ar").go(f"/{DEMO_AUTHORITY}/sessions")
    assert SUBJECT_AR in public.text


def test_the_governor_and_members_put_items_forward_and_each_notice_has_its_proof(
    town: Town, session: str
) -> None:
    french = town.reader("secretariat").go(f"{session}/agenda").text
    arabic = town.reader("secretariat", "ar").go(f"{session}/agenda").text

    assert GOVERNORS in french
    assert MEMBERS_OWN in french
    assert "نقطة أخرى" in arabic
    assert french.count("RR 1 à 35") == arabic.count("RR 1 à 35") > 1
    assert "sans preuve" not in french


def test_the_secretariat_records_quorum_and_vote(town: Town, voted: str) -> None:
    text = town.reader("secretariat").go(voted).text

    assert re.search(r"28\s+présents", text)
    assert "Pour : 27, contre : 0, abstentions : 1" in text
    decisions = town.reader(language="fr").go(f"/{DEMO_AUTHORITY}/decisions")
    decisions.press('main a[href^="/taroudant/2023/"]')
    assert SUBJECT_FR in decisions.text


def test_an_auditor_reads_the_ledger_and_replays_it(town: Town, filed: Filed) -> None:
    auditor = town.reader("auditor").go("/desk/ledger")
    auditor.press("tbody a")
    auditor.go(f"/desk/subjects/case/{filed.id}")

    eventually(lambda: _replayed(auditor), "a replay that nothing is missing from")

    assert "Aucune différence" in auditor.text


def _replayed(auditor: Reader) -> bool:
    auditor.go("/desk/replay").press('main form[action="/desk/replay"] button')
    return "exactement" in auditor.text


def test_an_operator_sees_the_bus_and_moves_the_business_date(town: Town) -> None:
    operator = town.reader("operator").go("/desk/bus")
    assert operator.page.locator("tbody tr").count() >= len(SERVICES) - 1
    tomorrow = (town.today + timedelta(days=1)).isoformat()
    form = f"business-date_{DEMO_AUTHORITY}"

    operator.go("/desk/authorities").act(form, date=tomorrow)

    eventually(lambda: town.today.isoformat() == tomorrow, "the new business date")


def test_two_presses_and_a_repeated_request_make_one_petition(town: Town, filed: Filed) -> None:
    association = town.reader("legal.rempart")
    subject = "Aménagement d'un terrain de sport de proximité"
    fill(association, "تهيئة ملعب للقرب", subject)
    drafting = sent_twice(association, "main form button[type=submit]", r"/[0-9a-f-]{36}$")
    association.open_form("filing")
    filing = sent_twice(association, "#act-filing form button[type=submit]", r"done=1$")

    assert {drafting, filing} == {200}
    mine = town.people.get("/intake/v1/petitions", who="legal.rempart")["petitions"]
    assert [one["subject"]["fr"] for one in mine] == [subject]
    assert mine[0]["reference"] not in {None, filed.reference}
    assert association.go("/desk/petitions").text.count(subject) == 1
    public = town.reader()
    eventually(lambda: public.shows(f"/{DEMO_AUTHORITY}/petitions", subject), "the public page")
    assert public.text.count(subject) == 1
