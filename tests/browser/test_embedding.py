"""The public numbers in a frame of a portal at another address: seen, as high as their content, and nothing else there."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from contest.permissions import Role
from tests.browser.conftest import Server, free_port, wait_for
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]

PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Cổng thông tin</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<body style='margin:0'><h1>Cổng thông tin điện tử tỉnh An Bình</h1>{content}<p id='below'>Cuối trang</p>"
)


class Portal:
    """A site of somebody else, at an address of its own: one page, with whatever an editor pasted there."""

    def __init__(self) -> None:
        self.content = ""
        portal = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = PAGE.replace("{content}", portal.content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing of it belongs into the output of a test."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def portal() -> Iterator[Portal]:
    found = Portal()
    yield found
    found.http.shutdown()


@pytest.fixture(scope="module")
def snippet(visitors: Visitors, chromium: Browser) -> str:
    """What the organiser copies at the desk."""
    context = visitors.context(chromium, Role.ORGANISER, "vi")
    page = context.new_page()
    page.goto(f"{visitors.server.address}/desk/participation/{visitors.site.past[0]}")
    copied = page.locator("#snippet").inner_text()
    context.close()
    return copied


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def framed(page: Page) -> Frame:
    found = page.locator("iframe").element_handle().content_frame()
    assert found is not None
    return found


def fits(page: Page) -> None:
    """The frame is as high as what is in it, and nothing of it scrolls or stands out."""
    inside = framed(page)
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    page.wait_for_timeout(150)
    content, window, wide, width = inside.evaluate(
        "(() => { const root = document.documentElement;"
        " return [Math.ceil(root.getBoundingClientRect().height), innerHeight, root.scrollWidth, innerWidth]; })()"
    )
    assert (content, wide) == (window, width)


def test_a_pasted_snippet_grows_and_shrinks_with_its_content(
    portal: Portal, narrow: BrowserContext, snippet: str
) -> None:
    portal.content, page, wrong = snippet, narrow.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(portal.address)
    expect(page.frame_locator("iframe").get_by_text("Số liệu chốt lúc")).to_be_visible()
    fits(page)
    tall = page.locator("iframe").bounding_box()
    page.set_viewport_size({"width": 900, "height": 640})
    page.wait_for_function(f"document.querySelector('iframe').clientHeight < {tall and tall['height']}")
    fits(page)
    assert framed(page).evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 31)"
    assert wrong == []


def test_two_in_one_page_grow_each_by_itself_in_the_colours_and_language_asked_for(
    portal: Portal, narrow: BrowserContext, snippet: str, visitors: Visitors
) -> None:
    other = snippet.replace('" title=', '?lang=en&amp;scheme=light&amp;unit=EVERY1" title=', 1)
    portal.content, page = snippet + other, narrow.new_page()
    page.goto(portal.address)
    page.locator("#below").scroll_into_view_if_needed()
    page.wait_for_function(
        "[...document.querySelectorAll('iframe')].every((frame) => frame.style.height !== '')"
    )
    heights = page.evaluate("[...document.querySelectorAll('iframe')].map((frame) => frame.clientHeight)")
    assert heights[0] > heights[1] > 100
    second = page.locator("iframe").nth(1).element_handle().content_frame()
    assert second is not None
    expect(second.get_by_text("See all numbers and how they are counted")).to_be_visible()
    assert second.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 243)"
    assert not [one for one in narrow.cookies() if one["domain"] in visitors.server.address]


def test_no_other_page_of_the_site_shows_in_a_frame(
    portal: Portal, narrow: BrowserContext, visitors: Visitors
) -> None:
    address = visitors.server.address
    portal.content = "".join(
        f'<iframe src="{address}{path}"></iframe>'
        for path in (f"/participation/{visitors.site.past[1]}", "/sign-in", "/")
    )
    page = narrow.new_page()
    page.goto(portal.address)
    for frame in page.locator("iframe").element_handles():
        inside = frame.content_frame()
        assert inside is not None
        inside.wait_for_load_state()
        assert inside.locator("h1", has_text="Số liệu").count() + inside.locator(".brand").count() == 0


def test_only_the_sites_that_are_configured_may_frame_it(
    portal: Portal, narrow: BrowserContext, server: Server, visitors: Visitors
) -> None:
    port = free_port()
    more = {"PORT": str(port), "FRAMED_BY": portal.address}
    strict = replace(server, address=f"http://127.0.0.1:{port}", environment={**server.environment, **more})
    strict.start()
    stranger = Portal()
    try:
        wait_for(strict.address)
        frame = f'<iframe src="{strict.address}/embed/participation/{visitors.site.past[1]}"></iframe>'
        for site, shown in ((portal, True), (stranger, False)):
            site.content, page = frame, narrow.new_page()
            page.goto(site.address)
            inside = framed(page)
            inside.wait_for_load_state()
            assert (inside.locator(".framed").count() == 1) is shown
    finally:
        stranger.http.shutdown()
        strict.kill()
