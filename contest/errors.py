"""An expected "no", with a sentence that says what the person can do next."""

from contest.language import Text, _


class Refusal(Exception):
    """The rules of the house say no. `status` is the HTTP status that one handler answers with."""

    status = 409

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Refusal):
    """It is not there, or it is not this person's; the two look the same from outside."""

    status = 404

    def __init__(self, sentence: Text | None = None) -> None:
        super().__init__(
            sentence or _("Không tìm thấy trang này. Hãy kiểm tra lại địa chỉ hoặc quay về trang đầu.")
        )


class NotAllowed(Refusal):
    """The person is known, but this is not among the things their role may do."""

    status = 403

    def __init__(self, sentence: Text | None = None) -> None:
        super().__init__(
            sentence
            or _("Tài khoản của bạn không có quyền làm việc này. Hãy liên hệ quản trị nếu bạn cần quyền.")
        )
