"""Whole addresses, as printed on posters and sent in links; the same inside a request and outside."""

from flask import current_app

from contest.settings import Settings


def whole_address(endpoint: str, **values: object) -> str:
    """The page's address with the public name of this site."""
    chosen: Settings = current_app.config["SETTINGS"]
    return chosen.public_address + current_app.url_map.bind("localhost").build(endpoint, values)
