"""Sessions of staff and of forms: signed cookies, not even opened where an answer is saved."""

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.wrappers import Request


class Sessions(SecureCookieSessionInterface):
    """Flask's own, except on the one address that thousands of phones call at once and that needs none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """No session for saves: checking its signature would cost a tenth of the whole request."""
        if request.path.startswith("/attempts/") and request.path.endswith("/answers"):
            return self.make_null_session(app)
        return super().open_session(app, request)


def connect(app: Flask) -> None:
    """Use these sessions."""
    app.session_interface = Sessions()
