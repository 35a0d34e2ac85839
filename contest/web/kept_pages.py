"""Public pages kept for a few seconds, so that a whole province looking at once costs one reader."""

import functools
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import ParamSpec

from flask import current_app, make_response, request, session
from flask.typing import ResponseReturnValue

from contest.web.headers import compressed
from contest.web.looks import current_look, in_a_word
from contest.web.translations import current_language

P = ParamSpec("P")

MOST_PAGES = 400

_kept: "OrderedDict[tuple[str, str, bool], tuple[float, bytes, dict[str, str]]]" = OrderedDict()


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
        if found is not None and time.monotonic() - found[0] < current_app.config["KEPT_SECONDS"]:
            return make_response(found[1], 200, found[2])
        response = compressed(make_response(view(*args, **kwargs)))
        if response.status_code == 200:
            names = ("Content-Type", "Content-Encoding", "Vary")
            headers = {name: response.headers[name] for name in names if name in response.headers}
            _kept[key] = (time.monotonic(), response.get_data(), headers)
            while len(_kept) > MOST_PAGES:
                _kept.popitem(last=False)
        return response

    return answer
