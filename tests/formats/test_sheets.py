"""Layouts of sheets as organisers hold them: sections, several sheets, hidden and merged cells."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, ROW, keys, kinds, ods, ods_row, xls, xlsx

from contest.banks.formats import sheets
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, Severity


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


def test_section_rows_give_the_topic_of_what_follows() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:G2")

    rows = [HEADER, ["CẢI CÁCH THỂ CHẾ"], ROW, [None, "Phần II. Chính quyền số"], (2, *ROW[1:])]
    bank = sheets.read(xlsx(rows, dress))
    assert [one.topic for one in bank.questions] == ["CẢI CÁCH THỂ CHẾ", "Chính quyền số"]


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


def test_a_merged_source_stands_for_all_its_rows_and_an_unmerged_one_does_not() -> None:
    head = (*HEADER, "Căn cứ")
    rows = [head, (*ROW, "Nghị định 118"), (2, "Hai?", *ROW[2:]), (3, "Ba?", *ROW[2:])]
    bank = sheets.read(xlsx(rows, lambda sheet: sheet.merge_cells("H2:H3")))
    assert [one.citation for one in bank.questions] == ["Nghị định 118", "Nghị định 118", ""]


def test_a_title_merged_over_the_questions_is_a_section() -> None:
    rows = [HEADER, (None, "CHÍNH QUYỀN SỐ"), ROW]
    bank = sheets.read(xlsx(rows, lambda sheet: sheet.merge_cells("B2:G2")))
    assert [(one.text, one.topic) for one in bank.questions] == [(ROW[1], "CHÍNH QUYỀN SỐ")]


def test_a_wrapped_choice_in_a_shared_cell_goes_on_with_its_choice() -> None:
    cell = "A. Nơi nộp\nhồ sơ\nB. Nơi ở\nA. của mình"
    bank = sheets.read(xlsx([("Câu hỏi", "Phương án", "Đáp án"), ("Một cửa là gì?", cell, "A")]))
    assert [choice.text for choice in bank.questions[0].choices] == ["Nơi nộp hồ sơ", "Nơi ở A. của mình"]


def test_a_text_is_no_workbook() -> None:
    with pytest.raises(Unreadable) as refusal:
        sheets.read("Câu 1: Một cửa là gì?".encode())
    assert refusal.value.kind == "not_sheet"
