"""Codes short enough to read aloud and type: no letter that looks or sounds like another."""

import hashlib

# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B and U/V: 24 letters and digits, six of which make 191 million codes.
ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
LENGTH = 6

# What people type when a code is read to them or scrawled: taken for the letter that was meant.
_MEANT = str.maketrans({"U": "V", "Đ": "D", "Ð": "D"})


def short_code(entropy: bytes, length: int = LENGTH) -> str:
    """A code of `length` characters from these random bytes; the same bytes give the same code.

    The digest stretches the bytes, so that even a counter spreads over all codes.
    """
    number = int.from_bytes(hashlib.sha256(entropy).digest(), "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def tidy(typed: str) -> str:
    """What somebody typed as the code that was meant: upper case, without spaces, dots and hyphens."""
    letters = (letter for letter in typed.upper().translate(_MEANT) if letter.isalnum())
    return "".join(letters)
