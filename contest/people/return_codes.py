"""Return codes: eight letters a person writes down, of which only a keyed hash is kept here."""

import hashlib
import hmac

from contest.rules import declared, short_codes

LENGTH = 8
GROUP = 4


def made_from(entropy: bytes) -> str:
    """The code these bytes give: one of 24⁸, about 110 thousand million."""
    return short_codes.short_code(entropy, LENGTH)


def typed(text: str) -> str:
    """A code as somebody typed it; spaces, hyphens, case and accents do not matter."""
    return declared.code(text, LENGTH)


def in_groups(code: str) -> str:
    """As people copy it: "H7KM-2QXP"."""
    return f"{code[:GROUP]}-{code[GROUP:]}"


def hashed(text: str, key: bytes) -> str:
    """What may be kept of a secret: without the program's key nobody can try all codes against it."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
