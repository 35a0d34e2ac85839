"""What a request brings along beside its form: the device's own name, and the key that hashes are made with."""

import secrets

from flask import current_app, session

NAME = "device"


def key() -> bytes:
    """The program's secret, as the key of everything hashed about people."""
    return str(current_app.secret_key).encode()


def name() -> str:
    """A random name this device keeps for as long as its browser stays open."""
    if NAME not in session:
        session[NAME] = secrets.token_hex(12)
    return str(session[NAME])
