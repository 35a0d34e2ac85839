"""What is doubtful about a row becomes a fault; what a row says by its looks or kind is read."""

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, ROW, keys, kinds, xlsx

from contest.banks.formats import sheets
from contest.rules.parsed import FaultKind

RED = Font(color="FFFF0000")
YELLOW = PatternFill("solid", fgColor="FFFFFF00")


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
