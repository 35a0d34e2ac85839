"""Spreadsheets with one variant each of how organisers keep questions; `make_samples.py` stores them."""

import csv
import datetime
import io

from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.features.test_pictures import png
from tests.formats.sample_documents import ASKED, C1, C2, C3, LETTERS, Q1, Q2, Q3, half_composed
from tests.formats.test_sheet_templates import BLOOKET, GIMKIT, KAHOOT, WAYGROUND
from tests.formats.test_tcexam import HEAD
from tests.formats.workbooks import ods, ods_row, xls, xlsx

HEAD_ROW = (
    "STT",
    "Nội dung câu hỏi",
    "Phương án A",
    "Phương án B",
    "Phương án C",
    "Phương án D",
    "Đáp án đúng",
)


def rows(key: str = "ABCD") -> list[list[object]]:
    """The three questions; `key` names the keys of four choices."""
    found: list[list[object]] = []
    for number, (text, choices, right) in enumerate(ASKED, 1):
        found.append([number, text, *choices, *[None] * (4 - len(choices)), key[right] if key else None])
    return found


def separated(delimiter: str, table: list[list[object]]) -> str:
    """The table as delimited text."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows([HEAD_ROW, *table])
    return target.getvalue()


def titled(sheet: Worksheet) -> None:
    """The title and a topic over merged cells."""
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("B4:B5")


def coloured(sheet: Worksheet) -> None:
    """Right choices in yellow or bold."""
    for cell in ("D2", "C3", "E4"):
        sheet[cell].fill = PatternFill("solid", fgColor="FFFF00")


def decorated(sheet: Worksheet) -> None:
    """A whole column in bold is no key."""
    for row in range(2, 7):
        sheet[f"C{row}"].font = Font(bold=True)


def hidden(sheet: Worksheet) -> None:
    """The second question is hidden."""
    sheet.row_dimensions[3].hidden = True


def pictured(sheet: Worksheet) -> None:
    """A picture for the first question, one over a choice of the second."""
    sheet.add_image(Image(io.BytesIO(png())), "B2")
    sheet.add_image(Image(io.BytesIO(png())), "C3")


TITLE = [
    ["NGÂN HÀNG CÂU HỎI TRẮC NGHIỆM NĂM 2026"],
    [],
    ["STT", "Lĩnh vực", "Câu hỏi", "PA A", "PA B", "PA C", "PA D", "Đáp án", "Căn cứ pháp lý", "Mức độ"],
    [1, "Thể chế", Q1, *C1, "B", "Nghị quyết 76", "NB"],
    [2, None, Q2, *C2, None, 1, None, "TH"],
    [3, "Thủ tục", Q3, *map(int, C3), "6", None, "VDC"],
]
KINDS = [
    [*HEAD_ROW, "Loại câu hỏi", "Cách chấm", "Nhãn"],
    [
        1,
        "Thủ đô nước ta?",
        "Hà Nội",
        "Thủ đô Hà Nội",
        None,
        None,
        None,
        "Trả lời ngắn",
        None,
        "địa lý, dễ nhớ",
    ],
    [2, "Số pi?", None, None, None, None, "3,14 ± 0,01", "Trả lời bằng số"],
    [3, "Xếp các bước", "Trả kết quả", "Tiếp nhận", "Thẩm định", None, "B, C, A", "Sắp xếp"],
    [4, "Ghép cặp", "Khai sinh → Xã", "Hộ chiếu → Công an", "→ Bộ", None, None, "Ghép đôi", "Từng phần"],
    [5, "Những việc nào?", "Một", "Hai", "Ba", None, "A;C", "Nhiều đáp án", "Đúng hết mới có điểm"],
    [6, "Xếp mà không có khóa", "Một", "Hai", None, None, None, "Sắp xếp"],
    [7, "Viết một bài", None, None, None, None, None, "Tự luận"],
]
ONE_CELL = [
    ["STT", "Câu hỏi", "Các phương án", "Đáp án"],
    *(
        [n, text, "\n".join(f"{LETTERS[at]}. {one}" for at, one in enumerate(choices)), LETTERS[right]]
        for n, (text, choices, right) in enumerate(ASKED, 1)
    ),
]
TRICKY = [
    list(HEAD_ROW),
    [1, "Ngày nào?", datetime.date(2026, 5, 3), "3/6", "3/7", None, "A"],
    [2, "Số nào?", 5, 5.5, 0.5, 7, "A"],
    [3, "Chữ số có số 0 đầu?", "05", "5", "005", None, "A"],
    [4, "Khóa ngoài các phương án?", "Một", "Hai", None, None, "E"],
    [5, "Khóa là chữ trong hai ô giống nhau?", "Một", "một ", None, None, "Một"],
    [6, "Khóa và màu khác nhau?", "Một", "Hai", "Ba", None, "A"],
]


def red_b(sheet: Worksheet) -> None:
    """A colour that contradicts the key of the sixth question."""
    sheet["D7"].font = Font(color="FF0000")


ZERO = [
    [n, text, *choices, *[None] * (4 - len(choices)), right]
    for n, (text, choices, right) in enumerate(ASKED, 1)
]
BY_TEXT = [
    [n, text, *choices, *[None] * (4 - len(choices)), choices[right]]
    for n, (text, choices, right) in enumerate(ASKED, 1)
]
KAHOOT_ROWS = [
    [None, None],
    [None, "Quiz template"],
    *[[None]] * 5,
    KAHOOT,
    *(
        [n, text, *choices, *[None] * (4 - len(choices)), 20, float(right + 1)]
        for n, (text, choices, right) in enumerate(ASKED, 1)
    ),
    *([n, None, None, None, None, None, 20] for n in range(4, 30)),
]
WAYGROUND_ROWS = [
    WAYGROUND,
    ["Text of the question\n\n(required)"],
    [Q1, "Multiple Choice", *C1, None, "2", 30],
    [Q2, "Checkbox", *C2, None, None, "1,3", 30],
    ["Thủ đô?", "Fill-in-the-Blank", "Hà Nội", "Thủ đô Hà Nội", None, None, None, None, 30],
    ["Bạn nghĩ gì?", "Open-Ended", None, None, None, None, None, None, 30],
]
TCVN3 = (
    "STT;C©u hái;A;B;C;§¸p ¸n\r\n1;Thñ tôc hµnh chÝnh niªm yÕt ë ®©u?;T¹i n¬i tiÕp nhËn;"
    "Trªn Cæng DÞch vô c«ng;C¶ hai n¬i trªn;C\r\n"
)
VNI = (
    "STT;Caâu hoûi;A;B;C;Ñaùp aùn\r\n1;Thuû tuïc haønh chính nieâm yeát ôû ñaâu?;Taïi nôi tieáp nhaän;"
    "Treân Coång Dòch vuï coâng;Caû hai nôi treân;C\r\n"
)
TCEXAM = (
    "Q\t1\tNộp ở đâu?\tVì thế\tS\t1\nA\t1\tMột\t\t0\nA\t1\tHai\t\t1\n"
    "Q\t1\tXếp?\t\tO\t1\nA\t1\tMột\t\t1\nA\t1\tHai\t\t0\n"
)
MORE = [[n, f"Việc thứ {n} là gì?", "Một", "Hai", None, None, "B"] for n in (4, 5)]
OTHER_SHEETS = {"Thủ tục": [HEAD_ROW, *rows()[1:]], "Ghi chú": [["Chỉ để xem"]]}
SAMPLES: dict[str, bytes] = {
    "sheet-plain.xlsx": xlsx([HEAD_ROW, *rows()]),
    "sheet-title-merged-topic.xlsx": xlsx(TITLE, titled),
    "sheet-several.xlsx": xlsx([HEAD_ROW, rows()[0]], name="Thể chế", more=OTHER_SHEETS),
    "sheet-hidden-row.xlsx": xlsx([HEAD_ROW, *rows()], hidden),
    "sheet-one-cell.xlsx": xlsx(ONE_CELL),
    "sheet-key-numbers.xlsx": xlsx([HEAD_ROW, *rows("1234")]),
    "sheet-key-from-zero.xlsx": xlsx([HEAD_ROW, *ZERO]),
    "sheet-key-texts.xlsx": xlsx([HEAD_ROW, *BY_TEXT]),
    "sheet-key-coloured.xlsx": xlsx([HEAD_ROW[:-1], *(row[:-1] for row in rows())], coloured),
    "sheet-column-in-bold.xlsx": xlsx([HEAD_ROW, *rows(), *MORE], decorated),
    "sheet-tricky-cells.xlsx": xlsx(TRICKY, red_b),
    "sheet-pictures.xlsx": xlsx([HEAD_ROW, *rows()], pictured),
    "sheet-all-kinds.xlsx": xlsx(KINDS),
    "sheet-open-document.ods": ods(
        "".join(ods_row(["" if cell is None else cell for cell in row]) for row in [list(HEAD_ROW), *rows()])
    ),
    "sheet-old.xls": xls(
        [["" if cell is None else cell for cell in row] for row in [list(HEAD_ROW), *rows()]]
    ),
    "sheet-comma-bom.csv": separated(",", rows()).encode("utf-8-sig"),
    "sheet-semicolon-decimals.csv": separated(
        ";", [[1, "Tỷ lệ nào?", "12,5", "12.5%", "15", None, "A"], *rows()[1:]]
    ).encode(),
    "sheet-unicode-text.tsv": separated("\t", rows()).encode("utf-16"),
    "sheet-windows-1258.csv": half_composed(separated(";", rows())).encode("cp1258"),
    "sheet-tcvn3.csv": TCVN3.encode("cp1252"),
    "sheet-vni.csv": VNI.encode("cp1252"),
    "kahoot.xlsx": xlsx(KAHOOT_ROWS),
    "wayground.xlsx": xlsx(WAYGROUND_ROWS, name="Create a Quiz"),
    "blooket.csv": (
        BLOOKET + f'1,"{Q1}",Quốc hội,Chính phủ,,,20,2\n2,Mấy nội dung?,4,5,6,7,20,"3"\n'
    ).encode(),
    "gimkit.csv": (GIMKIT + f'"{Q1}",Chính phủ,Quốc hội,Bộ Nội vụ,\n').encode(),
    "tcexam.tsv": (HEAD + TCEXAM).encode(),
}
