"""Layouts of sheets as organisers hold them: where the header is, merged, hidden and shared cells."""

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, ods, ods_row, xls, xlsx

from contest.banks.formats import sheets
from contest.banks.formats.sheet_header import Role, header_role
from contest.rules.parsed import FaultKind, ParsedBank, Severity

ROW = (1, "Một cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", "A")
RED = Font(color="FFFF0000")
YELLOW = PatternFill("solid", fgColor="FFFFFF00")


def keys(bank: ParsedBank) -> list[str]:
    """The letters marked right, question by question."""
    return ["".join(choice.label for choice in one.choices if choice.right) for one in bank.questions]


def kinds(bank: ParsedBank) -> list[list[FaultKind]]:
    """The kinds of faults, question by question."""
    return [[fault.kind for fault in question.faults] for question in bank.questions]


def test_a_title_above_merged_topics_and_three_ways_to_write_a_key() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:I1")
        sheet.merge_cells("B4:B5")

    bank = sheets.read(
        xlsx(
            [
                ["NGÂN HÀNG CÂU HỎI TRẮC NGHIỆM TÌM HIỂU CCHC NĂM 2026"],
                [],
                [
                    "STT",
                    "Lĩnh vực",
                    "Nội dung câu hỏi",
                    "PA A",
                    "PA B",
                    "PA C",
                    "PA D",
                    "Đáp án đúng",
                    "Căn cứ pháp lý",
                ],
                [
                    1,
                    "Cải cách TTHC",
                    "Nộp hồ sơ ở đâu?",
                    "Cổng",
                    "Trang",
                    "Email",
                    "Cả 3",
                    "A",
                    "Nghị định 118",
                ],
                [2, None, "Số ngày tối đa là?", 3, 5, 7, 10, 4, "Điều 2"],
                [3, "Chính quyền số", "VNeID là gì?", "Ứng dụng", "Thẻ", "Mạng", None, "Ứng dụng", None],
            ],
            dress,
        )
    )
    assert bank.format == "xlsx"
    assert keys(bank) == ["A", "D", "A"]
    assert [one.topic for one in bank.questions] == ["Cải cách TTHC", "Cải cách TTHC", "Chính quyền số"]
    assert [choice.text for choice in bank.questions[1].choices] == ["3", "5", "7", "10"]
    assert [one.place for one in bank.questions] == ["Sheet1!C4", "Sheet1!C5", "Sheet1!C6"]
    assert bank.questions[0].citation == "Nghị định 118"
    assert (bank.found, bank.ready, bank.faults) == (3, 3, ())


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


def test_section_rows_give_the_topic_of_what_follows() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:G2")

    rows = [HEADER, ["CẢI CÁCH THỂ CHẾ"], ROW, [None, "Phần II. Chính quyền số"], (2, *ROW[1:])]
    bank = sheets.read(xlsx(rows, dress))
    assert [one.topic for one in bank.questions] == ["CẢI CÁCH THỂ CHẾ", "Chính quyền số"]


def test_a_header_repeated_on_each_page_is_no_question() -> None:
    assert sheets.read(xlsx([HEADER, ROW, HEADER, (2, "Hai?", *ROW[2:])])).found == 2


def test_rows_with_nothing_but_a_number_are_left_out() -> None:
    assert sheets.read(xlsx([HEADER, ROW, (2,), (3,)])).found == 1


def test_one_choice_to_a_row() -> None:
    bank = sheets.read(
        xlsx(
            [
                ["STT", "Câu hỏi", "Phương án", "Đáp án"],
                [1, "Một?", "a1", None],
                [None, None, "b1", "x"],
                [2, "Hai?", "A. a2", "A"],
                [None, None, "B. b2", None],
            ]
        )
    )
    assert [[choice.text for choice in one.choices] for one in bank.questions] == [["a1", "b1"], ["a2", "b2"]]
    assert keys(bank) == ["B", "A"]


def test_several_sheets_are_read_and_their_names_are_topics() -> None:
    bank = sheets.read(
        xlsx([HEADER, ROW], name="Khối xã", more={"Khối tỉnh": [HEADER, (*ROW[:1], "Khác?", *ROW[2:])]})
    )
    assert [(one.topic, one.place) for one in bank.questions] == [
        ("Khối xã", "Khối xã!B2"),
        ("Khối tỉnh", "Khối tỉnh!B2"),
    ]


def test_a_sheet_without_header_is_named_and_the_others_are_read() -> None:
    bank = sheets.read(xlsx([HEADER, ROW], more={"Hướng dẫn": [["Điền vào trang đầu"]]}))
    assert bank.found == 1
    assert [(fault.kind, fault.severity, fault.place) for fault in bank.faults] == [
        (FaultKind.FILE_NOTE, Severity.WARNING, "Hướng dẫn")
    ]


