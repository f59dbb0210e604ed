"""Makes docs/images/case-page.png from a running system: the story, in the middle of its way.

Run it with the virtual environment's Python after a change of the case page; it needs a Chromium
(CHROME_PATH, or the one on the path). The system it starts is a throw-away one.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from services.story.play import play_until
from services.story.throwaway import throwaway_system
from shared.demo import DEMO_DOMAIN, demo_password

IMAGE = Path(__file__).parents[1] / "docs" / "images" / "case-page.png"
SHOWN_ON = date(2023, 12, 28)
"""Accepted, referred, and the opinion is in: the next legal step is the session."""
WINDOW: ViewportSize = {"width": 1200, "height": 800}


def main() -> int:
    """Play, sign in as the secretariat, take the picture; returns the exit code."""
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    if not chrome:
        sys.stderr.write("No Chromium: set CHROME_PATH.\n")
        return 1
    with throwaway_system() as url, sync_playwright() as playwright:
        case = play_until(url, SHOWN_ON).ids["petition-0"]
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        context = browser.new_context(viewport=WINDOW, java_script_enabled=False, locale="fr-FR")
        page = context.new_page()
        _sign_in(page, url)
        page.goto(f"{url}/desk/cases/{case}")
        IMAGE.parent.mkdir(exist_ok=True)
        page.screenshot(path=IMAGE)
        browser.close()
    sys.stdout.write(f"{IMAGE}: {IMAGE.stat().st_size // 1024} kB\n")
    return 0


def _sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in?lang=fr")
    page.fill('[name="login"]', f"secretariat@{DEMO_DOMAIN}")
    page.fill('[name="password"]', demo_password("secretariat"))
    with page.expect_navigation():
        page.click("main button[type=submit]")


if __name__ == "__main__":
    sys.exit(main())
