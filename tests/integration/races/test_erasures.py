"""An erasure is asked for while a case is open or a notice waits, or after either is over."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from functools import partial
from typing import Any

import pytest

from services.identity.accounts.models import Account
from services.identity.erasures.models import Erasure
from services.identity.memberships.models import Membership
from services.identity.timers import erase_accounts_in_time
from shared.events.erasures import ErasureCarriedOut, ErasureSnapshot
from shared.testing.harness import AUTHORITY, TODAY, person
from tests.integration.identity.conftest import grant, register, sign_in
from tests.integration.notifications.conftest import Desk, FakeIdentity
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.races.town import ASKED, CITIZEN, DAY_AFTER, LAST_DAY, Town


@pytest.fixture
def town(harness_on: Any, database_kind: str, pass_on: PassOn) -> Town:
    """identity and intake on either database."""
    identity = harness_on("identity", database_kind)
    return Town(identity, harness_on("intake", database_kind), pass_on)


@race("erasure and open clock", first="erasure")
def test_an_erasure_waits_for_the_end_of_the_case_and_its_term(town: Town) -> None:
    petition = town.petition("filing")

    town.ask()
    waiting = (town.erasure.state, list(town.erasure.waits_for), town.names, town.address)
    town.closed(petition)
    counted = (town.erasure.state, list(town.erasure.waits_for), town.erasure.until_on)
    town.today(LAST_DAY)
    on_last_day = (town.erasure.state, town.names)
    town.today(DAY_AFTER)

    assert waiting == ("waiting", ["case-open"], ["Somebody"], "citizen@example.org")
    assert counted == ("waiting", ["term-running"], date(2023, 12, 15))
    assert on_last_day == ("waiting", ["Somebody"])
    assert (town.erasure.state, town.names, town.address) == ("done", [None], None)
    assert sorted(town.erasure.erased) == ["account", "petition"]


@race("erasure and open clock", first="closing")
def test_an_erasure_after_the_term_is_carried_out_at_once(town: Town) -> None:
    petition = town.petition("filing")
    town.closed(petition)
    town.today(DAY_AFTER)

    town.ask()

    assert (town.erasure.state, town.names, town.address) == ("done", [None], None)
    shown = town.intake.request("GET", f"/petitions/{petition}/people", role="secretariat").json
    assert [(one["name_latin"], one["is_erased"]) for one in shown["people"]] == [(None, True)]
    (told,) = town.identity.emitted("erasure.carried_out.v1")
    assert told.data.after["person"] == CITIZEN
    assert "citizen@" not in str(town.identity.emitted())


def test_an_erasure_that_is_asked_for_on_the_last_day_waits_for_its_end(town: Town) -> None:
    town.closed(town.petition("filing"))
    town.today(LAST_DAY)

    town.ask()

    assert (town.erasure.state, list(town.erasure.waits_for)) == ("waiting", ["term-running"])
    assert town.erasure.until_on == date(2023, 12, 15)


def test_a_case_that_is_opened_again_keeps_the_name_again(town: Town) -> None:
    petition = town.petition("filing")
    town.ask()
    town.closed(petition)

    town.opened_again(petition)
    town.today(DAY_AFTER)

    assert (town.erasure.state, list(town.erasure.waits_for)) == ("waiting", ["case-open"])
    assert town.names == ["Somebody"]


def test_a_second_petition_keeps_the_name_of_the_first(town: Town) -> None:
    town.closed(town.petition("filing"))
    town.petition("opening", petitioner="citizens", association=None)
    town.today(DAY_AFTER)

    town.ask()

    assert list(town.erasure.waits_for) == ["petition-collecting"]
    assert town.names == ["Somebody", "Somebody"]


def test_nobody_files_a_draft_in_a_name_that_was_erased(town: Town) -> None:
    draft = town.petition()

    town.ask()
    filing = town.intake.request("POST", f"/petitions/{draft}/filing", {}, role="secretariat")

    assert (town.erasure.state, town.names) == ("done", [None])
    assert (filing.status_code, filing.json["article"]) == (409, "09-08, 8")


def test_an_erased_account_opens_nothing_and_is_found_by_nothing(town: Town) -> None:
    portal = partial(town.identity.request, role="service", client="service:portal")
    before = sign_in(portal, "citizen")
    (row,) = town.identity.rows(Account)

    town.ask()
    after = sign_in(portal, "citizen")
    contact = town.identity.request("GET", f"/accounts/{CITIZEN}/contact", role="service")

    assert (before.status_code, after.status_code, contact.status_code) == (201, 401, 410)
    assert contact.json["code"] == "personal-data-erased"
    (erased,) = town.identity.rows(Account)
    assert erased.email_hash != row.email_hash
    assert [one.state for one in town.identity.rows(Membership)] == ["ended"]


def test_an_account_that_a_role_needs_waits_for_the_end_of_the_role(town: Town) -> None:
    held = grant(town.identity, "citizen", "secretariat").json

    town.ask()
    waiting = (town.erasure.state, list(town.erasure.waits_for), town.address)
    path = f"/memberships/{held['id']}/ending"
    town.identity.request("POST", path, {"reason": "left"}, role="operator")
    erase_accounts_in_time(town.identity.context)

    assert waiting == ("waiting", ["role-held"], "citizen@example.org")
    assert (town.erasure.state, town.address) == ("done", None)


def test_a_role_in_another_authority_keeps_the_account(town: Town) -> None:
    register(town.identity, code="agadir")
    other = {"person": CITIZEN, "role": "petitioner"}
    made = town.identity.request("POST", "/memberships", other, role="operator", authority="agadir")
    assert made.status_code == 201, made.text

    town.ask()

    assert (town.erasure.state, list(town.erasure.waits_for)) == ("waiting", ["role-held"])


def test_two_authorities_do_not_wait_for_one_another(town: Town) -> None:
    register(town.identity, code="agadir")
    other = {"person": CITIZEN, "role": "petitioner"}
    town.identity.request("POST", "/memberships", other, role="operator", authority="agadir")
    town.settle()

    town.ask()
    town.ask(authority="agadir")
    erase_accounts_in_time(town.identity.context)

    states = {row.authority: row.state for row in town.identity.rows(Erasure)}
    assert states == {AUTHORITY: "done", "agadir": "done"}
    assert town.address is None
    assert {row.state for row in town.identity.rows(Membership)} == {"ended"}


def test_nothing_to_erase_is_refused_with_the_reason(town: Town) -> None:
    body = {**ASKED, "person": person("nobody")}

    town.identity.request("POST", "/erasures", body, role="secretariat")
    town.settle()

    assert (town.erasure.state, town.erasure.reason) == ("refused", "nothing-held")
    (told,) = town.identity.emitted("erasure.refused.v1")
    assert told.data.what == {"reason": "nothing-held"}


@pytest.fixture
def mailing(harness_on: Any, database_kind: str) -> Desk:
    """notifications, with a petitioner who was told of nothing yet."""
    identity = FakeIdentity()
    identity.knows("citizen", "fr")
    return Desk(harness_on("notifications", database_kind), identity)


def erased(mailing: Desk) -> None:
    """The citizen's data was erased, and identity says so from now on."""
    mailing.identity.erased.add(CITIZEN)
    after = ErasureSnapshot(
        state="done",
        person=CITIZEN,
        ground="no-longer-needed",
        requested_on=TODAY,
        answer_due_on=TODAY,
        names_settled=True,
        waits_for=[],
        until_on=None,
        erased=["account"],
        stays=[],
        reason=None,
    )
    mailing.hear(ErasureCarriedOut(), after, subject=f"erasure/{person('erasure')}")


