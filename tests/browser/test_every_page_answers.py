"""Every page answers from every database: opened without a screen, in both languages."""

import pytest

from tests.browser.every_page import pages
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.server


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers(visitors: Visitors, language: str) -> None:
    statuses = {}
    wanted = [visit for visit in pages(visitors.site) if visit.send is None]
    for visit in wanted:
        client = visitors.server.app.test_client()
        client.set_cookie("lang", language)
        for cookie in visitors.cookies.get(visit.who, []):
            client.set_cookie(cookie["name"], cookie["value"])
        path = visit.path(visitors.server.app)
        statuses[path, visit.who] = client.get(path, follow_redirects=True).status_code
    assert statuses == {(visit.path(visitors.server.app), visit.who): visit.status for visit in wanted}
