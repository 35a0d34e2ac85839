"""Nobody in who does not belong: every address, tried by a stranger and by every role."""

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from contest import permissions
from contest.permissions import Role
from contest.web.access import ACCESS, Access


def addresses(app: Flask) -> list[tuple[str, str, Access]]:
    """(method, address with example values, what it asks for) of every view."""
    found = []
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], ACCESS)
        values = {name: example(rule, name) for name in rule.arguments}
        address = app.url_map.bind("localhost").build(rule.endpoint, values)
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        found.append((method, address, access))
    return found


def example(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 987654 if isinstance(converter, IntegerConverter) else "AAAAAA"


def test_a_stranger_is_sent_to_sign_in_from_every_staff_address(app):
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        for method, address, access in addresses(app):
            if access.to == "staff":
                answer = client.open(address, method=method)
                assert (address, answer.status_code) == (address, 302)
                assert answer.headers["Location"].startswith("/sign-in")
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_a_device_that_has_not_entered_is_refused_at_every_participants_address(app):
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        for method, address, access in addresses(app):
            if access.to == "participant":
                answer = client.open(address, method=method)
                assert (address, answer.status_code) == (address, 401)
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_a_program_without_a_token_is_refused_wherever_one_is_needed(app):
    needing = [address for _method, address, access in addresses(app) if access.to == "token"]
    assert needing
    for address in needing:
        assert (address, app.test_client().get(address).status_code) == (address, 401)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_only_what_it_is_allowed_to(app, make, browser_for, role):
    unit = make.unit() if role is Role.COORDINATOR else None
    browser = browser_for(role, unit_id=unit.id if unit else None)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        for method, address, access in addresses(app):
            if access.to != "staff" or address == "/sign-out":
                continue
            status = browser.client.open(address, method=method).status_code
            allowed = access.permission is None or permissions.allows(role, access.permission)
            assert status < 500, (address, status)
            assert (address, status == 403) == (address, not allowed)
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_everything_that_changes_asks_for_the_forms_token_or_says_why_not(app):
    client = app.test_client()
    free = {"attempts.save"}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.endpoint not in free:
            values = {name: example(rule, name) for name in rule.arguments}
            address = app.url_map.bind("localhost").build(rule.endpoint, values)
            answer = client.post(address)
            assert answer.status_code in (302, 400, 401), (address, answer.status_code)


def test_every_answer_carries_a_strict_policy(app):
    for address in ("/sign-in", "/khong-co-trang-nay"):
        policy = app.test_client().get(address).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
