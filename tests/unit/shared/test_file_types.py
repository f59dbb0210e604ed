import io
import zipfile

import pytest

from shared.file_types import (
    DOCX,
    JPEG,
    ODT,
    PDF,
    PNG,
    FileTypeRefused,
    display_name,
    media_type_of,
)

PDF_BYTES = b"%PDF-1.7\n..."
PNG_BYTES = b"\x89PNG\r\n\x1a\n...."
JPEG_BYTES = b"\xff\xd8\xff\xe0...."


def archive(*entries, declared=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        if declared:
            packed.writestr("mimetype", declared)
        for name in entries:
            packed.writestr(name, "<x/>")
    return buffer.getvalue()


DOCX_BYTES = archive("[Content_Types].xml", "word/document.xml")
ODT_BYTES = archive("content.xml", declared=ODT)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF_BYTES, "a.pdf", PDF),
        (PNG_BYTES, "a.PNG", PNG),
        (JPEG_BYTES, "a.jpeg", JPEG),
        (JPEG_BYTES, "scan", JPEG),
        (DOCX_BYTES, "عريضة.docx", DOCX),
        (ODT_BYTES, "a.odt", ODT),
    ],
    ids=["pdf", "png", "jpeg", "no-ending", "docx", "odt"],  # An archive's bytes hold the hour.
)
def test_a_file_is_what_its_bytes_say(content, name, media_type):
    assert media_type_of(content, declared_name=name) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ program",
        b"<html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b" %PDF-1.7",
        b"PK\x03\x04 not an archive",
        archive("index.html"),
        archive("word/document.xml"),
        archive("content.xml", declared="application/zip"),
        archive("content.xml", declared=ODT + " " * 5_000),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("content.xml", "Basic/Standard/Module1.xml", declared=ODT),
        archive("[Content_Types].xml", "word/document.xml", *map(str, range(2_001))),
        DOCX_BYTES[:60],
    ],
    ids=[f"content-{number}" for number in range(13)],
)
def test_any_other_content_is_refused(content):
    with pytest.raises(FileTypeRefused) as refused:
        media_type_of(content, declared_name="a.pdf")

    assert (refused.value.status, refused.value.field) == (415, "file")
    assert refused.value.remedy


def test_an_archive_that_unpacks_to_far_more_than_a_document_is_refused():
    buffer = io.BytesIO(DOCX_BYTES)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/bomb", b"")
        packed.getinfo("word/media/bomb").file_size = 201 * 1024 * 1024

    with pytest.raises(FileTypeRefused):
        media_type_of(buffer.getvalue(), declared_name="a.docx")


def test_a_name_that_contradicts_the_content_is_refused():
    with pytest.raises(FileTypeRefused) as refused:
        media_type_of(PDF_BYTES, declared_name="picture.png")

    assert refused.value.params == {"extension": "png"}


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("C:\\scans\\عريضة.PDF", "عريضة.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ('a"b;c.pdf', "a_b_c.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("x" * 500, "x" * 120 + ".pdf"),
    ],
)
def test_the_name_shown_can_do_no_harm(declared, shown):
    assert display_name(declared, PDF) == shown
