"""What every address of the interface does with a question and its answer."""

from typing import Any

from flask import abort, jsonify, request
from werkzeug.wrappers import Response

from contest.api import description

# So many seconds a program or a proxy may use a public answer again without asking.
MAX_AGE = 15


def answer(content: Any, public: bool = True) -> Response:
    """JSON with what caches need; 304 for whoever has it already. What is not public is kept by nobody else."""
    found = jsonify(content)
    found.headers["Cache-Control"] = f"public, max-age={MAX_AGE}" if public else "private, no-cache"
    if public:
        found.headers["Access-Control-Allow-Origin"] = "*"
    else:
        found.headers["Vary"] = "Authorization"
    found.add_etag()
    return found.make_conditional(request)


def page_number() -> str | None:
    """The page asked for, None for the first; 400 for what is no page."""
    asked = request.args.get("page")
    if asked is not None and not (
        asked.isascii() and asked.isdecimal() and 0 < int(asked) <= description.MOST_PAGES
    ):
        abort(400)
    return asked
