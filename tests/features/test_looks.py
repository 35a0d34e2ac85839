"""Text size, colours and contrast by plain links: kept by the device, never shown to somebody else."""

import re

import pytest

from contest.permissions import Role


def opening_tag(answer) -> str:
    found = re.search(r"<html[^>]*>", answer.text)
    assert found is not None
    return found[0]


def test_a_look_is_chosen_by_a_link_kept_and_given_back(visitor):
    assert "data-text" not in opening_tag(visitor.get("/"))
    chosen = opening_tag(visitor.get("/?look=text-larger"))
    assert 'data-text="larger"' in chosen
    visitor.get("/?look=scheme-dark")
    both = opening_tag(visitor.get("/sign-in"))
    assert 'data-text="larger"' in both
    assert 'data-scheme="dark"' in both
    visitor.get("/?look=scheme-")
    assert "data-scheme" not in opening_tag(visitor.get("/"))


@pytest.mark.parametrize("nonsense", ["text-huge", "size-large", "x", "text-large.more", '"><script>'])
def test_nonsense_is_no_look(visitor, nonsense):
    answer = visitor.client.get("/", query_string={"look": nonsense})
    assert answer.status_code == 200
    visitor.client.set_cookie("look", f"{nonsense}.{nonsense}.{nonsense}.x")
    again = visitor.get("/")
    assert opening_tag(again) == '<html lang="vi">'


def test_the_links_keep_what_else_the_address_says(visitor):
    page = visitor.get("/return?round=K7M2QX").text
    assert 'href="?round=K7M2QX&amp;look=contrast-more"' in page
    assert 'href="?round=K7M2QX&amp;lang=en"' in page


@pytest.mark.parametrize(
    ("stood", "opened"),
    [
        ("http://localhost/desk/staff?q=an", "/desk/staff?q=an"),
        ("http://elsewhere.example/x", "/?"),
        ("", "/?"),
        ("http://localhost//elsewhere.example/x", "/elsewhere.example/x?"),
    ],
)
def test_what_a_sent_form_shows_leads_to_the_page_the_form_stood_on(make, browser_for, stood, opened):
    member, browser = make.staff(Role.VIEWER), browser_for()
    browser.client.environ_base["HTTP_REFERER"] = stood
    shown = browser.post(f"/desk/staff/{member.id}/password-link", page="/desk/staff")
    assert shown.status == 200
    links = re.findall(r'href="([^"]*(?:lang|look)=[^"]*)"', shown.text)
    assert links
    assert all(link.startswith(opened) for link in links)
    # A page of its own address right afterwards has its own links.
    assert 'href="?lang=en"' in browser.get("/desk/staff").text


def test_a_page_kept_for_a_crowd_is_kept_for_each_look_apart(app, make, visitor):
    round_ = make.round()
    app.config["KEPT_SECONDS"] = 60.0
    try:
        visitor.get(f"/participation/{round_.code}?looks")
        visitor.client.set_cookie("look", "large..more")
        own = opening_tag(visitor.get(f"/participation/{round_.code}?looks"))
        assert 'data-text="large"' in own
        assert 'data-contrast="more"' in own
    finally:
        app.config["KEPT_SECONDS"] = 0.0
