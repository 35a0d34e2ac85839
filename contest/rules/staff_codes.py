"""Whether two staff codes are one, however they were typed and whatever a spreadsheet left of them."""

from functools import lru_cache

from contest.rules import vietnamese


@lru_cache(maxsize=4096)
def plain(code: str) -> str:
    """Letters and digits alone: "nv 001", "NV-001" and "NV.001" are "NV001"."""
    return "".join(sign for sign in vietnamese.fold(code).upper() if sign.isalnum())


def key(code: str) -> str:
    """What of a code is looked up and compared; "" for none.

    A code of digits alone loses its leading zeros in a spreadsheet, so "00123" and "123" are one. With a letter in
    it no spreadsheet touches a code: there a zero tells two people apart ("NV01" is not "NV1"). Nobody is
    recognised by a code alone (see matching), so that two numbers falling together ask a question, no more.
    """
    signs = plain(code)
    return signs.lstrip("0") or signs[-1:] if signs.isdecimal() else signs
