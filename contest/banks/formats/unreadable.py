"""The polite refusal of a file that cannot be read at all, in Vietnamese and English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "empty": (
        "Tệp trống. Hãy chọn lại tệp có câu hỏi.",
        "The file is empty. Choose a file with questions.",
    ),
    "not_docx": (
        "Tệp này không phải tệp Word (.docx). Hãy mở bằng Word, lưu lại thành .docx rồi tải lên.",
        "This is not a Word (.docx) file. Open it in Word, save it as .docx and upload that.",
    ),
    "encrypted": (
        "Tệp đang được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi tải lên.",
        "The file is protected by a password. Remove the password, save it and upload it again.",
    ),
    "legacy_doc": (
        "Đây là tệp Word đời cũ (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi tải lên.",
        "This is an old Word file (.doc). Open it in Word, save it as .docx and upload that.",
    ),
    "legacy_sheet": (
        "Đây là bảng tính đời cũ mà hệ thống không đọc được. Hãy lưu lại thành .xlsx rồi tải lên.",
        "This old spreadsheet cannot be read. Save it as .xlsx and upload that.",
    ),
    "not_sheet": (
        "Tệp này không phải bảng tính. Hãy lưu lại thành .xlsx hoặc .csv rồi tải lên.",
        "This is not a spreadsheet. Save it as .xlsx or .csv and upload that.",
    ),
    "unknown_format": (
        "Không nhận ra loại tệp này. Hãy dùng tệp Word (.docx), Excel (.xlsx) hoặc .csv.",
        "This kind of file is not known. Use Word (.docx), Excel (.xlsx) or .csv.",
    ),
    "broken": (
        "Tệp bị hỏng nên không đọc được. Hãy mở tệp, lưu lại rồi tải lên.",
        "The file is damaged and cannot be read. Open it, save it again and upload it.",
    ),
    "unsafe": (
        "Tệp có nội dung không an toàn nên bị từ chối. Hãy sao chép câu hỏi sang một tệp mới rồi tải lên.",
        "The file has unsafe content and was refused. Copy the questions into a new file and upload that.",
    ),
    "far_cell": (
        "Ô {cell} có nội dung nhưng ở quá xa các ô khác, nên tệp chưa đọc được. Hãy xóa hàng hoặc cột đó "
        "(nhấn Ctrl + End để tới ô xa nhất), lưu lại rồi tải lên.",
        "Cell {cell} holds something, but lies too far from all others for the file to be read. Delete its row "
        "or column (Ctrl + End leads to the farthest cell), save the file and upload it again.",
    ),
    "too_big": (
        "Tệp quá lớn (giới hạn {limit}). Hãy chia thành nhiều tệp nhỏ hơn.",
        "The file is too big (the limit is {limit}). Split it into smaller files.",
    ),
    "too_slow": (
        "Tệp mất quá nhiều thời gian hoặc bộ nhớ để đọc. Hãy chia thành nhiều tệp nhỏ hơn.",
        "The file takes too much time or memory to read. Split it into smaller files.",
    ),
    "bad_encoding": (
        "Không nhận ra bảng mã của tệp. Hãy lưu lại bằng Unicode (UTF-8) rồi tải lên.",
        "The encoding of the file is not known. Save it as Unicode (UTF-8) and upload it again.",
    ),
    "wrong_extension": (
        "Tên tệp có đuôi {extension} nhưng nội dung là {actual}. Hãy đổi đúng đuôi tệp rồi tải lên.",
        "The file name ends in {extension} but it holds {actual}. Correct the name and upload it again.",
    ),
    "note": ("{note}", "{note}"),
}


class Unreadable(Exception):
    """A file that gives no questions at all; `kind` is a key of SENTENCES, values fill its sentence."""

    def __init__(self, kind: str, **values: str) -> None:
        self.kind = kind
        self.values = values
        super().__init__(self.message())

    def message(self, language: str = "vi") -> str:
        """A sentence saying why and what to do next, in "vi" or "en"."""
        vietnamese, english = SENTENCES[self.kind]
        return (english if language == "en" else vietnamese).format(**self.values)