def test_a_workbook_without_any_header_says_so() -> None:
    bank = sheets.read(xlsx([["xin chào", "các bạn"]]))
    assert bank.found == 0
    assert bank.faults[0].kind is FaultKind.NOTHING_FOUND


def test_lines_of_a_document_pasted_into_a_sheet() -> None:
    lines = ["Câu 1: Một?", "A. a1", "B. b1", "Đáp án: B"]
    bank = sheets.read(xlsx([[line] for line in lines]))
    assert (keys(bank), bank.questions[0].place) == (["B"], "Sheet1!A1")


def test_hidden_rows_and_sheets_are_read_and_flagged() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.parent.worksheets[1].sheet_state = "hidden"

    rows = [HEADER, ROW, (2, "Hai?", *ROW[2:])]
    bank = sheets.read(xlsx(rows, dress, more={"Ẩn": [HEADER, (1, "Ba?", *ROW[2:])]}))
    assert kinds(bank) == [[], [FaultKind.FILE_NOTE], []]
    assert bank.ready == 3
    assert [fault.place for fault in bank.faults] == ["Ẩn"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((1, "Một?", "a", "b", "c", "d", None), FaultKind.NO_KEY),
        ((1, "Một?", "a", "b", "c", None, "D"), FaultKind.KEY_BEYOND_CHOICES),
        ((1, "Một?", "a", "b", "c", "d", 5), FaultKind.KEY_BEYOND_CHOICES),
        ((1, "Một?", "a", "b", "c", "d", "cả hai"), FaultKind.KEY_UNREAD),
        ((1, "Một?", "a", "b", "c", "d", 1.3), FaultKind.KEY_UNREAD),
        ((1, "Một?", "Có ạ", "có ạ", "c", "d", "C"), FaultKind.EQUAL_CHOICES),
        ((1, "Một?", "a", None, None, None, "A"), FaultKind.ONE_CHOICE),
        ((1, "Một?", None, None, None, None, "A"), FaultKind.NO_CHOICES),
        ((1, None, "a", "b", "c", "d", "A"), FaultKind.EMPTY_TEXT),
        ((1, "Một?", 3, 5, 7, 2, 2), FaultKind.KEYS_CONFLICT),
        ((1, "Háº£o lÃ  gÃ¬?", "a", "b", "c", "d", "A"), FaultKind.MOJIBAKE),
    ],
)
def test_a_doubtful_row_is_kept_and_held_back(rows: tuple[object, ...], fault: FaultKind) -> None:
    bank = sheets.read(xlsx([HEADER, rows]))
    assert (bank.found, bank.ready) == (1, 0)
    assert fault in kinds(bank)[0]


def test_a_gap_among_the_choices_and_among_the_numbers_is_a_warning() -> None:
    bank = sheets.read(
        xlsx([HEADER, (1, "Một?", "a", "b", None, "d", "D"), (4, "Bốn?", *ROW[2:]), (4, *ROW[1:])])
    )
    assert kinds(bank) == [[FaultKind.LABEL_ORDER], [FaultKind.NUMBERING_GAP], [FaultKind.NUMBERING_REPEAT]]
    assert keys(bank)[0] == "D"
    assert bank.ready == 3


def test_abolished_units_and_repeated_questions_are_warnings() -> None:
    long = "Ủy ban nhân dân huyện có bao nhiêu ngày để trả lời kiến nghị của người dân?"
    bank = sheets.read(xlsx([HEADER, (1, long, *ROW[2:]), (2, long, *ROW[2:])]))
    assert kinds(bank)[0] == [FaultKind.ABOLISHED_UNIT]
    assert FaultKind.NEAR_DUPLICATE in kinds(bank)[1]


@pytest.mark.parametrize("look", ["fill", "colour", "bold"])
def test_the_choice_that_stands_out_is_the_key(look: str) -> None:
    def dress(sheet: Worksheet) -> None:
        for place in ("D2", "C3"):
            if look == "fill":
                sheet[place].fill = YELLOW
            else:
                sheet[place].font = RED if look == "colour" else Font(bold=True)

    rows = [HEADER[:6], ROW[:6], (2, "Hai?", *ROW[2:6])]
    assert keys(sheets.read(xlsx(rows, dress))) == ["B", "A"]


@pytest.mark.parametrize(
    ("dressed", "fault"),
    [
        ({"C2": RED, "D2": RED}, FaultKind.SEVERAL_KEYS),
        ({"C2": RED, "D2": RED, "E2": RED, "F2": RED}, FaultKind.ALL_EMPHASISED),
        ({"C2": RED, "D2": Font(bold=True)}, FaultKind.KEYS_CONFLICT),
        ({}, FaultKind.NO_KEY),
    ],
)
def test_looks_that_disagree_are_no_key(dressed: dict[str, Font], fault: FaultKind) -> None:
    def dress(sheet: Worksheet) -> None:
        for place, font in dressed.items():
            sheet[place].font = font

    bank = sheets.read(xlsx([HEADER[:6], ROW[:6]], dress))
    assert kinds(bank) == [[fault]]
    assert keys(bank) == [""]


