# SPDX-License-Identifier: EUPL-1.2
"""Every page on a telephone, in English: a file of its own, so that another worker can have it."""

import pytest

from tests.browser.conftest import NARROW
from tests.browser.everyone import find_narrow_faults
from tests.browser.one_page import check_page
from tests.browser.watching import Watch
from tests.web.test_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits_a_telephone(walk: Watch, name: str):
    """Axe finds nothing to object to, and the page is neither blank nor heavy.

    It fits 320 pixels too, with text spaced out.
    """
    check_page(walk, "/en" + PAGES[name], size=NARROW)
    assert find_narrow_faults(walk.page) == []
