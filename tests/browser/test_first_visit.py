# SPDX-License-Identifier: EUPL-1.2
"""With no data at all: whoever comes first sees on each page what to do next, and can do it."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import make_server

from tests.browser.conftest import NARROW, WIDE
from tests.browser.everyone import find_narrow_faults
from tests.browser.watching import LAND, Watch
from tests.web.opening import open_app
from web.vendor import compile_catalogues, copy_packages

pytestmark = pytest.mark.browser

# What each page of the menu says where there is nothing, and where its link leads.
EMPTY = {
    "/": ("Her er ikke noget endnu", "/imports"),
    "/projects": ("Der er ingen projekter endnu", "/imports"),
    "/coming": ("Intet bliver ledigt", "/imports"),
    "/firm": ("Ingen organisation", "/imports"),
    "/runs": ("Der er ingen plan endnu", "/imports"),
    "/surveys": ("Ingen opmåling er begyndt", "/imports"),
    "/hubs": ("Der er ingen hub endnu", "/imports"),
}


@pytest.fixture
def server(own_database_url: str) -> Iterator[str]:
    """The address of the application over a database with reference data and nothing else."""
    copy_packages()
    compile_catalogues()
    with open_app(own_database_url) as app:
        listener = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listener.server_port}"
        listener.shutdown()
        thread.join()
        listener.server_close()


def test_every_page_of_the_menu_says_what_to_do(watch: Watch):
    """Each page says that there is nothing and leads on; axe finds nothing, and 320 pixels are enough."""
    page = watch.page
    for address, (words, onwards) in EMPTY.items():
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        watch.open(address, map_too=False)
        if page.locator("#map").count():
            watch.wait_for_map()
            assert watch.count_pixels(LAND) > 20_000
        main = page.locator("main")
        expect(main).to_contain_text(words, ignore_case=True)
        expect(main.locator(f"a[href^='{onwards}']").first).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        assert find_narrow_faults(page) == [], address
    page.locator("main a[href^='/imports']").first.click()
    expect(page.locator("#file")).to_be_visible()
