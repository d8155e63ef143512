# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium before the real server over a real database with the sample."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from inventory.database import open_session
from tests.browser.serving import serve
from tests.browser.watching import PATIENCE_MS, Watch
from tests.web.opening import open_app
from tests.web.sample import insert_sample
from web.screenshots import CHROMIUM_ARGUMENTS
from web.vendor import compile_catalogues, copy_packages

expect.set_options(timeout=PATIENCE_MS)
_FORGET_WORKERS = """async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address for all: each module serves its own. Pytest 9 warns of the plugin's own fixture."""


@pytest.fixture(scope="session", autouse=True)
def _verify_url() -> None:
    """Nothing to verify before the server is up; stands in for the plugin's, as `base_url` does."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium, headless, with WebGL drawn by the processor."""
    return browser_type_launch_args | {
        "executable_path": shutil.which("chromium") or shutil.which("chromium-browser"),
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A Danish reader at a desk."""
    return browser_context_args | {"viewport": WIDE, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


@pytest.fixture(scope="module")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the application, served by threads over the sample."""
    copy_packages()
    compile_catalogues()
    with open_session(database_url) as session:
        insert_sample(session)
    files = tmp_path_factory.mktemp("files")
    with open_app(database_url, files=files) as app, serve(app) as address:
        yield address


@pytest.fixture
def watch(page: Page, server: str) -> Iterator[Watch]:
    """The page, watched: whatever the browser complains of, or asks of another origin, fails the test."""
    watch = Watch(page, origin=server)
    yield watch
    assert watch.complaints == []


@pytest.fixture(scope="module")
def walker(browser: Browser, browser_context_args: dict[str, object], server: str) -> Iterator[Watch]:
    """One page for a whole module, which keeps what it fetched as a reader's does."""
    context = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
    yield Watch(context.new_page(), origin=server)
    context.close()


@pytest.fixture
def walk(walker: Watch) -> Iterator[Watch]:
    """The module's one page, watched: to walk through many pages for the price of one browser."""
    walker.requests.clear()
    walker.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    walker.page.emulate_media(reduced_motion="no-preference")
    yield walker
    # The next page comes from the server again.
    walker.page.evaluate(_FORGET_WORKERS)
    complaints = list(walker.complaints)
    walker.complaints.clear()
    assert complaints == []
