"""Whether a page is shown inside an app: there links open in a window that may forget everything when it closes."""

from flask import request

# How apps that Vietnam uses name themselves in what a browser says of itself.
APPS = (
    ("zalo", "Zalo"),
    ("messenger", "Messenger"),
    ("fban", "Facebook"),
    ("fbav", "Facebook"),
    ("fb_iab", "Facebook"),
    ("instagram", "Instagram"),
    ("tiktok", "TikTok"),
    ("musical_ly", "TikTok"),
    ("line/", "LINE"),
)


def app_name() -> str | None:
    """The app this page is shown in, None for a browser."""
    said = request.user_agent.string.lower()
    return next((name for mark, name in APPS if mark in said), None)
