"""Browsers of people, JavaScript off; every page that somebody sees is checked on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, Response, ViewportSize, sync_playwright

from shared.demo import DEMO_DOMAIN, demo_password
from shared.web.i18n import catalogue_path, direction

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE_MILLISECONDS = 15_000
INLINE = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|and|with|from|this|that|which|your)\b", re.IGNORECASE)
WORDS = """() => {
  const page = document.body.cloneNode(true);
  page.querySelectorAll("pre, code, [lang=en], .viewer bdi").forEach(part => part.remove());
  return page.textContent.replace(/\\s+/g, " ");
}"""
UNFOLD = """() => {
  document.querySelectorAll("main details").forEach(part => { part.open = true; });
}"""
TOO_WIDE = """() => {
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth;
}"""


def browser(chrome_path: str) -> Iterator[Browser]:
    """A headless Chromium, ended afterwards."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chrome_path, args=list(FLAGS))
        yield made
        made.close()


class Reader:
    """One person at a browser of their own, reading in one language."""

    def __init__(self, made: Browser, url: str, language: str) -> None:
        self.url = url
        self.language = language
        self.context = made.new_context(viewport=DESK, java_script_enabled=False)
        self.context.add_cookies([{"name": "arida_language", "value": language, "url": url}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)

    def sign_in(self, who: str) -> Reader:
        """Sign in as one of the demo's people, by the form."""
        self.go("/sign-in")
        self.put("login", f"{who}@{DEMO_DOMAIN}")
        self.put("password", demo_password(who))
        self.press("main button[type=submit]")
        assert self.path != "/sign-in", self.text
        return self

    def go(self, path: str) -> Reader:
        """Open a page by its address, and look at it."""
        self._look(self.page.goto(path if path.startswith("http") else f"{self.url}{path}"))
        return self

    def press(self, selector: str) -> Reader:
        """Press a button or follow a link, and look at the page that follows."""
        with self.page.expect_navigation() as moved:
            self.page.locator(selector).first.click()
        self._look(moved.value)
        return self

    def put(self, name: str, value: str) -> None:
        """Type into a field, choose from its list or tick its box."""
        box = f'input[name="{name}"][value="{value}"]'
        if self.page.locator(f'select[name="{name}"]').count():
            self.page.select_option(f'select[name="{name}"]', value)
        elif self.page.locator(f"{box}[type=radio], {box}[type=checkbox]").count():
            self.page.check(box)
        else:
            self.page.fill(f'[name="{name}"]', value)

    def act(self, form: str, **values: str) -> Reader:
        """Open a form of the page, fill its fields and send it; it must be taken.

        ``__`` in a field's name stands for a dot.
        """
        self.open_form(form)
        for name, value in values.items():
            self.put(f"{form}-{name.replace('__', '.')}", value)
        self.press(f"#act-{form} form button[type=submit]")
        assert "done=1" in self.page.url, self.text
        return self

    def open_form(self, form: str) -> None:
        """Unfold a form, and the panel around it, unless they are open already."""
        around = self.page.locator(f".fold:not([open]):has(#act-{form}) > summary")
        if around.count():
            around.click()
        if not self.page.locator(f"#act-{form}[open]").count():
            self.page.click(f"#act-{form} > summary")

    def shows(self, path: str, words: str) -> bool:
        """Whether a page has these words by now; it is read without being looked at."""
        self.page.goto(f"{self.url}{path}")
        return words in self.text

    @property
    def path(self) -> str:
        """Where the reader is, without query."""
        return self.page.url.removeprefix(self.url).partition("?")[0].partition("#")[0]

    @property
    def text(self) -> str:
        """What the page says, as it is shown once its folded parts are opened."""
        self.page.evaluate(UNFOLD)
        return self.page.inner_text("main")

    def _look(self, response: Response | None) -> None:
        assert response is not None, self.page.url
        assert response.status == 200, (response.status, self.page.url, self.text)
        policy = response.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy, self.page.url
        assert "unsafe" not in policy, self.page.url
        found = INLINE.search(response.text())
        assert not found, (self.page.url, found)
        self._look_at_language()
        self._look_at_width()

    def _look_at_language(self) -> None:
        root = self.page.locator("html")
        shown = (root.get_attribute("lang"), root.get_attribute("dir"))
        assert shown == (self.language, direction(self.language)), self.page.url
        if self.language == "en":
            return
        words = self.page.evaluate(WORDS)
        foreign = [sentence for sentence in source_sentences(self.language) if sentence in words]
        assert not foreign, (self.page.url, foreign)
        assert not ENGLISH.search(words), (self.page.url, ENGLISH.findall(words))

    def _look_at_width(self) -> None:
        self.page.set_viewport_size(PHONE)
        assert not self.page.evaluate(TOO_WIDE), f"{self.page.url} is wider than a phone"
        self.page.set_viewport_size(DESK)


@cache
def source_sentences(language: str) -> tuple[str, ...]:
    """The English sentences that read otherwise in this language."""
    with catalogue_path(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    return tuple(
        str(one.id)
        for one in catalogue
        if isinstance(one.id, str) and " " in one.id and "%" not in one.id and one.string != one.id
    )