def test_a_key_cell_and_a_coloured_choice_that_disagree_are_a_conflict() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["D2"].fill = YELLOW

    assert kinds(sheets.read(xlsx([HEADER, ROW], dress))) == [[FaultKind.KEYS_CONFLICT]]


def test_a_coloured_column_is_decoration() -> None:
    def dress(sheet: Worksheet) -> None:
        for row in range(1, 6):
            sheet.cell(row, 3).fill = YELLOW

    rows = [(number, f"Câu thứ {number}?", *ROW[2:6], "BCDB"[number - 1]) for number in range(1, 5)]
    bank = sheets.read(xlsx([HEADER, *rows], dress))
    assert keys(bank) == ["B", "C", "D", "B"]


def test_a_statement_with_dung_or_sai_needs_no_choices() -> None:
    bank = sheets.read(
        xlsx([["Câu hỏi", "Đáp án"], ["Phí là bắt buộc.", "Sai"], ["Một cửa là một nơi.", "Đúng"]])
    )
    assert [one.kind for one in bank.questions] == ["true_false", "true_false"]
    assert keys(bank) == ["B", "A"]


def test_numbers_from_zero_are_read_as_such_and_said() -> None:
    rows = [(number, f"Câu thứ {number}?", *ROW[2:6], key) for number, key in enumerate([0, 1, 3], 1)]
    bank = sheets.read(xlsx([HEADER, *rows]))
    assert keys(bank) == ["A", "B", "D"]
    assert [fault.kind for fault in bank.faults] == [FaultKind.FILE_NOTE]


def test_numbers_from_zero_and_up_to_the_last_are_not_guessed() -> None:
    rows = [(number, f"Câu thứ {number}?", *ROW[2:6], key) for number, key in enumerate([0, 4], 1)]
    bank = sheets.read(xlsx([HEADER, *rows]))
    assert keys(bank) == ["", "D"]
    assert kinds(bank)[0] == [FaultKind.KEY_BEYOND_CHOICES]


@pytest.mark.parametrize(
    ("said", "key", "kind", "ready"),
    [
        ("Một đáp án", "A", "single", 1),
        ("Một đáp án", "A;C", "single", 0),
        ("Nhiều đáp án", "A;C", "multiple", 1),
        ("Tự luận", None, "single", 0),
        ("Kiến thức chung", "A", "single", 1),
    ],
)
def test_a_column_may_say_the_kind(said: str, key: str | None, kind: str, ready: int) -> None:
    bank = sheets.read(xlsx([[*HEADER, "Loại câu hỏi"], [*ROW[:6], key, said]]))
    assert (bank.questions[0].kind, bank.ready) == (kind, ready)


def test_the_number_and_level_typed_before_a_question_are_taken_out_of_it() -> None:
    bank = sheets.read(xlsx([HEADER[1:], ("Câu 7 (NB): Một cửa là gì?", *ROW[2:])]))
    question = bank.questions[0]
    assert (question.number, question.level, question.text) == ("7", "Nhận biết", "Một cửa là gì?")


def test_levels_are_given_their_names() -> None:
    bank = sheets.read(xlsx([[*HEADER, "Mức độ"], [*ROW, "VDC"]]))
    assert bank.questions[0].level == "Vận dụng cao"


def test_old_excel_and_opendocument_are_read_alike() -> None:
    rows = [HEADER, ROW]
    for content, name in ((xls(rows), "xls"), (ods("".join(map(ods_row, rows))), "ods")):
        bank = sheets.read(content)
        assert (bank.format, keys(bank), bank.ready) == (name, ["A"], 1)


def test_hidden_rows_and_merged_topics_of_opendocument() -> None:
    head = ods_row(["Chủ đề", *HEADER[1:]])
    topic = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Số hóa</text:p>'
    )
    first = ods_row(ROW[1:]).replace("<table:table-row >", f"<table:table-row >{topic}</table:table-cell>")
    second = ods_row(("Hai?", *ROW[2:]), 'table:visibility="collapse"').replace(
        '"collapse">', '"collapse"><table:covered-table-cell/>'
    )
    bank = sheets.read(ods(head + first + second))
    assert [one.topic for one in bank.questions] == ["Số hóa", "Số hóa"]
    assert kinds(bank) == [[], [FaultKind.FILE_NOTE]]


@pytest.mark.parametrize("number", ["Câu 12", "12.", "12", 12.0])
def test_a_number_column_may_say_more_than_the_number(number: object) -> None:
    assert sheets.read(xlsx([HEADER, (number, *ROW[1:])])).questions[0].number == "12"
