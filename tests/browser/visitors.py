"""A small site, the people who open its pages, and what they find wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext

from contest.permissions import Role
from tests.browser import rosters_site
from tests.browser.complaining import Eyes
from tests.browser.every_page import AT_TABLE, AT_WORK, SEATED, UNNAMED, WINNER, Site, Visit
from tests.browser.small_site import Filling

if TYPE_CHECKING:
    from tests.browser.conftest import Server

SESSION = "hoi_thi"
Cookies = list[dict[str, str]]


@dataclass(frozen=True)
class Visitors:
    """The site, and what the browser of each of its people holds."""

    server: "Server"
    site: Site
    cookies: dict[str, Cookies]

    def context(self, chromium: Chromium, who: str, language: str) -> BrowserContext:
        """That person's browser. Nothing fades in it: axe would meet a colour half way."""
        context = chromium.new_context(locale="vi-VN", reduced_motion="reduce")
        held = [{"name": "lang", "value": language}, *self.cookies.get(who, [])]
        context.add_cookies([{"url": self.server.address, **cookie} for cookie in held])
        return context

    def faults(self, chromium: Chromium, language: str, wanted: Sequence[Visit]) -> dict[str, list[str]]:
        """What is wrong with these pages, by address and person."""
        found: dict[str, list[str]] = {}
        for who in dict.fromkeys(visit.who for visit in wanted):
            context = self.context(chromium, who, language)
            eyes = Eyes(context, language, self.server.address, self.server.app)
            for visit in (one for one in wanted if one.who == who):
                wrong = eyes.complaints(visit)
                if wrong:
                    sent = "" if visit.send is None else f" + {visit.to or 'form'}"
                    found[f"{visit.path(self.server.app)}{sent} for {who}"] = wrong
            context.close()
        return found


def settle(server: "Server") -> Visitors:
    """Fill the server's empty site and give everybody their cookies."""
    filling = Filling(server)
    site = filling.site()
    lists = rosters_site.fill(filling)
    site = replace(
        site,
        roster_upload_id=lists.upload_id,
        roster_job_id=lists.job_id,
        roster_pass=lists.secret,
        duplicate_pair_id=lists.pair_id,
    )
    cookies: dict[str, Cookies] = {
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
