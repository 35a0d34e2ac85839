"""Which person this device belongs to: a signed, HttpOnly cookie and nothing else."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from flask import Flask, Response, current_app, request, session
from itsdangerous import BadSignature, Signer

from contest.errors import Refusal
from contest.language import _

COOKIE = "nguoi_du_thi"
YEAR = 366 * 24 * 3600
# In the session of a volunteer's tablet: which table it stands on.
TABLE = "helper"
# Whom the record of a person leads to, since the two were found to be one: person id -> person id.
LEADING = "leading"
# Nobody sits there longer; a tablet that is put away forgets by itself.
SEATED_SECONDS = 3 * 3600


class NotEntered(Refusal):
    """This device has not entered; the page offers the return code."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            _(
                "Thiết bị này chưa vào cuộc thi. Hãy mở lại trang của đợt thi, "
                "hoặc nhập mã quay lại để làm tiếp trên thiết bị này."
            )
        )


def person_id_or_none() -> int | None:
    """The person this device entered as, or None."""
    cookie = request.cookies.get(COOKIE)
    person_id = None if cookie is None else _person_behind(_signer(), cookie)
    if person_id is None:
        return None
    now_is: Callable[[int], int] = current_app.extensions[LEADING]
    return now_is(person_id)


@lru_cache(maxsize=20_000)
def _person_behind(signer: Signer, cookie: str) -> int | None:
    # Kept, because each phone shows the same cookie with every tap, and twice within a request.
    try:
        return int(signer.unsign(cookie))
    except (BadSignature, ValueError):
        return None


def current_person_id() -> int:
    """The person this device entered as; raises NotEntered."""
    person_id = person_id_or_none()
    if person_id is None:
        raise NotEntered
    return person_id


def remember(response: Response, person_id: int) -> Response:
    """Make this device that person's; a volunteer's tablet for as long as somebody sits at it."""
    seconds = SEATED_SECONDS if session.get(TABLE) else YEAR
    response.set_cookie(
        COOKIE,
        _signer().sign(str(person_id)).decode(),
        max_age=seconds,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """This device is nobody's again (a shared tablet)."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def connect(app: Flask) -> None:
    """Make the signer once: deriving its key costs more than using it."""
    app.extensions["device_signer"] = Signer(
        app.secret_key or "", salt="device", digest_method=hashlib.sha256
    )


def _signer() -> Signer:
    signer: Signer = current_app.extensions["device_signer"]
    return signer
