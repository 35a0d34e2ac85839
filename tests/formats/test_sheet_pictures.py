"""Pictures over the cells of a sheet: kept with the question of their row, otherwise said."""

import io
from collections.abc import Callable

import pytest
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedBank, ParsedPicture, Severity
from tests.features.test_pictures import png
from tests.formats.workbooks import HEADER, ROW, xlsx

PICTURE = ParsedPicture("image/png", 40, 30, png())
SECOND = (2, "Hai cửa là gì?", "Nơi nộp", "Nơi ở", "Nơi bán", "Nơi chơi", "B")


def over(*cells: str) -> Callable[[Worksheet], None]:
    def dress(sheet: Worksheet) -> None:
        for cell in cells:
            sheet.add_image(Image(io.BytesIO(png())), cell)

    return dress


def read(*cells: str) -> ParsedBank:
    return read_bank(xlsx([HEADER, ROW, SECOND], over(*cells)), "a.xlsx")


@pytest.mark.parametrize("cell", ["B2", "A2", "H2"])
def test_a_picture_on_the_row_of_a_question_is_its_picture(cell: str) -> None:
    first, second = read(cell).questions
    assert (first.picture, second.picture) == (PICTURE, None)
    assert first.ready


@pytest.mark.parametrize("cells", [("C2",), ("G2",), ("B2", "H2")])
def test_a_picture_of_a_choice_and_several_pictures_hold_the_question_back(cells: tuple[str, ...]) -> None:
    first, second = read(*cells).questions
    assert (first.picture, first.ready, second.ready) == (None, False, True)
    assert FaultKind.LOST_OBJECT in [fault.kind for fault in first.faults]


def test_a_picture_above_the_header_is_a_letterhead_and_one_below_all_questions_is_said() -> None:
    bank = read_bank(xlsx([("NGÂN HÀNG",), HEADER, ROW], over("A1", "B9")), "a.xlsx")
    assert [(fault.kind, fault.severity) for fault in bank.faults] == [
        (FaultKind.FILE_NOTE, Severity.WARNING)
    ]
    assert "Sheet1!B9" in bank.faults[0].message()
    assert bank.ready == 1


def test_a_column_that_only_names_pictures_holds_the_question_back() -> None:
    bank = read_bank(xlsx([(*HEADER, "Hình ảnh"), (*ROW, "quoc-huy.png"), SECOND]), "a.xlsx")
    assert [question.ready for question in bank.questions] == [False, True]
    assert "quoc-huy.png" in bank.questions[0].faults[0].message()
