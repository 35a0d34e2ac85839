"""The header of a sheet is found by meaning, wherever it stands."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, ROW, keys, xlsx

from contest.banks.formats import sheets
from contest.banks.formats.sheet_header import Role, header_role


@pytest.mark.parametrize(
    ("header", "row", "key"),
    [
        (["Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án"], ["Một?", "a1", "b1", "B"], "B"),
        (["Câu hỏi", "Phương án 1", "Phương án 2", "Đáp án"], ["Một?", "a1", "b1", 2], "B"),
        (["Nội dung", "Lựa chọn A", "Lựa chọn B", "ĐA"], ["Một?", "a1", "b1", "b"], "B"),
        (["CÂU HỎI", "A.", "B.", "Key"], ["Một?", "a1", "b1", "B."], "B"),
        (["Câu hỏi", "Đáp án", "Đáp án đúng"], ["Một?", "A. a1\nB. b1", "B"], "B"),
        (["Câu hỏi", "Phương án trả lời", "Đáp án"], ["Một?", "a1\nb1", "B"], "B"),
        (["Câu hỏi", "Các phương án", "Đáp án"], ["Một?", "A. a1   B. b1", "B"], "B"),
        (["Câu hỏi", "Các phương án", "Đáp án"], ["Một?", "A. a1\n*B. b1", None], "B"),
        (["Câu hỏi", "Đáp án"], ["Một?\nA. a1\nB. b1", "B"], "B"),
        (["Câu hỏi", "Phương án đúng", "Phương án sai 1"], ["Một?", "a1", "b1"], "A"),
        (["Câu hỏi", "A", "B", "Đáp án"], ["Một?", "A. a1", "B. b1", "B"], "B"),
    ],
)
def test_a_header_is_found_by_what_its_words_mean(header: list[str], row: list[object], key: str) -> None:
    bank = sheets.read(xlsx([header, row]))
    assert [(one.text, [choice.text for choice in one.choices]) for one in bank.questions] == [
        ("Một?", ["a1", "b1"])
    ]
    assert keys(bank) == [key]
    assert bank.ready == 1


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("STT", Role.NUMBER, -1),
        ("Số TT", Role.NUMBER, -1),
        ("LĨNH VỰC", Role.TOPIC, -1),
        ("Hạng mục", Role.TOPIC, -1),
        ("Chủ đề / lĩnh vực", Role.TOPIC, -1),
        ("Mức độ nhận thức", Role.LEVEL, -1),
        ("Độ khó", Role.LEVEL, -1),
        ("Đáp án", Role.ANSWER, -1),
        ("Đáp án (A, B, C, D)", Role.ANSWER, -1),
        ("Đáp án đúng:", Role.KEY, -1),
        ("Phương án đúng", Role.KEY, -1),
        ("Đáp án D", Role.CHOICE, 3),
        ("Phương án (A)", Role.CHOICE, 0),
        ("Phương án trả lời 4", Role.CHOICE, 3),
        ("Option 5", Role.CHOICE, 4),
        ("Đáp án nhiễu 2", Role.WRONG, 1),
        ("Căn cứ pháp lý", Role.CITATION, -1),
        ("Nguồn", Role.CITATION, -1),
        ("Giải thích", Role.EXPLANATION, -1),
        ("Loại câu hỏi", Role.KIND, -1),
        ("Câu hỏi trắc nghiệm", Role.QUESTION, -1),
    ],
)
def test_words_of_a_header(text: str, role: Role, place: int) -> None:
    assert header_role(text) == (role, place)


@pytest.mark.parametrize("text", ["Điểm", "Ghi chú", "Người soạn", "Đáp án nào đúng với quy định hiện hành?"])
def test_other_words_are_no_header(text: str) -> None:
    assert header_role(text) is None


def test_a_header_of_two_rows() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("C1:F1")

    head = [["STT", "Câu hỏi", "Phương án", None, None, None, "Đáp án"], [None, None, "A", "B", "C", "D"]]
    assert keys(sheets.read(xlsx([*head, ROW], dress))) == ["A"]


def test_a_header_repeated_on_each_page_is_no_question() -> None:
    assert sheets.read(xlsx([HEADER, ROW, HEADER, (2, "Hai?", *ROW[2:])])).found == 2
