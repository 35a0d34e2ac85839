"""Every "no" as a page or as JSON, always with a sentence that says what to do next."""

import logging

from flask import Flask, g, jsonify, render_template, request, url_for
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
    413: _("Tệp quá lớn. Hãy chia nhỏ tệp rồi tải lên lại."),
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
    return request.is_json or best == "application/json"


def answer(status: int, sentence: Text) -> ResponseReturnValue:
    """The same "no", as a page or as JSON."""
    if wants_json():
        return jsonify(error=shown(sentence)), status
    action = None
    if status == 401:
        action = {"label": shown(_("Nhập mã quay lại")), "url": url_for("people.resume")}
    page = render_template(
        "errors/error.html",
        status=status,
        title=TITLES.get(status, BROKEN_TITLE),
        text=sentence,
        action=action,
        request_id=g.get("request_id", ""),
    )
    return page, status


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
        return answer(status, NotFound().sentence if status == 404 else SENTENCES.get(status, BROKEN))

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        log.exception("unexpected error", exc_info=error)
        return answer(500, BROKEN)
