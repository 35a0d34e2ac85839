"""How long it takes to check a large file of questions: read by the child, then held against a bank."""

import io
import random
from collections.abc import Iterator
from time import perf_counter

import docx
import xlsxwriter

from contest.banks import draft_actions
from contest.banks.checking import BankText
from contest.banks.draft_actions import File

ROWS, WORD_QUESTIONS, IN_BANK = 10_000, 1_000, 2_000
LIKE_AN_EARLIER, LIKE_THE_BANKS = 0.02, 0.02

_OPENINGS = (
    "Theo Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ,",
    "Theo quy định của Nghị định số {n}/2025/NĐ-CP,",
    "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030 xác định",
    "Kế hoạch cải cách hành chính của tỉnh năm {year} giao",
    "Trong giải quyết thủ tục hành chính theo cơ chế một cửa,",
    "Khi thực hiện dịch vụ công trực tuyến toàn trình trên Cổng Dịch vụ công quốc gia,",
    "Đối với cán bộ, công chức, viên chức được giao tiếp nhận hồ sơ,",
    "Đến hết năm {year},",
)
_ENDINGS = (
    "là gì?",
    "do cơ quan nào chủ trì thực hiện?",
    "trong thời hạn bao nhiêu ngày làm việc?",
    "phải đạt tỷ lệ tối thiểu bao nhiêu phần trăm?",
    "được quy định tại văn bản nào sau đây?",
    "thuộc thẩm quyền quyết định của ai?",
)
_WORDS = """
hồ sơ thủ tục tiếp nhận giải quyết trả kết quả trực tuyến toàn trình một phần người dân doanh nghiệp tổ chức
cá nhân cơ quan đơn vị sự nghiệp công lập phường xã đặc khu tỉnh thành phố trung tâm phục vụ bộ phận một cửa
liên thông số hóa dữ liệu dùng chung kho lưu trữ điện tử chữ ký chứng thư xác thực định danh tài khoản mức độ
hài lòng chỉ số đánh giá xếp hạng tiêu chí thành phần điểm thẩm định báo cáo kiểm tra thanh tra giám sát trách
nhiệm người đứng đầu kỷ luật kỷ cương vị trí việc làm biên chế tinh giản tuyển dụng bổ nhiệm đào tạo bồi dưỡng
ngân sách tự chủ tài chính khoán chi đầu tư giải ngân công khai minh bạch thể chế văn bản quy phạm pháp luật rà
soát hệ thống hóa sửa đổi bãi bỏ thay thế ban hành hiệu lực thi hành phân cấp ủy quyền phân định thẩm quyền sắp
xếp tinh gọn bộ máy đầu mối đoàn thanh niên hội phụ nữ mặt trận tuyên truyền phổ biến sáng kiến mô hình thí điểm
""".split()  # noqa: SIM905 -- a list of two hundred quoted words reads worse


def import_xlsx_10k() -> float:
    """Seconds for the whole check of 10,000 rows of .xlsx against a bank of 2,000 questions."""
    return _check(File("ngan-hang.xlsx", workbook(list(_questions(ROWS)))), ROWS)


def import_docx_1k() -> float:
    """Seconds for the whole check of a .docx of 1,000 questions against a bank of 2,000."""
    return _check(File("ngan-hang.docx", document(list(_questions(WORD_QUESTIONS)))), WORD_QUESTIONS)


def _check(file: File, expected: int) -> float:
    own = [BankText(n, n, text) for n, text in enumerate(_bank(), 1)]
    started = perf_counter()
    examined = draft_actions.examine(draft_actions.read(file), own)
    seconds = perf_counter() - started
    like = sum(any(each.question_id for each in found) for found in examined.doubts)
    if examined.bank.found != expected or not like >= expected * LIKE_THE_BANKS / 2:
        raise SystemExit(f"{file.name}: {examined.bank.found} found, {like} like the bank's")
    return round(seconds, 2)


def _bank() -> list[str]:
    chance = random.Random("bank")
    return [_sentence(chance, IN_BANK) for _ in range(IN_BANK)]


def _questions(count: int) -> Iterator[str]:
    """Texts of a file: few resemble one of the bank or an earlier one, most share their phrases."""
    chance, bank, earlier = random.Random("file"), _bank(), ["Cải cách hành chính là gì?"]
    for _ in range(count):
        share = chance.random()
        if share < LIKE_THE_BANKS:
            text = _reworded(chance.choice(bank))
        elif share < LIKE_THE_BANKS + LIKE_AN_EARLIER:
            text = _reworded(chance.choice(earlier))
        else:
            text = _sentence(chance, count)
        earlier.append(text)
        yield text


def _reworded(text: str) -> str:
    return text.replace("bao nhiêu", "mấy").replace(" của ", " của  ").upper()


def _sentence(chance: random.Random, numbers: int) -> str:
    opening = chance.choice(_OPENINGS).format(n=chance.randint(1, numbers), year=chance.randint(2021, 2030))
    start = chance.randrange(len(_WORDS) - 4)
    middle = [*_WORDS[start : start + 4], *chance.choices(_WORDS, k=chance.randint(3, 12))]
    return " ".join((opening, *middle, chance.choice(_ENDINGS)))


def _choices(chance: random.Random) -> list[str]:
    """Four different choices."""
    starts = chance.sample(range(len(_WORDS) - 8), 4)
    return [" ".join(_WORDS[start : start + chance.randint(3, 8)]).capitalize() for start in starts]


def workbook(texts: list[str]) -> bytes:
    """An .xlsx as offices type it: Times New Roman with borders, a title, and the header in row 3."""
    chance, stream = random.Random("choices"), io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Câu hỏi")
        cell = book.add_format(
            {"font_name": "Times New Roman", "font_size": 13, "border": 1, "text_wrap": True}
        )
        sheet.write(0, 0, "NGÂN HÀNG CÂU HỎI TÌM HIỂU CẢI CÁCH HÀNH CHÍNH")
        sheet.write_row(2, 0, ("STT", "Lĩnh vực", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ"), cell)
        for number, text in enumerate(texts, 1):
            topic, source = f"Lĩnh vực {number % 9 + 1}", f"Nghị quyết số 76/NQ-CP, mục {number % 40}"
            row = (number, topic, text, *_choices(chance), chance.choice("ABCD"), source)
            sheet.write_row(number + 2, 0, row, cell)
    return stream.getvalue()


def document(texts: list[str]) -> bytes:
    """A .docx of "Câu 1: …", "A. …" and "Đáp án: B"."""
    chance, stream, paper = random.Random("choices"), io.BytesIO(), docx.Document()
    for number, text in enumerate(texts, 1):
        opening = paper.add_paragraph()
        opening.add_run(f"Câu {number}: ").bold = True
        opening.add_run(text)
        for label, choice in zip("ABCD", _choices(chance), strict=True):
            paper.add_paragraph(f"{label}. {choice}")
        paper.add_paragraph(f"Đáp án: {chance.choice('ABCD')}")
    paper.save(stream)
    return stream.getvalue()
