"""Documents and texts with one variant each of how organisers write questions; `make_samples.py` stores them."""

import io
import unicodedata
import zipfile

from docx import Document

from tests.features.test_pictures import png
from tests.formats.docx_files import docx, numbered, numbering, paragraph, run, table

Q1, Q2, Q3 = (
    "Cơ quan nào ban hành Nghị quyết số 76/NQ-CP ngày 15/7/2021?",
    "Bộ phận Một cửa cấp xã đặt ở đâu?",
    "Cải cách hành chính giai đoạn 2021 - 2030 gồm mấy nội dung?",
)
C1 = ("Quốc hội", "Chính phủ", "Bộ Nội vụ", "Ủy ban nhân dân cấp tỉnh")
C2 = ("Trung tâm Phục vụ hành chính công", "Hội đồng nhân dân", "Cả A và B")
C3 = ("4", "5", "6", "7")
ASKED = ((Q1, C1, 1), (Q2, C2, 0), (Q3, C3, 2))
LETTERS = "ABCD"
BOLD, RED = "<w:b/>", '<w:color w:val="FF0000"/>'
UNDER, YELLOW = '<w:u w:val="single"/>', '<w:highlight w:val="yellow"/>'


def lines(start: str = "Câu {}: ", mark: str = "{}. ", key: str = "Đáp án: {}") -> list[str]:
    """The three questions in lines; without `key` nothing says what is right."""
    found = []
    for number, (text, choices, right) in enumerate(ASKED, 1):
        found.append(start.format(number) + text)
        found += [mark.format(LETTERS[at]) + choice for at, choice in enumerate(choices)]
        found += [key.format(LETTERS[right])] if key else []
    return found


def marked(properties: str, *, letter_only: bool = False, base: str = "") -> bytes:
    """The three questions, right choices marked by run properties and nothing else."""
    blocks = []
    for number, (text, choices, right) in enumerate(ASKED, 1):
        blocks.append(paragraph(run(f"Câu {number}. {text}", BOLD)))
        for at, choice in enumerate(choices):
            look = base + properties if at == right else base
            rest = base if letter_only else look
            blocks.append(paragraph(run(f"{LETTERS[at]}.", look), run(f" {choice}", rest)))
    return docx(*blocks)


def one(*blocks: str, **parts: str) -> bytes:
    """A document of these blocks."""
    return docx(*blocks, **parts)


