"""Word files in the shapes organisers write them."""

import time

import pytest
from docx_files import docx, numbered, numbering, paragraph, run, table

from contest.banks.formats import word
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion

BOLD = "<w:b/>"
RED = '<w:color w:val="FF0000"/>'
LISTS = numbering(("decimal", "Câu %1."), ("upperLetter", "%2."))


def right(question: ParsedQuestion) -> str:
    return "".join(choice.label for choice in question.choices if choice.right)


def kinds(question: ParsedQuestion) -> list[str]:
    return [fault.kind.value for fault in question.faults]


def one(bank: ParsedBank) -> ParsedQuestion:
    assert bank.found == 1, bank
    return bank.questions[0]


def choices_with(marked: str, properties: str, others: str = "") -> list[str]:
    return [
        paragraph(run(f"{letter}. Cơ quan {letter}", properties if letter in marked else others))
        for letter in "ABCD"
    ]


STEM = "Câu 1: Cơ quan nào tiếp nhận hồ sơ?"


@pytest.mark.parametrize(
    "properties",
    [
        BOLD,
        RED,
        "<w:i/>",
        '<w:u w:val="single"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:shd w:val="clear" w:fill="FFFF00"/>',
        '<w:rStyle w:val="Strong"/>',
    ],
)
def test_the_choice_that_stands_out_is_the_key(properties):
    styles = '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    question = one(word.read(docx(paragraph(run(STEM, BOLD)), *choices_with("C", properties), styles=styles)))
    assert (right(question), kinds(question)) == ("C", [])


@pytest.mark.parametrize("properties", [BOLD, RED, '<w:highlight w:val="yellow"/>'])
def test_when_every_choice_is_emphasised_no_key_is_guessed(properties):
    question = one(word.read(docx(STEM, *choices_with("ABCD", properties))))
    assert (right(question), kinds(question)) == ("", ["all_emphasised"])


def test_bold_letters_before_all_choices_are_no_key():
    choices = [paragraph(run(f"{letter}.", BOLD), run(f" Cơ quan {letter}")) for letter in "ABCD"]
    question = one(word.read(docx(STEM, *choices)))
    assert (right(question), kinds(question)) == ("", ["no_key"])


@pytest.mark.parametrize("whole", [True, False])
def test_a_key_may_be_marked_on_its_letter_or_its_text_alone(whole):
    choices = choices_with("", BOLD)
    letter, text = (BOLD, "") if whole else ("", BOLD)
    choices[1] = paragraph(run("B. ", letter), run("Cơ quan B", text))
    assert right(one(word.read(docx(STEM, *choices)))) == "B"


def test_a_red_decoy_beside_an_underlined_letter_is_a_conflict():
    choices = choices_with("A", RED)
    choices[2] = paragraph(run("C", '<w:u w:val="single"/>'), run(". Cơ quan C"))
    question = one(word.read(docx(STEM, *choices)))
    assert (right(question), kinds(question)) == ("", ["keys_conflict"])


def test_an_underlined_letter_is_the_key_where_every_choice_is_red():
    choices = choices_with("ABCD", RED)
    choices[2] = paragraph(run("C", RED + '<w:u w:val="single"/>'), run(". Cơ quan C", RED))
    assert right(one(word.read(docx(STEM, *choices)))) == "C"


def test_near_black_is_no_colour():
    question = one(word.read(docx(STEM, *choices_with("B", '<w:color w:val="1F1F1F"/>'))))
    assert kinds(question) == ["no_key"]


def test_a_choice_marked_only_in_part_is_no_key():
    choices = choices_with("", "")
    choices[1] = paragraph(run("B. Cơ quan "), run("bảo hiểm", BOLD))
    question = one(word.read(docx(STEM, *choices)))
    assert (right(question), kinds(question)) == ("", ["partly_emphasised"])


def test_emphasis_against_a_written_key_is_a_conflict():
    question = one(word.read(docx(STEM, *choices_with("B", BOLD), "Đáp án: C")))
    assert (right(question), kinds(question)) == ("", ["keys_conflict"])


def test_two_marked_choices_of_a_single_choice_question_are_a_fault():
    question = one(word.read(docx(STEM, *choices_with("BC", BOLD))))
    assert (right(question), kinds(question)) == ("", ["several_keys"])


