"""Every page in English, on a phone by night and a monitor by day; a file of its own for a second worker."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.browser.every_page import PARTS
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]


@pytest.mark.parametrize("part", PARTS)
def test_every_page_fits_every_screen_in_english(visitors: Visitors, chromium: Chromium, part: str) -> None:
    assert visitors.faults(chromium, "en", PARTS[part](visitors.site)) == {}
