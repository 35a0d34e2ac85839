"""What may be wrong with a page: looked at on a phone and an office monitor, light and dark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, ViewportSize

from tests.browser.every_page import Visit

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
# Run in every page before its own scripts: axe, and our eyes.
EYES = f"{Axe().axe_script}\n{Path(__file__).with_name('looking.js').read_text(encoding='utf-8')}"
LEFT_OVER = re.compile(r"%\(|\{\{|\}\}|\{%|\bNone\b|\bundefined\b|<Text|\bRole\.|datetime\.")


GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Look:
    """A screen and a scheme."""

    screen: ViewportSize
    scheme: Literal["light", "dark"]


# Colours do not depend on the language, nor words on the scheme: between them both languages see every
# scheme on every screen, and each language every screen and every scheme.
LOOKS = {
    "vi": (Look(PHONE, "light"), Look(DESK, "dark")),
    "en": (Look(PHONE, "dark"), Look(DESK, "light")),
}


class Eyes:
    """One tab of one person's browser, which goes from page to page."""

    def __init__(self, context: BrowserContext, language: str, address: str, app: Flask) -> None:
        context.add_init_script(EYES)
        self.page = context.new_page()
        self.looks = LOOKS[language]
        self.address = address
        self.app = app
        self.said: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        self.page.on("console", self._note)

    def complaints(self, visit: Visit) -> list[str]:
        """Open the page once and say everything that is wrong with it, on each screen."""
        self.said.clear()
        first = self.looks[0]
        self.page.set_viewport_size(first.screen)
        self.page.emulate_media(color_scheme=first.scheme)
        status = self._open(visit)
        found = [] if status == visit.status else [f"answers {status}"]
        found += self._misread()
        for look in self.looks:
            found += [f"{one} ({look.screen['width']} px, {look.scheme})" for one in self._seen(look)]
        # Chromium calls a page that is a refusal a failure to load.
        return found + [one for one in self.said if visit.status < 400 or self.page.url not in one]

    def _open(self, visit: Visit) -> int:
        path = visit.path(self.app)
        answer = self.page.goto(self.address + path)
        if visit.send is not None:
            self.said.clear()
            what = {"to": visit.to or path, "fields": dict(visit.send)}
            with self.page.expect_navigation() as sent:
                self.page.evaluate("what => sendForm(what)", what)
            answer = sent.value
        assert answer is not None
        return answer.status

    def _seen(self, look: Look) -> list[str]:
        self.page.set_viewport_size(look.screen)
        self.page.emulate_media(color_scheme=look.scheme)
        # Whoever enlarges text on a monitor gets the phone's layout, and a mouse needs no 44 px.
        touched = look.screen is PHONE
        asked = {"width": look.screen["width"], "touched": touched, "guidelines": GUIDELINES}
        found: list[str] = self.page.evaluate("asked => lookAt(asked)", asked)
        return found

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append(f"console: {message.text} ({message.location['url']})")

    def _misread(self) -> Iterator[str]:
        head = self.page.evaluate("head()")
        if not head["title"].strip(" –"):
            yield "no title"
        if head["lang"] not in ("vi", "en"):
            yield "says no language"
        if head["h1"] != 1:
            yield f"{head['h1']} first headings"
        left_over = LEFT_OVER.search(head["text"])
        if left_over:
            around = head["text"][max(0, left_over.start() - 30) : left_over.end() + 30]
            yield f"shows {around!r}"