def test_automatic_numbers_are_computed():
    content = docx(
        numbered("Thời hạn giải quyết hồ sơ được tính từ khi nào?", 0),
        numbered("Từ ngày nộp hồ sơ qua bưu chính", 1),
        numbered("Từ khi tiếp nhận đủ hồ sơ hợp lệ", 1, properties=RED),
        numbered("Ai trả kết quả?", 0),
        numbered("Bộ phận Một cửa", 1, properties=RED),
        numbered("Văn thư", 1),
        numbering=LISTS,
    )
    bank = word.read(content)
    assert [(q.number, q.text, right(q)) for q in bank.questions] == [
        ("1", "Thời hạn giải quyết hồ sơ được tính từ khi nào?", "B"),
        ("2", "Ai trả kết quả?", "A"),
    ]
    assert bank.ready == 2


@pytest.mark.parametrize(
    ("levels", "labels"),
    [
        ((("decimal", "Câu %1:"), ("upperLetter", "%2.")), ["A", "B"]),
        ((("decimal", "%1."), ("lowerLetter", "%2)")), ["A", "B"]),
        ((("decimalZero", "Câu %1."), ("upperLetter", "(%2)")), ["A", "B"]),
        ((("decimal", "%1."), ("decimal", "%2.")), ["A", "B"]),
        ((("decimal", "Câu %1."), ("bullet", "")), ["A", "B"]),
    ],
)
def test_lists_of_many_formats_give_questions_and_choices(levels, labels):
    blocks = []
    for _ in range(2):
        blocks += [numbered("Việc gì trước?", 0), numbered("Một", 1, properties=BOLD), numbered("Hai", 1)]
    bank = word.read(docx(*blocks, numbering=numbering(*levels)))
    assert [[choice.label for choice in q.choices] for q in bank.questions] == [labels, labels]
    assert [(int(q.number), right(q)) for q in bank.questions] == [(1, "A"), (2, "A")]


def test_a_list_may_restart_by_an_override():
    restart = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    blocks = [numbered("Một?", 0), numbered("a", 1, properties=BOLD), numbered("b", 1)]
    blocks += [numbered("Năm?", 0, 2), numbered("c", 1, 2, BOLD), numbered("d", 1, 2)]
    lists = numbering(("decimal", "Câu %1."), ("upperLetter", "%2."), extra=restart)
    assert [q.number for q in word.read(docx(*blocks, numbering=lists)).questions] == ["1", "5"]


def test_a_style_may_bring_the_numbering():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Question"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Choice"><w:basedOn w:val="Question"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = [("Question", "Một?"), ("Choice", "đúng"), ("Choice", "sai")]
    blocks = [paragraph(text, properties=f'<w:pStyle w:val="{style}"/>') for style, text in styled]
    question = one(word.read(docx(*blocks, "Đáp án: A", numbering=LISTS, styles=styles)))
    assert (question.number, right(question), question.kind) == ("1", "A", "true_false")


def test_numbers_written_by_word_and_by_hand_may_mix():
    blocks = [
        numbered("Một?", 0),
        "A. x",
        "B. y",
        "Đáp án: A",
        numbered("Hai?", 0),
        "A. x\tB. y",
        "Đáp án: B",
    ]
    assert [right(q) for q in word.read(docx(*blocks, numbering=LISTS)).questions] == ["A", "B"]


def test_tracked_insertions_stay_and_deletions_go():
    changed = (
        f"<w:p>{run('Câu 1: Thời hạn là ')}<w:del>{run('30').replace('w:t', 'w:delText')}</w:del>"
        f"<w:ins>{run('45')}</w:ins>{run(' ngày, đúng không?')}</w:p>"
    )
    bank = word.read(docx(changed, "A. Đúng", "B. Sai", "Đáp án: A"))
    assert bank.questions[0].text == "Thời hạn là 45 ngày, đúng không?"
    assert [fault.kind for fault in bank.faults] == [FaultKind.TRACKED_CHANGES]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    first = paragraph("Câu 1: Cơ quan nào ", properties="<w:rPr><w:del/></w:rPr>")
    question = one(word.read(docx(first, "trả kết quả?", "A. x", "B. y", "Đáp án: A")))
    assert question.text == "Cơ quan nào trả kết quả?"


def test_content_controls_links_and_fields_are_read():
    control = f"<w:sdt><w:sdtContent>{paragraph('Câu 1: Cổng nào?')}</w:sdtContent></w:sdt>"
    link = f"<w:p>{run('A. ')}<w:hyperlink>{run('dichvucong.gov.vn')}</w:hyperlink></w:p>"
    field = f"<w:p>{run('B. Trang ')}<w:fldSimple w:instr='PAGE'>{run('7')}</w:fldSimple></w:p>"
    question = one(word.read(docx(control, link, field, "Đáp án: A")))
    assert [choice.text for choice in question.choices] == ["dichvucong.gov.vn", "Trang 7"]


