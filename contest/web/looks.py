"""How somebody reads: text size, colours, contrast. A cookie of the device, set by plain links, without script."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, Response, current_app, render_template, request
from markupsafe import Markup

from contest.web.translations import current_language

COOKIE = "look"
YEAR = 366 * 24 * 3600

# What may be chosen, in the cookie's order; "" is what the device itself says.
CHOICES: dict[str, tuple[str, ...]] = {
    "text": ("", "large", "larger"),
    "scheme": ("", "light", "dark"),
    "contrast": ("", "more"),
}


def current_look() -> dict[str, str]:
    """What is chosen: by the cookie ("large..more"), changed by `?look=text-large`. Nonsense counts as nothing."""
    kept = dict(zip(CHOICES, request.cookies.get(COOKIE, "").split("."), strict=False))
    name, _dash, value = request.args.get("look", "").partition("-")
    if name in CHOICES:
        kept[name] = value
    return {name: kept[name] if kept.get(name) in values else "" for name, values in CHOICES.items()}


def in_a_word(look: dict[str, str]) -> str:
    """The look as the cookie holds it."""
    return ".".join(look.values())


def here_with(name: str, value: str) -> str:
    """A link to this page with another argument; everything else in its address stays."""
    path, arguments = _here()
    return f"{path}?{urlencode({**arguments, name: value}, doseq=True)}"


def _here() -> tuple[str, dict[str, list[str]]]:
    """This page's (path, arguments); "" is its own path.

    The answer to a form may stand at an address that nobody can open: there it is the page the form stood on.
    """
    adapter = current_app.create_url_adapter(request)
    if request.method != "POST" or adapter is None or adapter.test(method="GET"):
        return "", request.args.to_dict(flat=False)
    stood = urlsplit(request.referrer or "")
    if stood.netloc != request.host:
        return f"{request.script_root}/", {}
    return "/" + stood.path.lstrip("/"), parse_qs(stood.query)


_feet: dict[tuple[str, str], Markup] = {}


def site_foot() -> Markup:
    """The foot of a page. Below addresses without arguments it is the same for a whole hall: rendered once."""
    key = (current_language(), in_a_word(current_look()))
    everywhere = _here() == ("", {})
    if everywhere and key in _feet:
        return _feet[key]
    foot = Markup(render_template("site_foot.html"))  # noqa: S704  escaped there
    if everywhere:
        _feet[key] = foot
    return foot


def connect(app: Flask) -> None:
    """Give templates `look`, `here_with` and `site_foot`, and keep what was chosen."""
    app.jinja_env.globals.update(here_with=here_with, site_foot=site_foot)

    @app.context_processor
    def chosen() -> dict[str, Any]:
        return {"look": current_look()}

    @app.after_request
    def keep_choice(response: Response) -> Response:
        if "look" in request.args:
            response.set_cookie(COOKIE, in_a_word(current_look()), max_age=YEAR, samesite="Lax")
        return response