LISTED = [
    block
    for text, choices, right in ASKED
    for block in (
        numbered(text, 0),
        *(numbered(choice, 1, properties=RED if at == right else "") for at, choice in enumerate(choices)),
    )
]
TWO_LISTS = numbering(("decimal", "Câu %1."), ("upperLetter", "%2."))
PAIR_TABLE = table(("Câu", "Đáp án", "Câu", "Đáp án"), ("1", "B", "3", "C"), ("2", "A", "", ""))
PARTS = [
    "PHẦN I. CẢI CÁCH THỂ CHẾ",
    *lines(key="")[:5],
    "PHẦN II. THỦ TỤC HÀNH CHÍNH",
    *lines("Câu 1: ", key="")[5:9],
    "BẢNG ĐÁP ÁN",
    "Phần I",
    "1.B",
    "Phần II",
    "1.A",
]
TRACKED = (
    "<w:p><w:r><w:t>Câu 1: Thời hạn là bao nhiêu ngày?</w:t></w:r></w:p>"
    '<w:p><w:r><w:t xml:space="preserve">A. </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>30</w:delText></w:r>'
    '</w:del><w:ins w:id="2" w:author="a"><w:r><w:t>45</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> ngày</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>B. 60 ngày</w:t></w:r></w:p><w:p><w:r><w:t>Đáp án: A</w:t></w:r></w:p>"
)
COMMENTED = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Câu 1: Ai ký quyết định?</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)
IN_TABLE = table(
    ("STT", "Câu hỏi", "Phương án", "Đáp án", "Căn cứ"),
    *(
        (
            str(n),
            text,
            "\n".join(f"{LETTERS[at]}. {choice}" for at, choice in enumerate(choices)),
            LETTERS[right],
            "Nghị quyết 76",
        )
        for n, (text, choices, right) in enumerate(ASKED, 1)
    ),
)
TCVN3 = (
    "C©u 1. Thñ tôc hµnh chÝnh ®\u00adîc niªm yÕt c«ng khai ë ®©u?",
    "A. Trªn Cæng DÞch vô c«ng quèc gia",
    "B. T¹i n¬i tiÕp nhËn, tr¶ kÕt qu¶",
    "C. T¹i c¶ hai n¬i trªn",
    "§¸p ¸n: C",
)
VNI = (
    "Caâu 1. Thuû tuïc haønh chính ñöôïc nieâm yeát coâng khai ôû ñaâu?",
    "A. Treân Coång Dòch vuï coâng quoác gia",
    "B. Taïi nôi tieáp nhaän, traû keát quaû",
    "C. Taïi caû hai nôi treân",
    "Ñaùp aùn: C",
)
KINDS = [
    "Câu 1: Thủ đô nước ta là thành phố nào?",
    "Loại câu hỏi: Trả lời ngắn",
    "Đáp án: Hà Nội",
    "Đáp án: Thủ đô Hà Nội",
    "Câu 2: Số pi gần bằng bao nhiêu?",
    "Loại câu hỏi: Trả lời bằng số",
    "Đáp án: 3,14 ± 0,01",
    "Câu 3: Xếp các bước giải quyết hồ sơ",
    "A. Trả kết quả",
    "B. Tiếp nhận",
    "C. Thẩm định",
    "Loại câu hỏi: Sắp xếp",
    "Đáp án: B, C, A",
    "Câu 4: Ghép việc với cấp giải quyết",
    "A. Khai sinh → Cấp xã",
    "B. Cấp hộ chiếu → Công an",
    "C. → Bộ Nội vụ",
    "Loại câu hỏi: Ghép đôi",
    "Cách chấm: Từng phần",
    "Nhãn: một cửa, tuần 2",
    "Câu 5: Những việc nào làm trực tuyến?",
    "A. Khai sinh",
    "B. Kết hôn",
    "C. Nộp thuế",
    "Loại câu hỏi: Nhiều đáp án",
    "Đáp án: A, C",
    "Câu 6: Đúng hay sai: Cấp huyện không còn.",
    "Đáp án: Đúng",
]
FAULTY = """Câu 1: Không có đáp án?
A. Một
B. Hai
Câu 2: Hai phương án giống nhau?
A. Ủy ban nhân dân
B. ỦY BAN NHÂN DÂN
Đáp án: A
Câu 3: Chỉ một phương án?
A. Một mình
Đáp án: A
Câu 4: Đáp án ngoài các phương án?
A. Một
B. Hai
Đáp án: D
Câu 6: Nhảy số?
A. Một
B. Hai
Đáp án: B
Câu 6: Lặp số?
A. Ba
B. Bốn
Đáp án: B
Câu 7: Nuốt phương án sau?
A. Một
B. Hai C. Ba
D. Bốn
Đáp án: D
Câu 8: Dòng không có chữ cái?
A. Một
B. Hai
Phương án thứ ba quên chữ cái
Đáp án: A
Câu 9: Hai đáp án cho câu chọn một?
A. Một
B. Hai
Đáp án: A, B
Câu 10: Hai nơi ghi khác nhau?
A. Một
*B. Hai
Đáp án: A"""
KEY_FORMS = """Câu 1/ Viết ĐA?
A. Một
B. Hai
ĐA: B
Câu 02) Viết mũi tên?
a) Một
b) Hai
=> B
Câu hỏi 3: Viết dài?
A/ Một
B/ Hai
Đáp án đúng là: B.
4. Kèm nội dung?
A. Một
B. Hai
Đáp án: B. Hai
Câu 5 (NB): Ghi trong ngoặc? (Thông hiểu)
A. Một\tB. Hai (Đáp án: B)
Bài 6. Tiếng Anh?
A. One
B. Two
ANSWER: B
Câu 7: Đúng/Sai?
Đáp án: Đ
Câu 8: Ghi tên phương án?
A. Một
B. Hai
Đáp án: Hai"""
DATED = """Câu 1: Cấp huyện giải quyết thủ tục nào?
A. Khai sinh
B. Kết hôn
Đáp án: A
Căn cứ: Nghị định số 61/2018/NĐ-CP
Câu 2: Nước ta có 63 tỉnh, thành phố, đúng hay sai?
A. Đúng
B. Sai
Đáp án: B
Câu 3: Ai quyết định ban hành kế hoạch cải cách hành chính hằng năm của tỉnh?
A. Chủ tịch
B. Giám đốc
Đáp án: A
Câu 4: Ai quyết định ban hành kế hoạch cải cách hành chính hằng năm của các tỉnh?
A. Chủ tịch
B. Giám đốc
Đáp án: A"""
LOST = """Câu 1: C?i cách hành ch?nh là gì?
A. Vi?c chung
B. Việc riêng
Đáp án: A
Câu 2: Việc c?a ai?
A. Tôi
B. Ta
Đáp án: B"""
TEXT = "\n".join(lines())


