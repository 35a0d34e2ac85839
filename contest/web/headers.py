"""Security headers, compression of pages, and what may be kept by whom."""

import gzip

from flask import Flask, Response, request

_STRICT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)


def policy(framed_by: str) -> str:
    """The Content-Security-Policy of a page that only these sites (CSP words) may put into a frame."""
    return f"{_STRICT}; frame-ancestors {framed_by}"


POLICY = policy("'none'")
WORTH_COMPRESSING = 1024

# What a view has set itself stays.
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    # Contests hold names of private persons: out of search engines unless a page says otherwise.
    ("X-Robots-Tag", "noindex"),
    ("Cache-Control", "no-store"),
)


def connect(app: Flask) -> None:
    """Attach headers to every answer."""
    always = [*ALWAYS]
    if app.config["SESSION_COOKIE_SECURE"]:
        always.append(("Strict-Transport-Security", "max-age=31536000"))

    @app.after_request
    def protect(response: Response) -> Response:
        there = {name.lower() for name, _ in response.headers}
        response.headers.extend([pair for pair in always if pair[0].lower() not in there])
        return compressed(response)


def compressed(response: Response) -> Response:
    """Gzip pages for phones on thin lines; small answers and streams go as they are."""
    if (
        (response.content_length or 0) < WORTH_COMPRESSING
        or response.mimetype not in ("text/html", "application/json", "image/svg+xml")
        or response.direct_passthrough
        or response.is_streamed
        or not request.accept_encodings["gzip"]
        or "Content-Encoding" in response.headers
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