@race("erasure and pending notice", first="notice")
def test_a_notice_that_waits_is_taken_back_by_the_erasure(mailing: Desk) -> None:
    mailing.file_petition("citizen", "another")

    erased(mailing)

    (told,) = mailing.harness.emitted("notice.cancelled.v1")
    assert told.data.what == {"because": "person-erased"}
    states = {str(one.person_id): one.state for one in mailing.notices}
    assert states == {CITIZEN: "cancelled", person("another"): "intended"}


@race("erasure and pending notice", first="erasure")
def test_a_notice_that_is_intended_after_the_erasure_is_sent_to_nobody(mailing: Desk) -> None:
    erased(mailing)
    mailing.file_petition("citizen", "another")

    mailing.sender.send_due()

    states = {str(one.person_id): one.state for one in mailing.notices}
    assert states == {CITIZEN: "cancelled", person("another"): "delivered"}
    (told,) = mailing.harness.emitted("notice.cancelled.v1")
    assert told.data.what == {"because": "person-erased"}


def test_the_mails_of_an_erased_person_leave_the_folder_and_no_others(mailing: Desk) -> None:
    mailing.identity.knows("another", "ar")
    mailing.file_petition("citizen", "another")
    mailing.sender.send_due()
    folder = mailing.harness.context.platform.data_dir / "outbox-mail"
    before = sorted(str(message_from_bytes(one.read_bytes())["To"]) for one in folder.iterdir())

    erased(mailing)

    (left,) = folder.iterdir()
    assert len(before) == 2
    assert str(message_from_bytes(left.read_bytes())["To"]).startswith("another")


def test_a_notice_that_a_sender_has_in_hand_is_left_to_the_sender(mailing: Desk) -> None:
    mailing.file_petition("citizen")
    held = mailing.sender._take()
    assert held is not None

    erased(mailing)

    assert [one.state for one in mailing.notices] == ["intended"]
