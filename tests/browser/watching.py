# SPDX-License-Identifier: EUPL-1.2
"""A page under watch: what the browser complains of, where it turns, and what its map shows."""

import io
from collections.abc import Callable
from time import monotonic

from PIL import Image
from playwright.sync_api import ConsoleMessage, Page, Request, Response

Colour = tuple[int, int, int]

# The colours of web/assets/basemap.js, each with how far a drawn pixel may be from it.
LOTS: Colour = (0x00, 0x72, 0xB2)
LOTS_PALE: Colour = (0xD6, 0xEB, 0xF7)
REQUIREMENTS: Colour = (0xC2, 0x41, 0x0C)
MATCHES: Colour = (0x4C, 0x2A, 0x85)
LAND: Colour = (0xF8, 0xF6, 0xF0)
SEA: Colour = (0xD4, 0xE3, 0xEC)
_NEAR = 10
PATIENCE_MS = 120_000
"""A machine that does something else too is no fault: every wait is for what is to be there, however long."""


class Watch:
    """A page, its origin, and every complaint since it was opened."""

    def __init__(self, page: Page, *, origin: str) -> None:
        self.page, self.origin = page, origin
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._see_request)
        page.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        # Said of the browser itself, which fetches the map's picture from the emulated card to compose pages.
        if "GL Driver Message" in message.text and "GPU stall due to ReadPixels" in message.text:
            return
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _see_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"asked another origin: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, address: str, *, map_too: bool = True) -> Page:
        """Open a page of the server, and wait until its map, where it has one, is drawn."""
        self.page.goto(self.origin + address)
        if map_too:
            self.wait_for_map()
        return self.page

    def wait_for_map(self) -> None:
        """Wait until the map has drawn all it is going to."""
        self.page.wait_for_selector("#map[data-state=idle]")

    def wait_for_results(self, change: Callable[[], object]) -> None:
        """Do something that changes the answer, and wait for list and map to have it."""
        tiles = self.page.get_attribute("#results", "data-tiles")
        change()
        # The map hears of new tiles in the turn in which the list gets them: from then on it is not idle.
        self.page.wait_for_function(
            "tiles => document.getElementById('results').dataset.tiles !== tiles", arg=tiles
        )
        self.wait_for_map()

    def wait_for_complaint(self, words: str) -> None:
        """Wait until the browser complains of something; what it says reaches us later than it happens."""
        deadline = monotonic() + PATIENCE_MS / 1000
        while not any(words in complaint for complaint in self.complaints):
            assert monotonic() < deadline, self.complaints
            self.page.wait_for_timeout(50)

    def read_counts(self) -> tuple[int, int]:
        """Return how many lots and requirements the list says there are."""
        where = self.page.locator(".gb-results-where")
        return int(where.get_attribute("data-lots") or -1), int(
            where.get_attribute("data-requirements") or -1
        )

    def count_pixels(self, colour: Colour) -> int:
        """Count the pixels of the map that have a colour, as a person would see them."""
        shot = self.page.locator("#map canvas").screenshot()
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        return sum(
            count
            for count, seen in image.getcolors(maxcolors=image.width * image.height) or []
            if isinstance(seen, tuple) and all(abs(a - b) <= _NEAR for a, b in zip(seen, colour, strict=True))
        )
