"""The printing process: HTML comes in, one PDF goes out, and the process ends.

WeasyPrint is imported nowhere else: it takes memory that only lives as long as this process.
"""

from __future__ import annotations

import sys
from typing import Any, NoReturn

VARIANT = "pdf/a-3u"
"""The archival form: fonts are inside, and every sign of the text can be read back."""


def pdf(html: str) -> bytes:
    """The pages as PDF/A; the same HTML, fonts and versions give the same bytes."""
    from weasyprint import HTML  # noqa: PLC0415

    made: bytes = HTML(string=html, url_fetcher=refuse).write_pdf(pdf_variant=VARIANT)
    return made


def refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    """A document stands for itself: it may load nothing from anywhere."""
    raise ValueError(f"a document may not load {url[:60]}")


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode()))