def test_a_text_box_is_read_once():
    box = f"<wps:txbx><w:txbxContent>{paragraph('A. x')}{paragraph('B. y')}</w:txbxContent></wps:txbx>"
    drawing = f"<w:drawing>{box}</w:drawing>"
    old = f"<w:pict><w:txbxContent>{paragraph('A. x')}{paragraph('B. y')}</w:txbxContent></w:pict>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    question = one(word.read(docx(paragraph("Câu 1: Một?", both), "Đáp án: B")))
    assert ([choice.text for choice in question.choices], right(question)) == (["x", "y"], "B")


def test_hidden_text_is_left_out_and_reported():
    stem = paragraph("Câu 1: Một?", run(" đáp án C", "<w:vanish/>"))
    bank = word.read(docx(stem, "A. x", "B. y", "Đáp án: A"))
    assert bank.questions[0].text == "Một?"
    assert [(f.kind, dict(f.values)) for f in bank.faults] == [(FaultKind.HIDDEN_TEXT, {"part": "đáp án C"})]


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ("<w:r><w:drawing/></w:r>", "hình ảnh"),
        ("<w:r><w:object/></w:r>", "đối tượng nhúng"),
        ("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", "công thức"),
    ],
)
def test_a_picture_or_formula_holds_its_question_back(inner, name):
    question = one(word.read(docx(paragraph("Câu 1: Hình nào?", inner), "A. x", "B. y", "Đáp án: A")))
    assert [dict(f.values)["object"] for f in question.faults if f.kind is FaultKind.LOST_OBJECT] == [name]
    assert not question.ready


def test_choices_may_be_soft_line_breaks_of_one_paragraph():
    question = one(word.read(docx("Câu 1: Một?\nA. x\nB. y\nC. z\nĐáp án: C")))
    assert ([c.text for c in question.choices], right(question)) == (["x", "y", "z"], "C")


def test_split_runs_are_one_word():
    question = one(
        word.read(docx(paragraph("Câ", "u 1", "3", ": Một?"), "A. x", "B. y", paragraph("Đáp á", "n: B")))
    )
    assert (question.number, right(question)) == ("13", "B")


def test_decomposed_letters_split_over_runs_are_composed():
    stem = paragraph("Ca\u0302", "u 1: Đa", "\u0301p so\u0302\u0301?")
    assert one(word.read(docx(stem, "A. x", "B. y", "Đa\u0301p a\u0301n: B"))).text == "Đáp số?"


TCVN3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
CAPITALS = '<w:rFonts w:ascii=".VnTimeH"/>'
VNI = '<w:rFonts w:ascii="VNI-Times"/>'


def test_runs_in_old_fonts_become_unicode():
    blocks = [
        paragraph(run("phÇn I. thñ tôc", CAPITALS)),
        paragraph(run("C©u 8. Thñ tôc hµnh chÝnh ®\u00adîc niªm yÕt ë ®©u?", TCVN3)),
        paragraph(run("A. T¹i n¬i tiÕp nhËn", TCVN3)),
        paragraph(run("B. Treân Coång Dòch vuï coâng", VNI)),
        paragraph("C. Cả hai nơi trên"),
        paragraph(run("§¸p ¸n: C", TCVN3)),
    ]
    question = one(word.read(docx(*blocks)))
    assert question.topic == "THỦ TỤC"
    assert question.text == "Thủ tục hành chính được niêm yết ở đâu?"
    assert [c.text for c in question.choices] == [
        "Tại nơi tiếp nhận",
        "Trên Cổng Dịch vụ công",
        "Cả hai nơi trên",
    ]
    assert right(question) == "C"


def test_old_letters_under_an_unknown_font_are_found_by_their_spelling():
    blocks = ["C©u 1. Thñ tôc hµnh chÝnh niªm yÕt ë ®©u?", "A. T¹i n¬i tiÕp nhËn", "B. Trªn b¸o", "§¸p ¸n: A"]
    question = one(word.read(docx(*blocks)))
    assert [question.text, question.choices[0].text] == [
        "Thủ tục hành chính niêm yết ở đâu?",
        "Tại nơi tiếp nhận",
    ]


def test_a_table_of_questions_is_read_by_its_heading():
    content = docx(
        "BỘ CÂU HỎI",
        table(
            ("STT", "Lĩnh vực", "Câu hỏi", "Phương án", "Đáp án", "Căn cứ"),
            ("1", "Thể chế", "Cơ quan nào?", "A. Bộ\nB. Sở\nC. Xã", "B", "Luật số 72/2025/QH15"),
            ("2", "", "Mấy ngày?", "3 ngày\n5 ngày", "A", ""),
        ),
    )
    bank = word.read(content)
    assert [(q.number, q.topic, q.text, right(q), q.place) for q in bank.questions] == [
        ("1", "Thể chế", "Cơ quan nào?", "B", "bảng 1, hàng 2"),
        ("2", "Thể chế", "Mấy ngày?", "A", "bảng 1, hàng 3"),
    ]
    assert bank.questions[0].citation == "Luật số 72/2025/QH15"


