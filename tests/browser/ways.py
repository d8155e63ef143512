# SPDX-License-Identifier: EUPL-1.2
"""A reader's way through the pages: on which screen, in which language, by mouse or by keyboard."""

import gettext
import io
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

import web
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import Watch

_TRANSLATIONS = Path(web.__file__).parent / "translations"
_MOST_CHOICES = 40


class Reader:
    """Does with mouse or keyboard alone what a reader means to do; a way is as "390-da-keyboard"."""

    def __init__(self, watch: Watch, way: str) -> None:
        width, self.language, hand = way.split("-")
        self.watch, self.page, self.mouse = watch, watch.page, hand == "mouse"
        self.narrow = width == "390"
        self._words = gettext.translation("messages", _TRANSLATIONS, languages=[self.language])
        self.page.set_viewport_size(NARROW if self.narrow else WIDE)  # type: ignore[arg-type]

    def open(self, address: str, *, map_too: bool = False) -> Page:
        """Open a page in the reader's language."""
        return self.watch.open(("/en" if self.language == "en" else "") + address, map_too=map_too)

    def say(self, text: str, **values: object) -> str:
        """Say a text of the pages in the reader's language."""
        return self._words.gettext(text) % values if values else self._words.gettext(text)

    def find(self, role: str, text: str, **values: object) -> Locator:
        """Find the first thing of a role by its name, told in English."""
        return self.page.get_by_role(role, name=self.say(text, **values)).first  # type: ignore[arg-type]

    def press(self, found: Locator) -> None:
        """Press a link, a button, a summary or a box."""
        if self.mouse:
            found.click()
            return
        found.focus()
        expect(found).to_be_focused()
        box = found.evaluate("one => one.matches('input[type=checkbox], input[type=radio]')")
        self.page.keyboard.press("Space" if box else "Enter")

    def type(self, label: str, text: str) -> None:
        """Write into the field that has a label, over what stands in it."""
        field = self.page.get_by_label(self.say(label)).first
        if self.mouse or field.get_attribute("type") == "date":  # how a day is typed is the browser's own
            field.fill(text)
            return
        field.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def choose(self, field: Locator, value: str) -> None:
        """Choose from a list."""
        if self.mouse:
            field.select_option(value)
            return
        field.focus()
        self.page.keyboard.press("Home")
        for _ in range(_MOST_CHOICES):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(field.input_value())

    def check(self) -> None:
        """Nothing is wider than the screen; on a telephone axe finds nothing to object to either."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if self.narrow:
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()


def look(drawn: Locator) -> Image.Image:
    """Look at something drawn, as a person sees it."""
    return Image.open(io.BytesIO(drawn.screenshot())).convert("RGB")


def count_colours(picture: Image.Image) -> int:
    """Count the colours that cover more than a sprinkle of a picture: what is blank has one."""
    pixels = picture.getcolors(maxcolors=picture.width * picture.height) or []
    return sum(count > 50 for count, _ in pixels)


def measure(bar: Locator) -> float:
    """Measure how wide a bar is on the screen; one of nothing is 0 wide."""
    return float(bar.evaluate("one => one.getBoundingClientRect().width"))
