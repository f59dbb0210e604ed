"""Sending: over a relay that says yes, not now, never, or nothing; and what is recorded of it."""

from __future__ import annotations

import base64
import threading
from datetime import date, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

from sqlalchemy import text

from shared.clock import now
from shared.events.cases import DeadlineApproaching
from shared.testing.harness import person
from shared.testing.smtp import HANG_UP, SmtpSink


def body_of(mail: Any) -> str:
    """The text of a mail."""
    return base64.b64decode(mail.get_payload()).decode()


def types(desk: Any) -> list[str]:
    """The types of all events so far."""
    return [event.type for event in desk.harness.emitted()]


def test_a_receipt_goes_out_in_the_language_of_its_reader(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "ar")
    mailing_desk.file_petition("legal")

    mailing_desk.sender.send_due()

    assert sink.recipients == ["legal@demo.example"]
    mail = sink.mails[0]
    body = body_of(mail)
    assert str(make_header(decode_header(mail["Subject"]))) == "وصل إيداع عريضتكم"
    assert mail["Content-Language"] == "ar"
    assert "إحداث مركز استماع" in body
    assert "RCPT0123" in body
    assert "16 أكتوبر 2023" in body
    notice = mailing_desk.notices[0]
    assert f"/notices/{notice.id}" in body
    assert (notice.state, notice.channel, notice.language) == ("sent", "email", "ar")
    assert types(mailing_desk) == ["notice.sent.v1"]


