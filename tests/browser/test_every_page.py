"""Every page, opened by who may open it, on a phone and an office monitor, light and dark, in both languages."""

from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext

from contest.permissions import Role
from tests.browser import rosters_site
from tests.browser.conftest import Server
from tests.browser.every_page import (
    AT_TABLE,
    AT_WORK,
    SEATED,
    UNNAMED,
    WINNER,
    Site,
    complaints,
    downloads,
    pages,
)
from tests.browser.small_site import Filling

pytestmark = [pytest.mark.browser, pytest.mark.server]

SESSION = "hoi_thi"


@dataclass(frozen=True)
class Visitors:
    """The site, and what the browser of each of its people holds."""

    server: Server
    site: Site
    cookies: dict[str, list[dict[str, str]]]

    def context(self, chromium: Chromium, who: str, language: str) -> BrowserContext:
        """That person's browser. Nothing fades in it: axe would meet a colour half way."""
        context = chromium.new_context(locale="vi-VN", reduced_motion="reduce")
        held = [{"name": "lang", "value": language}, *self.cookies.get(who, [])]
        context.add_cookies([{"url": self.server.address, **cookie} for cookie in held])
        return context

    def faults(self, chromium: Chromium, language: str, *, with_axe: bool) -> dict[str, list[str]]:
        """What is wrong, by page and person."""
        found: dict[str, list[str]] = {}
        wanted = pages(self.site)
        for who in dict.fromkeys(visit.who for visit in wanted):
            context = self.context(chromium, who, language)
            for visit in (one for one in wanted if one.who == who):
                path = visit.path(self.server.app)
                wrong = list(complaints(context, visit, self.server.address + path, with_axe=with_axe))
                if wrong:
                    found[f"{path} for {who}"] = wrong
            context.close()
        return found


@pytest.fixture(scope="module")
def visitors(server: Server) -> Visitors:
    filling = Filling(server)
    site = filling.site()
    lists = rosters_site.fill(filling)
    site = replace(
        site, roster_upload_id=lists.upload_id, roster_job_id=lists.job_id, roster_pass=lists.secret
    )
    cookies = {
        WINNER: [server.device_cookie(site.winner_id)],
        AT_WORK: [server.device_cookie(site.at_work_id)],
        UNNAMED: [server.device_cookie(site.unnamed_id)],
    }
    for who, seated in ((AT_TABLE, False), (SEATED, True)):
        held = filling.at_table(site.table, seated=seated)
        cookies[who] = [{"name": name, "value": value} for name, value in held.items()]
    for role in Role:
        browser = filling.organiser if role is Role.ORGANISER else filling.signed_in(role)
        cookie = browser.client.get_cookie(SESSION)
        assert cookie is not None
        cookies[role] = [{"name": SESSION, "value": cookie.value}]
    return Visitors(server, site, cookies)


def test_every_page_opens_fits_every_screen_and_can_be_read(
    visitors: Visitors, chromium: Chromium, database_kind: str
) -> None:
    """How a page looks does not depend on the database: axe, the slowest reader, reads once."""
    assert visitors.faults(chromium, "vi", with_axe=database_kind == "sqlite") == {}


def test_every_page_opens_and_fits_every_screen_in_english(visitors: Visitors, chromium: Chromium) -> None:
    assert visitors.faults(chromium, "en", with_axe=False) == {}


def test_every_file_and_picture_comes(visitors: Visitors, chromium: Chromium) -> None:
    for visit in downloads(visitors.site):
        context = visitors.context(chromium, visit.who, "vi")
        answer = context.request.get(visitors.server.address + visit.path(visitors.server.app))
        assert (visit.endpoint, answer.status) == (visit.endpoint, 200)
        assert "text/html" not in answer.headers["content-type"], visit.endpoint
        context.close()


def test_no_address_is_forgotten(visitors: Visitors) -> None:
    """A new page is named here, with an example address and who opens it."""
    named = {visit.endpoint for visit in [*pages(visitors.site), *downloads(visitors.site)]}
    rules = visitors.server.app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if "GET" in (rule.methods or set())} - named == set()
