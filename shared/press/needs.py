"""Which Debian packages printing needs and this machine lacks: system libraries, and a font.

`python -m shared.press.needs` prints them, one a line; nothing when all are there.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Mapping

LIBRARIES: Mapping[str, str] = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""What WeasyPrint opens by name, and the package that brings it; the last makes fonts small."""

FONT_LISTER = "fontconfig"
FONTS = "fonts-noto-core"
LISTING_SECONDS = 20


def missing() -> list[str]:
    """The names of the missing packages, in the order of the table; opens libraries, so ask once.

    A machine with any Arabic font is good enough; the named one is what the templates look for.
    """
    absent = [package for name, package in LIBRARIES.items() if not _opens(name)]
    lister = shutil.which("fc-list")
    if lister is None:
        absent.append(FONT_LISTER)
    if lister is None or not _has_arabic(lister):
        absent.append(FONTS)
    return absent


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_arabic(lister: str) -> bool:
    found = subprocess.run(  # noqa: S603 - the program is found on the path, the words are ours.
        [lister, ":lang=ar", "family"],
        capture_output=True,
        timeout=LISTING_SECONDS,
        check=False,
    )
    return bool(found.stdout.strip())


if __name__ == "__main__":
    sys.stdout.write("".join(f"{package}\n" for package in missing()))