def test_each_reader_gets_one_mail_in_their_own_language_without_the_others_name(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.identity.knows("second", "en")
    mailing_desk.file_petition("legal", "second")

    mailing_desk.sender.send_due()

    assert sorted(mail["Content-Language"] for mail in sink.mails) == ["en", "fr"]
    assert all("Surname" not in body_of(mail) for mail in sink.mails)
    assert len({mail["Message-ID"] for mail in sink.mails}) == 2


def test_a_relay_that_refuses_for_now_is_tried_again_with_the_same_message_id(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    sink.script(".", "451 try later")

    mailing_desk.sender.send_due()
    waiting = mailing_desk.notices[0]
    assert (waiting.state, waiting.last_problem, waiting.lease) == ("intended", "smtp-451", None)
    assert waiting.next_try_at > now()
    assert mailing_desk.sender.send_due() == 0
    mailing_desk.make_due()
    mailing_desk.sender.send_due()

    sent = mailing_desk.notices[0]
    assert (sent.state, sent.attempts, sent.last_problem) == ("sent", 2, None)
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1
    assert types(mailing_desk) == ["notice.sent.v1"]


def test_a_relay_that_refuses_for_good_fails_the_notice_which_stays_in_the_portal(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    sink.script("RCPT", "550 no such mailbox legal@demo.example")

    mailing_desk.sender.send_due()

    assert mailing_desk.notices[0].state == "failed"
    failed = mailing_desk.harness.emitted("notice.failed.v1")[0]
    assert failed.data.what == {"reason": "smtp-550"}
    answer = mailing_desk.harness.request("GET", "/notices", role="petitioner", who="legal")
    assert [one["state"] for one in answer.json["notices"]] == ["failed"]


def test_a_relay_that_refuses_our_own_sender_fails_nobodys_notice(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    sink.script("MAIL", "550 who are you")

    mailing_desk.sender.send_due()

    assert mailing_desk.notices[0].state == "intended"
    assert mailing_desk.notices[0].last_problem == "sender-550"


def test_a_legal_notice_whose_answer_was_lost_is_sent_again(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    sink.script(".", HANG_UP)

    mailing_desk.sender.send_due()
    mailing_desk.make_due()
    mailing_desk.sender.send_due()

    assert mailing_desk.notices[0].state == "sent"
    assert len(sink.mails) == 2
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1


def test_a_courtesy_whose_answer_was_lost_is_not_sent_again(
    mailing_desk: Any, sink: SmtpSink, snapshot_of_case: Any
) -> None:
    mailing_desk.grant("clerk", "secretariat")
    mailing_desk.open_case("legal")
    mailing_desk.clear_notices()
    mailing_desk.identity.knows("clerk", "fr")
    what = DeadlineApproaching(rule="refusal-notice", due_on=date(2024, 1, 16))
    subject = f"case/{person('petition')}"
    mailing_desk.hear(what, snapshot_of_case("legal"), subject=subject, sequence=2)
    sink.script(".", HANG_UP)

    mailing_desk.sender.send_due()
    mailing_desk.make_due()

    assert mailing_desk.sender.send_due() == 0
    assert mailing_desk.notices[0].state == "failed"
    assert mailing_desk.notices[0].last_problem == "answer-lost"


def test_a_relay_that_is_away_holds_up_nothing_and_loses_nothing(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    sink.script("CONNECT", HANG_UP)

    mailing_desk.sender.send_due()

    assert mailing_desk.notices[0].last_problem == "relay-not-reached"
    mailing_desk.make_due()
    mailing_desk.sender.send_due()
    assert mailing_desk.notices[0].state == "sent"


def test_what_could_not_leave_for_days_is_given_up(mailing_desk: Any, sink: SmtpSink) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    notice = mailing_desk.notices[0]
    mailing_desk.alter(notice.id, intended_at=now() - timedelta(days=6))
    sink.script("RCPT", "450 mailbox busy")

    mailing_desk.sender.send_due()

    assert mailing_desk.notices[0].state == "failed"
    assert mailing_desk.harness.emitted()[0].data.what == {"reason": "gave-up"}


def test_identity_being_away_puts_the_notice_off(desk: Any) -> None:
    desk.identity.status = 503
    desk.file_petition("legal")

    desk.sender.send_due()

    assert desk.notices[0].state == "intended"
    assert desk.notices[0].last_problem == "identity-away"


def test_a_person_without_account_is_told_in_the_portal_alone(desk: Any) -> None:
    desk.file_petition("legal")

    desk.sender.send_due()

    notice = desk.notices[0]
    assert (notice.state, notice.channel, notice.language) == ("delivered", "portal", "ar")
    assert types(desk) == ["notice.sent.v1", "notice.delivered.v1"]


def test_without_a_relay_mails_are_files_that_only_the_owner_reads(desk: Any) -> None:
    desk.identity.knows("legal", "fr")
    desk.file_petition("legal")

    desk.sender.send_due()

    files = list((desk.harness.context.platform.data_dir / "outbox-mail").iterdir())
    assert [file.suffix for file in files] == [".eml"]
    assert files[0].stat().st_mode & 0o077 == 0
    mail = message_from_bytes(files[0].read_bytes())
    assert mail["To"] == "legal@demo.example"
    assert "Un centre d'écoute" in body_of(mail)


def test_an_address_that_no_relay_takes_fails_at_once(desk: Any) -> None:
    desk.identity.knows("legal", "fr", address="two words@demo.example")
    desk.file_petition("legal")

    desk.sender.send_due()

    assert desk.harness.emitted()[0].data.what == {"reason": "address-unusable"}


def test_no_address_is_in_any_row_or_event(
    mailing_desk: Any, sink: SmtpSink, caplog: Any, capsys: Any
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.identity.knows("second", "fr")
    mailing_desk.file_petition("legal", "second")
    sink.script("RCPT", "550 no mailbox for legal@demo.example")

    mailing_desk.sender.send_due()

    assert len(sink.mails) == 1
    base = mailing_desk.harness.context.base
    with mailing_desk.harness.context.database.read("*") as session:
        for table in base.metadata.sorted_tables:
            for row in session.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608
                assert "demo.example" not in str(row)
                assert "Surname" not in str(row)
    shown = caplog.text + "".join(capsys.readouterr())
    assert "demo.example" not in shown


def test_a_notice_says_which_event_it_follows_from(desk: Any) -> None:
    desk.file_petition("legal")

    desk.sender.send_due()

    sent = desk.harness.emitted()[0]
    assert sent.causationid == str(desk.notices[0].cause_event_id)
    assert sent.actorid == "service:notifications"


def test_new_notices_wake_the_sender(desk: Any) -> None:
    """The timer's turn waits a second when nothing is due; a commit ends the wait."""
    turn = threading.Thread(target=desk.harness.worker._timers[0].run, args=(None,))
    desk.identity.knows("legal", "fr")
    turn.start()
    desk.file_petition("legal")
    turn.join()

    assert desk.notices[0].state == "sent"
