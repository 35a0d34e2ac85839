"""Who somebody is by a unit's list: the seam through which lists tell the form whom they know."""

from collections.abc import Callable
from datetime import date

from flask import Flask, current_app

from contest.contests.words import KNOWN_BY_ROSTER

# (contest id, name, phone, staff code, birth date) -> what the line of the list is called ("17"), None for
# who is on no list. Asked while the form is read, outside the write transaction.
Recognise = Callable[[int, str, str | None, str | None, date | None], str | None]


def connect(app: Flask, recognise: Recognise) -> None:
    """Let lists be asked; without this nobody is on any."""
    app.extensions[KNOWN_BY_ROSTER] = recognise


def line_of(contest_id: int, name: str, phone: str | None, code: str | None, born: date | None) -> str | None:
    """The line of a list that this person stands on; None when there is none."""
    recognise: Recognise | None = current_app.extensions.get(KNOWN_BY_ROSTER)
    return recognise(contest_id, name, phone, code, born) if recognise else None
