"""What a file really is, told by its first bytes and never by its name or the sender's word."""

from __future__ import annotations

import io
import unicodedata
import zipfile

from shared.errors import DomainError

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

EXTENSIONS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg", "jpe"),
    DOCX: ("docx",),
    ODT: ("odt",),
}
_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"
# Text documents of a few hundred pages stay far below both; a zip bomb does not.
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
_LONGEST_NAME = 120


class FileTypeRefused(DomainError):
    """The file is none of the accepted kinds, or its name says another kind than its content."""

    code = "unsupported-media-type"
    status = 415


def media_type_of(content: bytes, *, declared_name: str) -> str:
    """Return the media type of ``content``; raises FileTypeRefused when it is not accepted."""
    media_type = _by_first_bytes(content)
    if media_type is None:
        raise FileTypeRefused(
            "This kind of file is not accepted.",
            field="file",
            remedy="Send a PDF, PNG, JPEG, DOCX or ODT file.",
        )
    extension = _extension(declared_name)
    if extension and extension not in EXTENSIONS[media_type]:
        raise FileTypeRefused(
            "The file's name ends in .%(extension)s but its content is another kind of file.",
            field="file",
            remedy="Export the document again and send it with the name it is given then.",
            extension=extension,
        )
    return media_type


def display_name(declared_name: str, media_type: str) -> str:
    """Return a name that is safe to show and to offer for saving, with the true extension.

    It may still name a person, so whoever keeps it seals it.
    """
    last = declared_name.replace("\\", "/").rsplit("/", 1)[-1]
    # Category C are control, direction and unassigned signs: "\u202efdp.exe" reads as "exe.pdf".
    clean = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = clean.rsplit(".", 1)[0] if "." in clean else clean
    kept = "".join("_" if sign in '"<>:|?*;%' else sign for sign in stem).strip(" .")
    return f"{kept[:_LONGEST_NAME] or 'document'}.{EXTENSIONS[media_type][0]}"


def _extension(name: str) -> str:
    return name.rsplit(".", 1)[1].strip().lower()[:10] if "." in name else ""


def _by_first_bytes(content: bytes) -> str | None:
    for magic, media_type in _MAGIC:
        if content.startswith(magic):
            return media_type
    return _office_type(content) if content.startswith(_ZIP) else None


def _office_type(content: bytes) -> str | None:
    """Tell DOCX and ODT from other archives by their inner files, unpacking next to nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if not _is_modest(archive) or _has_macros(entries):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= entries.keys():
                return DOCX
            return ODT if _declares_odt(archive, entries) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        # Broken, encrypted or oddly packed: not a document that anyone could open later.
        return None


def _is_modest(archive: zipfile.ZipFile) -> bool:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    return len(entries) <= _MOST_ENTRIES and unpacked <= _MOST_UNPACKED


def _has_macros(entries: dict[str, zipfile.ZipInfo]) -> bool:
    return any(
        name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/"))
        for name in entries
    )


def _declares_odt(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> bool:
    declared, content = entries.get("mimetype"), entries.get("content.xml")
    if declared is None or content is None or declared.file_size > len(ODT):
        return False
    return archive.read(declared) == ODT.encode()