def small_letters() -> str:
    """Numbers and small letters in front."""
    text = "\n".join(lines("{}. ", "{}) "))
    for letter in LETTERS:
        text = text.replace(f"\n{letter}) ", f"\n{letter.lower()}) ")
    return text


def with_picture() -> bytes:
    """The first question with a picture, as Word keeps one."""
    document, buffer = Document(), io.BytesIO()
    for line in lines()[:1]:
        document.add_paragraph(line)
    document.add_picture(io.BytesIO(png()))
    for line in lines()[1:6]:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def half_composed(text: str) -> str:
    """Base letters with their hats, the tone as a mark of its own: as Windows-1258 and old keyboards write it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        found += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tone
    return found


def font(name: str) -> str:
    """Run properties for a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def without_dates(content: bytes) -> bytes:
    """The same zip with every entry from the same moment, so that making it again changes nothing."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


TABS = [
    f"Câu 1: {Q1}",
    "\t".join(f"{LETTERS[at]}. {choice}" for at, choice in enumerate(C1)),
    "Đáp án: B",
    f"Câu 2: {Q2}",
    f"A. {C2[0]}\tB. {C2[1]}",
    f"C. {C2[2]}",
    "Đáp án: A",
    f"Câu 3: {Q3}",
    "A. 4     B. 5     C. 6     D. 7",
    "Đáp án: C",
]
SPLIT_RUNS = [
    paragraph(run("Câ"), run("u 1"), run(":\u00a0"), run(Q1)),
    *(paragraph(run(f"{LETTERS[at]}"), run(f". {choice}")) for at, choice in enumerate(C1)),
    paragraph(run("Đáp "), run("án: B")),
    *lines()[6:],
]
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{''.join(map(paragraph, lines()[:6]))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
)
CONTROL = f"<w:sdt><w:sdtContent>{''.join(map(paragraph, lines()[6:11]))}</w:sdtContent></w:sdt>"
STYLED = '<w:style w:type="character" w:styleId="Dung"><w:rPr><w:b/></w:rPr></w:style>'
DECOY = [
    paragraph(f"Câu 1: {Q1}"),
    paragraph(run(f"A. {C1[0]}", RED)),
    paragraph(run(f"B. {C1[1]}", UNDER)),
    f"C. {C1[2]}",
    f"D. {C1[3]}",
]
TICKED = [
    paragraph(f"Câu 1: {Q1}"),
    f"A. {C1[0]}",
    paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run(f"B. {C1[1]}")),
    f"C. {C1[2]}",
    f"D. {C1[3]}",
]
NBSP = "\n".join(lines()).replace("Câu ", "Câu\u00a0").replace(". ", ".\u00a0\u200b")
IN_ONE = [
    f"Câu {n}: {text} {' '.join(f'{LETTERS[at]}. {choice}' for at, choice in enumerate(choices))} Đáp án: {LETTERS[right]}"
    for n, (text, choices, right) in enumerate(ASKED, 1)
]
CHOICES_IN_TABLE = [
    block
    for n, (text, choices, right) in enumerate(ASKED, 1)
    for block in (
        f"Câu {n}: {text}",
        table(
            *(
                tuple(f"{LETTERS[at]}. {choices[at]}" for at in range(row, min(row + 2, len(choices))))
                for row in (0, 2)
            )
        ),
        f"Đáp án: {LETTERS[right]}",
    )
]
WRAPPED = [
    f"Câu 1: {Q1.partition(' số')[0]}",
    Q1.partition(" ban hành Nghị quyết ")[2],
    f"A. {C1[0]}",
    f"B. {C1[1]}",
    "C. Bộ Nội vụ và",
    "các bộ khác",
    f"D. {C1[3]}",
    "Đáp án: B",
]
SOFT = [paragraph(run("\n".join(lines()[start:end]))) for start, end in ((0, 6), (6, 11), (11, 17))]
EXPLAINED = [
    *lines()[:6],
    "Căn cứ: Nghị quyết số 76/NQ-CP của Chính phủ.",
    "Giải thích: Chính phủ ban hành",
    "ngày 15/7/2021.",
    "Mức độ: Thông hiểu",
    "Chủ đề: Thể chế",
    *lines()[6:11],
]
LEVELS = [
    "[1] " + Q1,
    *(f"{LETTERS[at]}. {choice}" for at, choice in enumerate(C1)),
    "ANSWER: B",
    "[VD] " + Q2,
    *(f"{LETTERS[at]}. {choice}" for at, choice in enumerate(C2)),
    "ANSWER: A",
]
GAPS = [
    *lines(key=""),
    "--------- HẾT ---------",
    "BẢNG ĐÁP ÁN",
    "| Câu | 1 | 2 | 3 |",
    "| Đáp án | b | | C |",
    "9-D",
]

SAMPLES: dict[str, bytes] = {
    "word-plain.docx": one(*lines()),
    "word-automatic-numbers.docx": one(*LISTED, numbering=TWO_LISTS),
    "word-tabs-on-one-line.docx": one(*TABS),
    "word-choices-in-table.docx": one(*CHOICES_IN_TABLE),
    "word-key-in-brackets.docx": one(*lines(key="(Đáp án: {})")),
    "word-key-bold.docx": marked(BOLD),
    "word-key-letter-underlined.docx": marked(UNDER, letter_only=True),
    "word-key-red-among-blue.docx": marked(RED + BOLD, base='<w:color w:val="0000FF"/>'),
    "word-key-highlighted.docx": marked(YELLOW),
    "word-key-starred.docx": one(
        *(f"*{line}" if line.startswith(("B. C", "A. T", "C. 6")) else line for line in lines(key=""))
    ),
    "word-key-by-style.docx": one(
        *(
            paragraph(
                run(line, '<w:rStyle w:val="Dung"/>' if line.startswith(("B. C", "A. T", "C. 6")) else "")
            )
            for line in lines(key="")
        ),
        styles=STYLED,
    ),
    "word-key-pairs-at-end.docx": one(*lines(key=""), "HẾT", "1.B   2.A   3.C"),
    "word-key-column-groups.docx": one(*lines(key=""), "BẢNG ĐÁP ÁN", PAIR_TABLE),
    "word-key-gaps.docx": one(*GAPS),
    "word-keys-apart.docx": one(*lines(key="")),
    "word-keys-apart.keys.docx": one("ĐÁP ÁN", "Câu 1: B", "Câu 2: a", "Câu 3: C"),
    "word-parts-restart.docx": one(*PARTS),
    "word-sources.docx": one(*EXPLAINED),
    "word-tracked-changes.docx": one(TRACKED),
    "word-comments.docx": one(COMMENTED, "A. Chủ tịch", "B. Giám đốc", "Đáp án: A"),
    "word-picture.docx": with_picture(),
    "word-tcvn3.docx": one(*(paragraph(run(line, font(".VnTime"))) for line in TCVN3)),
    "word-tcvn3-capitals.docx": one(
        paragraph(run("PHẦN I. "), run("thñ tôc", font(".VnTimeH"))),
        *(paragraph(run(line, font(".VnTime"))) for line in TCVN3),
    ),
    "word-vni.docx": one(*(paragraph(run(line, font("VNI-Times"))) for line in VNI)),
    "word-decomposed.docx": one(*(unicodedata.normalize("NFD", line) for line in lines())),
    "word-half-composed.docx": one(*(half_composed(line).replace("Đ", "Ð") for line in lines())),
    "word-question-table.docx": one(IN_TABLE),
    "word-soft-breaks.docx": one(*SOFT),
    "word-wrapped-lines.docx": one(*WRAPPED),
    "word-box-and-control.docx": one(BOX, CONTROL, *lines()[11:]),
    "word-all-bold.docx": marked("", base=BOLD),
    "word-two-marked.docx": one(
        f"Câu 1: {Q1}",
        paragraph(run(f"A. {C1[0]}", BOLD)),
        paragraph(run(f"B. {C1[1]}", BOLD)),
        f"C. {C1[2]}",
    ),
    "word-red-decoy.docx": one(*DECOY),
    "word-ticked.docx": one(*TICKED),
    "word-split-runs.docx": one(*SPLIT_RUNS),
    "word-one-paragraph.docx": one(*IN_ONE),
    "word-all-kinds.docx": one(*KINDS),
    "text-plain.txt": TEXT.encode(),
    "text-small-letters.txt": small_letters().encode(),
    "text-utf16.txt": TEXT.encode("utf-16"),
    "text-windows-1258.txt": half_composed(TEXT).encode("cp1258"),
    "text-tcvn3.txt": "\n".join(TCVN3).encode("cp1252"),
    "text-vni.txt": "\n".join(VNI).encode("cp1252"),
    "text-no-break-spaces.txt": NBSP.encode(),
    "text-lost-letters.txt": LOST.encode(),
    "text-read-in-western.txt": TEXT.encode().decode("cp1252", "replace").encode(),
    "text-faults.txt": FAULTY.encode(),
    "text-key-forms.txt": KEY_FORMS.encode(),
    "text-levels.txt": "\n".join(LEVELS).encode(),
    "text-dated.txt": DATED.encode(),
}
