"""Public pages, and what they are made of, kept for a few seconds: a whole province looking at once costs one reader."""

import functools
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar, cast

from flask import current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue

from contest.web.headers import compressed
from contest.web.looks import current_look, in_a_word
from contest.web.translations import current_language

P = ParamSpec("P")
V = TypeVar("V")

MOST_PAGES = 400
MOST_DATA = 40
# What a view says about its answer, and what belongs to the answer as it is sent.
HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Disposition",
    "Content-Security-Policy",
    "Cache-Control",
    "ETag",
    "Access-Control-Allow-Origin",
    "Vary",
)

_kept: "OrderedDict[tuple[str, str, bool], tuple[float, bytes, dict[str, str]]]" = OrderedDict()
_data: "OrderedDict[Hashable, tuple[float, object]]" = OrderedDict()


def forget() -> None:
    """Forget everything kept: only tests empty tables under a running program."""
    _kept.clear()
    _data.clear()


def kept_data(key: Hashable, make: Callable[[], V]) -> V:
    """What `make` gave some seconds ago (KEPT_SECONDS): pages, files and pictures made from it agree.

    A page that is kept (below) is kept no longer than what it was made of.
    """
    now, whole_key = time.monotonic(), (current_app.config["SETTINGS"].database_url, key)
    found = _data.get(whole_key)
    if found is None or now >= found[0]:
        found = _data[whole_key] = (now + current_app.config["KEPT_SECONDS"], make())
        while len(_data) > MOST_DATA:
            _data.popitem(last=False)
    g.kept_until = min(g.get("kept_until", found[0]), found[0])
    return cast(V, found[1])


def kept(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Answer a page again as it was some seconds ago (KEPT_SECONDS), per address, language, look and compression.

    Only for pages that are the same for everybody: whoever is signed in, or has a message waiting, gets
    a page of their own. Anything but a plain 200 is never kept.
    """

    @functools.wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if "_user_id" in session or "_flashes" in session:
            return view(*args, **kwargs)
        spoken = f"{current_language()} {in_a_word(current_look())}"
        key = (request.full_path, spoken, bool(request.accept_encodings["gzip"]))
        found = _kept.get(key)
        if found is not None and time.monotonic() < found[0]:
            return make_response(found[1], 200, found[2])
        until = time.monotonic() + current_app.config["KEPT_SECONDS"]
        response = compressed(make_response(view(*args, **kwargs)))
        if response.status_code == 200 and not response.direct_passthrough:
            headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
            _kept[key] = (min(until, g.get("kept_until", until)), response.get_data(), headers)
            _kept.move_to_end(key)
            while len(_kept) > MOST_PAGES:
                _kept.popitem(last=False)
        return response

    return answer