def test_a_table_with_a_column_per_choice_is_read():
    content = docx(
        table(
            ("TT", "Nội dung câu hỏi", "A", "B", "C", "Đáp án"),
            ("1", "Mấy ngày?", "3", "5", "7", "C"),
        )
    )
    question = one(word.read(content))
    assert ([c.text for c in question.choices], right(question)) == (["3", "5", "7"], "C")


def test_a_borderless_table_may_place_the_choices():
    content = docx("Câu 1: Mấy?", table(("A. 4", "B. 5"), ("C. 6", "D. 7")), "Đáp án: C")
    question = one(word.read(content))
    assert ([c.text for c in question.choices], right(question)) == (["4", "5", "6", "7"], "C")


def test_letters_in_cells_of_their_own_belong_to_the_next_cell():
    content = docx("Câu 1: Mấy?", table(("A", "4"), ("B.", "5")), "Đáp án: B")
    assert [c.text for c in one(word.read(content)).choices] == ["4", "5"]


QUESTIONS = [
    line for n in range(1, 7) for line in (f"Câu {n}: Việc số {n}?", f"A. x{n}", f"B. y{n}", f"C. z{n}")
]


@pytest.mark.parametrize(
    "keys",
    [
        [table(("Câu", "1", "2", "3", "4", "5", "6"), ("Đáp án", "A", "b", "C", "A", "", "B"))],
        [table(("1", "2", "3", "4", "5", "6"), ("A", "B", "C", "A", "", "B"))],
        [
            table(
                ("Câu", "Đáp án", "Câu", "Đáp án"),
                ("1", "A", "4", "A"),
                ("2", "B", "5", ""),
                ("3", "C", "6", "B"),
            )
        ],
        [table(("1.A", "2.B", "3.C"), ("4.A", "5.", "6.B"))],
        ["HẾT", "1-A; 2-B; 3-C; 4-A; 5-; 6-B"],
        ["----- HẾT -----", "BẢNG ĐÁP ÁN", "1.A\t2.B\t3.C", "4.A\t6.B"],
        ["ĐÁP ÁN", "Câu 1: A", "Câu 2: B", "Câu 3: C", "Câu 4: A", "Câu 6: B"],
        ["1A 2B 3C 4A 5 6B"],
    ],
)
def test_a_key_table_at_the_end_is_read_in_every_shape(keys):
    bank = word.read(docx(*QUESTIONS, *keys))
    assert [right(q) for q in bank.questions] == ["A", "B", "C", "A", "", "B"]
    assert [kinds(q) for q in bank.questions] == [[], [], [], [], ["no_key"], []]
    assert bank.faults == ()


def test_keys_may_come_in_a_second_file():
    keys = docx("ĐÁP ÁN", table(("Câu", "1", "2", "3"), ("ĐA", "A", "B", "C")), "4. A", "6. B")
    bank = word.read(docx(*QUESTIONS), keys)
    assert [right(q) for q in bank.questions] == ["A", "B", "C", "A", "", "B"]


def test_places_count_paragraphs():
    bank = word.read(docx("TIÊU ĐỀ", "", STEM, "A. x", "B. y", "Đáp án: A"))
    assert bank.questions[0].place == "đoạn 3"


def test_a_document_without_questions_is_read_and_says_so():
    bank = word.read(docx("Kính gửi: Ủy ban nhân dân xã"))
    assert (bank.found, [fault.kind for fault in bank.faults]) == (0, [FaultKind.NOTHING_FOUND])


def test_a_thousand_questions_are_read_in_a_moment():
    words = [
        "hồ sơ",
        "thủ tục",
        "công dân",
        "cơ quan",
        "thời hạn",
        "kết quả",
        "tiếp nhận",
        "xử lý",
        "giám sát",
        "dữ liệu",
    ]
    blocks = []
    for number in range(1000):
        topic = " ".join(words[(number * step) % len(words)] for step in (1, 3, 5, 7, 11))
        blocks += [f"Câu {number + 1}: Quy định {number} về {topic} là gì?"]
        blocks += [paragraph(run(f"{letter}. "), run(f"{topic} {letter}")) for letter in "ABCD"] + [
            "Đáp án: C"
        ]
    content = docx(*blocks)
    started = time.process_time()
    bank = word.read(content)
    # The promise is 1.5 s; processor time, so that other work on the machine does not count.
    assert (bank.ready, time.process_time() - started < 3) == (1000, True)
