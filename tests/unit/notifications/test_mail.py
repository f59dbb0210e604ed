"""An e-mail: the same Message-ID each time, the reader's language, nothing that is not theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.notifications.contacts import Contact
from services.notifications.details import detail_lines
from services.notifications.mail import build_message, mail_host, mail_text, message_id
from services.notifications.rendering import Words
from shared.web.i18n import use_language

NOTICE = UUID("0190a000-0000-7000-8000-000000000001")
OTHER = UUID("0190a000-0000-7000-8000-000000000002")
FACTS = {
    "reference": "taroudant/2023/1",
    "subject": {"ar": "إحداث مركز", "fr": "Un centre", "en": None, "original": "ar"},
    "acted_on": "2023-10-16",
    "recorded_at": "2023-10-18T09:30:00.000000Z",
}
WORDS = Words(
    title="Title",
    what="What happened.",
    details=[("Reference", "taroudant/2023/1")],
    next="The next step.",
    link="https://arida.example/notices/1",
    authority="Taroudant",
)


def test_a_message_id_depends_on_the_notice_and_the_key_alone() -> None:
    first = message_id(b"key", NOTICE, "arida.example")

    assert first == message_id(b"key", NOTICE, "arida.example")
    assert first != message_id(b"key", OTHER, "arida.example")
    assert first != message_id(b"other", NOTICE, "arida.example")
    assert str(NOTICE) not in first


def test_a_mail_goes_to_one_address_and_says_so_in_its_head_only() -> None:
    message = build_message(
        WORDS,
        sender="no-reply@arida.example",
        recipient="legal@demo.example",
        identifier="<1@arida.example>",
        moment=datetime(2023, 10, 16, 9, tzinfo=UTC),
    )

    assert message["To"] == "legal@demo.example"
    assert message["Message-ID"] == "<1@arida.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "@" not in message.get_content()


def test_a_text_says_what_happened_what_follows_and_where_to_read_it() -> None:
    with use_language("en"):
        text = mail_text(WORDS)

    for expected in ("What happened.", "Reference: ", "What happens next: The next step."):
        assert expected in text
    assert "https://arida.example/notices/1\n" in text


def test_both_dates_are_shown_in_words_of_the_language() -> None:
    with use_language("fr"):
        lines = dict(detail_lines(FACTS))

    assert lines["Date de l'acte"] == "16 octobre 2023"
    assert lines["Enregistré dans Arida le"] == "18 octobre 2023 à 10:30"
    assert lines["Objet"] == "Un centre"


def test_latin_references_keep_their_order_inside_arabic_lines() -> None:
    with use_language("ar"):
        lines = dict(detail_lines(FACTS))

    assert lines["المرجع"] == "\u2066taroudant/2023/1\u2069"
    assert lines["الموضوع"] == "إحداث مركز"


def test_mails_are_named_after_the_public_host() -> None:
    assert mail_host("https://arida.example:8443") == "arida.example"
    assert mail_host("http://127.0.0.1:8000") == mail_host("http://[::1]:8000") == "localhost"


@pytest.mark.parametrize(
    ("address", "is_writable"),
    [
        ("somebody@demo.example", True),
        ("somebody@demo.example\r\nBcc: x@demo.example", False),
        ("some body@demo.example", False),
        ("nobody", False),
        (None, False),
    ],
)
def test_only_plain_addresses_are_written_to(address: str | None, is_writable: bool) -> None:
    assert Contact(address=address, language="fr").is_writable is is_writable


def test_a_contact_does_not_show_its_address_when_printed() -> None:
    assert "demo" not in repr(Contact(address="somebody@demo.example", language="fr"))
