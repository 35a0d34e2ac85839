"""Every "no" as a page or as JSON, always with a sentence that says what to do next."""

import logging
from urllib.parse import urlsplit

from flask import Flask, current_app, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from contest.errors import NotFound, Refusal
from contest.language import Text, _
from contest.web.translations import shown

log = logging.getLogger(__name__)

SENTENCES: dict[int, Text] = {
    400: _("Yêu cầu gửi lên không đọc được. Hãy tải lại trang rồi làm lại."),
    405: _("Địa chỉ này không dùng theo cách đó. Hãy quay về trang trước."),
    429: _("Có quá nhiều lần thử trong thời gian ngắn. Hãy đợi một phút rồi thử lại."),
}
TITLES: dict[int, Text] = {
    400: _("Chưa gửi được"),
    401: _("Chưa vào cuộc thi"),
    403: _("Bạn chưa có quyền này"),
    404: _("Không tìm thấy"),
    409: _("Chưa làm được việc này"),
    413: _("Tệp quá lớn"),
    429: _("Xin chờ một chút"),
}
BROKEN_TITLE = _("Máy chủ gặp lỗi")
BROKEN = _("Máy chủ gặp lỗi ngoài dự tính. Việc vừa làm chưa được ghi; hãy thử lại sau ít phút.")


def wants_json() -> bool:
    """A script asked, not a person: answer in kind."""
    best = request.accept_mimetypes.best_match(("text/html", "application/json"))
    return request.is_json or best == "application/json" or request.path.startswith("/api/")


def answer(status: int, sentence: Text) -> ResponseReturnValue:
    """The same "no", as a page or as JSON."""
    if wants_json():
        return jsonify(error=shown(sentence)), status
    page = render_template(
        "errors/error.html",
        status=status,
        title=TITLES.get(status, BROKEN_TITLE),
        text=sentence,
        action=_way_on(status),
        request_id=g.get("request_id", ""),
    )
    return page, status


def _way_on(status: int) -> dict[str, str] | None:
    """Where somebody goes from here, for the page to offer."""
    if status == 401:
        return {"label": str(shown(_("Nhập mã quay lại"))), "url": url_for("people.resume")}
    if status == 413 and (form := _page_of_the_form()):
        return {"label": str(shown(_("Quay lại chọn tệp khác"))), "url": form}
    return None


def _page_of_the_form() -> str:
    """The page whose form was sent: this same address where it can be opened, else the one before, else ""."""
    rule = request.url_rule
    if rule is not None and rule.methods and "GET" in rule.methods:
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else ""


def _too_large() -> Text:
    limit = (current_app.config["MAX_CONTENT_LENGTH"] or 0) // 1024 // 1024 - 1
    return _(
        "Những gì vừa gửi lớn hơn %(limit)s MB nên chưa được nhận; chưa có gì thay đổi. "
        "Hãy chia thành nhiều tệp nhỏ hơn, hoặc thu nhỏ các hình trong tệp, rồi tải lên lại.",
        limit=limit,
    )


def connect(app: Flask) -> None:
    """Attach the handlers; nothing else in the program turns an error into an answer."""

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        return answer(refusal.status, refusal.sentence)

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        return answer(
            400, _("Trang này đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy tải lại trang rồi gửi lại.")
        )

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if 300 <= status < 400:
            return error.get_response()
        if status == 413:
            return answer(status, _too_large())
        return answer(status, NotFound().sentence if status == 404 else SENTENCES.get(status, BROKEN))

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        log.exception("unexpected error", exc_info=error)
        return answer(500, BROKEN)
