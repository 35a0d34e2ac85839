"""Every page in Vietnamese, opened by who may open it, on a phone by day and a monitor by night."""

import pytest
from playwright.sync_api import Browser as Chromium

from tests.browser.every_page import PARTS, downloads, pages
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]


@pytest.mark.parametrize("part", PARTS)
def test_every_page_fits_every_screen_and_can_be_read(
    visitors: Visitors, chromium: Chromium, part: str
) -> None:
    assert visitors.faults(chromium, "vi", PARTS[part](visitors.site)) == {}


def test_every_file_and_picture_comes(visitors: Visitors, chromium: Chromium) -> None:
    for visit in downloads(visitors.site):
        context = visitors.context(chromium, visit.who, "vi")
        answer = context.request.get(visitors.server.address + visit.path(visitors.server.app))
        assert (visit.endpoint, answer.status) == (visit.endpoint, visit.status)
        assert "text/html" not in answer.headers["content-type"], visit.endpoint
        context.close()


def test_no_address_is_forgotten(visitors: Visitors) -> None:
    """A new page is named here, with an example address and who opens it."""
    named = {visit.endpoint for visit in [*pages(visitors.site), *downloads(visitors.site)]}
    rules = visitors.server.app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if "GET" in (rule.methods or set())} - named == set()
