"""How somebody reads: text size, colours, contrast. A cookie of the device, set by plain links, without script."""

from typing import Any

from flask import Flask, Response, request, url_for

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


def look_url(choice: str) -> str:
    """This page with another look; everything else in its address stays."""
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), "look": choice}
    return url_for(request.endpoint, **values) if request.endpoint else f"?look={choice}"


def connect(app: Flask) -> None:
    """Give templates `look` and `look_url`, and keep what was chosen."""
    app.jinja_env.globals["look_url"] = look_url

    @app.context_processor
    def chosen() -> dict[str, Any]:
        return {"look": current_look()}

    @app.after_request
    def keep_choice(response: Response) -> Response:
        if "look" in request.args:
            response.set_cookie(COOKIE, in_a_word(current_look()), max_age=YEAR, samesite="Lax")
        return response
