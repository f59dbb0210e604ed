"""Every document printed for real, in both languages: what it says, its order, the same bytes."""

from __future__ import annotations

import hashlib
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from services.review.documents.codes import KINDS, LANGUAGES
from services.review.documents.rendering import hash_of, html_of
from shared.press import printing
from shared.press.needs import missing
from shared.press.printing import Press, PrintingFailed
from shared.press.sheet import pdf, refuse
from tests.unit.review.documents.samples import NAMES, SAMPLES, head

# WeasyPrint leaves its colour profile open, which ends with the process that prints.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

BESIDE_LETTERS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\\s\u060c\u061b.:()]")
PAGES = {"attendance": 2, "minutes": 2}
SAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "completion": {
        "ar": ("طلب استكمال ملف عريضة", "النظام الأساسي", "17 نونبر 2023"),
        "fr": ("Demande de complément", "Les statuts de l'association", "17 novembre 2023"),
    },
    "admission": {
        "ar": ("إشعار بقبول عريضة", "جمعية النخيل للتنمية", "16 أكتوبر 2023", "المادة 124"),
        "fr": ("Récépissé de recevabilité", "Association Annakhil", "16 octobre 2023"),
    },
    "refusal": {
        "ar": ("بعدم قبول عريضة", "مواطنون، 87 توقيعا", "المحكمة الإدارية", "2024-05-17"),
        "fr": (
            "refus motivé",
            "Citoyens, 87 signatures",
            "tribunal administratif",
            "20 janvier 2024",
        ),
    },
    "referral": {
        "ar": ("إحالة على لجنة دائمة", "لجنة الشؤون الاجتماعية", "27 نونبر 2023"),
        "fr": ("Saisine d'une commission", "Commission des affaires sociales"),
    },
    "agenda": {
        "ar": ("جدول أعمال الدورة", "الثلاثاء 6 فبراير 2024", "إحداث مركز للاستماع"),
        "fr": ("Ordre du jour", "mardi 6 février 2024", "15 janvier 2024"),
    },
    "notice": {
        "ar": ("استدعاء لحضور الدورة", "18", "35", "25 يناير 2024"),
        "fr": ("Convocation à la session", "Avis sur le centre d'écoute", "18 des 35"),
    },
    "attendance": {
        "ar": ("ورقة الحضور", "الرئيسة الأولى", "Troisième Membre", "التوقيع", "المادة 42"),
        "fr": ("Feuille de présence", "Deuxième Membre", "Signature", "35"),
    },
    "minutes": {
        "ar": ("محضر الدورة", "النصاب القانوني غير متوفر", "مقرر رقم 2024/7", "2024-05-17"),
        "fr": (
            "Procès-verbal",
            "Première Présidente",
            "Le quorum n'est pas atteint",
            "N'ont pas pris part",
        ),
    },
    "decision": {
        "ar": ("مستخرج من سجل المقررات", "وافق المجلس", "2024/7", "هيئة المساواة"),
        "fr": ("Extrait du registre", "Le conseil a adopté ce point", "IEECAG"),
    },
}


def html(kind: str, language: str) -> str:
    """The sample of a kind as a page."""
    return html_of(head(kind), SAMPLES[kind], language, wording={}, names=NAMES)


def read_back(content: bytes, folder: Path) -> tuple[str, int]:
    """What a reader gets out of a PDF, in the order of reading, and its number of pages."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"],
        capture_output=True,
        check=True,
    )
    text = done.stdout.decode()
    return bare(text), text.count("\f")


def bare(text: str) -> str:
    """Letters and figures in their order: pdftotext sets spaces and points of Arabic anew."""
    return BESIDE_LETTERS.sub("", text.replace("\u2019", "'"))


def test_every_kind_has_a_sample_and_a_sentence_to_look_for() -> None:
    assert set(SAMPLES) == set(SAYS) == set(KINDS)


def test_this_machine_can_print() -> None:
    assert missing() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_printed_document_says_its_facts_in_reading_order(
    kind: str, language: str, tmp_path: Path
) -> None:
    content = pdf(html(kind, language))

    text, pages = read_back(content, tmp_path)

    assert [said for said in SAYS[kind][language] if bare(said) not in text] == []
    assert "2024/3" in text
    assert f"taroudant/{kind}/2024/3" in text
    assert pages == PAGES.get(kind, 1)
    assert content == pdf(html(kind, language))


def test_two_processes_print_the_same_bytes() -> None:
    press = Press()
    page = html("minutes", "ar")

    hashes = {hashlib.sha256(press.pdf_of(page)).hexdigest() for _ in range(2)}

    assert hashes == {hashlib.sha256(pdf(page)).hexdigest()}
    assert press.missing() == []


def test_other_facts_print_other_bytes_and_have_another_hash() -> None:
    facts = SAMPLES["decision"]
    later = head("decision", issued_on=date(2024, 2, 14))

    pages = [html_of(one, facts, "fr", wording={}) for one in (head("decision"), later)]

    assert pdf(pages[0]) != pdf(pages[1])
    assert hash_of(head("decision"), facts) != hash_of(later, facts)


def test_a_document_loads_nothing() -> None:
    with pytest.raises(ValueError, match="may not load"):
        refuse("file:///etc/hostname")


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PRINTING_SECONDS", 0.01)

    with pytest.raises(PrintingFailed, match="longer"):
        Press().pdf_of(html("agenda", "fr"))
