"""Logs as JSON lines, one request each, tied together by a request id. Never a token, never a name."""

import json
import logging
import secrets
import sys
import time

from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("contest.requests")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request"] = g.get("request_id", "")
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def connect(app: Flask, level: str) -> None:
    """Log every request except the thousands of saves that went well."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("contest")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(6)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if not (request.endpoint == "attempts.save" and response.status_code == 200):
            # The endpoint, not the path: an attempt's address is its key.
            fields = {
                "method": request.method,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            }
            log.info("request", extra={"fields": fields})
        return response
