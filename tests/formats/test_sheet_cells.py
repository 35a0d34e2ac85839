"""Cells say what somebody typed; where a spreadsheet changed it, the question is held back."""

import datetime

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import ods, ods_row, xls, xlsx

from contest.banks.formats import sheets
from contest.banks.formats.sheet_table import cell_text, decode_legacy, tidy
from contest.rules.parsed import FaultKind, ParsedQuestion, Severity

HEAD = ("Câu hỏi", "A", "B", "C", "Đáp án")


def only(
    choices: tuple[object, object, object], number_format: str = "General", key: object = "A"
) -> ParsedQuestion:
    """The one question of a sheet whose choices are cells of this format."""

    def dress(sheet: Worksheet) -> None:
        for column in "BCD":
            sheet[f"{column}2"].number_format = number_format

    return sheets.read(xlsx([HEAD, ("Bao nhiêu?", *choices, key)], dress)).questions[0]


@pytest.mark.parametrize(
    ("choices", "number_format", "texts"),
    [
        ((3, 5.0, 10), "General", ["3", "5", "10"]),
        ((0.5, 1.25, -3), "General", ["0,5", "1,25", "-3"]),
        ((0.1, 0.125, 1), "0%", ["10%", "12,5%", "100%"]),
        ((1, 7, 10), "000", ["001", "007", "010"]),
        ((0.6, 0.5, 0.25), "# ?/?", ["3/5", "1/2", "1/4"]),
        (("005", " 5 ngày ", "5\u00a0%"), "@", ["005", "5 ngày", "5 %"]),
        ((True, False, "khác"), "General", ["TRUE", "FALSE", "khác"]),
        ((912345678, 1e15, 12345.678), "General", ["912345678", "1000000000000000", "12345,678"]),
    ],
)
def test_a_number_reads_as_typed(
    choices: tuple[object, object, object], number_format: str, texts: list[str]
) -> None:
    question = only(choices, number_format)
    assert [choice.text for choice in question.choices] == texts
    assert question.ready


@pytest.mark.parametrize(
    ("value", "number_format", "severity"),
    [
        (datetime.date(2026, 5, 3), "d-mmm", Severity.ERROR),
        (datetime.date(2026, 5, 3), "dd/mm/yyyy", Severity.ERROR),
        (datetime.date(2026, 3, 25), "d-mmm", Severity.ERROR),
        (datetime.date(2021, 7, 15), "dd/mm/yyyy", Severity.WARNING),
        (datetime.time(3, 5), "h:mm", Severity.ERROR),
    ],
)
def test_a_date_among_the_choices_is_never_taken_for_what_was_typed(
    value: datetime.date | datetime.time, number_format: str, severity: Severity
) -> None:
    question = only((value, "1/2", "1/4"), number_format, "B")
    assert [(one.kind, one.severity, one.place) for one in question.faults] == [
        (FaultKind.DATE_CELL, severity, "Sheet1!B2")
    ]


def test_a_key_that_became_a_date_is_no_key() -> None:
    question = only(("3", "5", "7"), key=datetime.date(2026, 3, 1))
    assert not any(choice.right for choice in question.choices)
    assert {one.kind for one in question.faults} == {FaultKind.DATE_CELL, FaultKind.KEY_UNREAD}


@pytest.mark.parametrize("formula", ["=1/0", "=Sheet9!A1"])
def test_a_formula_without_a_value_holds_the_question_back(formula: str) -> None:
    question = only(("3", formula, "7"))
    assert (question.faults[0].kind, question.faults[0].place) == (FaultKind.FORMULA_ERROR, "Sheet1!C2")
    assert [choice.label for choice in question.choices] == ["A", "C"]


def test_a_cell_in_an_old_font_is_read_in_its_encoding() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["A2"].font = Font(name=".VnTime")
        sheet["B2"].font = Font(name="VNI-Times")

    bank = sheets.read(xlsx([HEAD, ("Thñ tôc g×?", "Thuû tuïc", "Việc", "Khác", "B")], dress))
    question = bank.questions[0]
    assert (question.text, question.choices[0].text) == ("Thủ tục gì?", "Thủ tục")


def test_cells_in_an_old_encoding_without_its_font_are_judged_together() -> None:
    rows = [["Thñ tôc hµnh chÝnh ®­îc niªm yÕt c«ng khai ë ®©u?", "Việc đã rõ", "T¹i n¬i tiÕp nhËn"]]
    decode_legacy(rows)
    assert rows == [["Thủ tục hành chính được niêm yết công khai ở đâu?", "Việc đã rõ", "Tại nơi tiếp nhận"]]


def test_decomposed_letters_are_composed() -> None:
    bank = sheets.read(
        xlsx([("Ca\u0302u ho\u0309i", "A", "B", "Đa\u0301p a\u0301n"), ("Gi\u0300?", "a1", "b1", "A")])
    )
    assert (bank.questions[0].text, bank.ready) == ("Gì?", 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (datetime.datetime(2026, 5, 3, 8, 30), "03/05/2026 08:30"),
        (datetime.timedelta(hours=3, minutes=5), "3:05:00"),
    ],
)
def test_other_values_have_a_text(value: datetime.datetime | None, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("A. Có     B. Không", "A. Có\nB. Không"),
        ("A. Có \t\tb) Không", "A. Có\nb) Không"),
        ("Cả A. và B.", "Cả A. và B."),
        ("một  hai\r\n\r\nba ", "một hai\nba"),
    ],
)
def test_lines_and_labels_after_wide_gaps_stay_apart(typed: str, text: str) -> None:
    assert tidy(typed) == text


def test_a_very_long_gap_costs_no_time() -> None:
    assert tidy("a" + " " * 500_000 + "b") == "a b"


def test_percentages_of_opendocument_read_as_typed() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="percentage" office:value="{value}"><text:p>x</text:p>'
        "</table:table-cell>"
        for value in (0.1, 0.125)
    )
    row = ods_row(["Bao nhiêu?", "@", "A"]).replace(ods_row(["@"])[18:-18], cells)
    question = sheets.read(ods(ods_row(["Câu hỏi", "A", "B", "Đáp án"]) + row)).questions[0]
    assert [choice.text for choice in question.choices] == ["10%", "12,5%"]
    assert question.ready


def test_a_fraction_in_an_old_workbook_may_have_been_a_percentage() -> None:
    question = sheets.read(xls([("Câu hỏi", "A", "B", "Đáp án"), ("Bao nhiêu?", 0.1, 2, "A")])).questions[0]
    assert [(fault.kind, fault.place) for fault in question.faults] == [(FaultKind.BAD_NUMBER, "Sheet1!B2")]
