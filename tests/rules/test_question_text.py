"""What the recogniser makes of lists of questions as people write them."""

import pytest

from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion, fault_message
from contest.rules.question_text import recognise_text
from contest.rules.vietnamese_legacy import decode_tcvn3, decode_vni


def right(question: ParsedQuestion) -> str:
    return "".join(choice.label for choice in question.choices if choice.right)


def texts(question: ParsedQuestion) -> list[str]:
    return [choice.text for choice in question.choices]


def kinds(question: ParsedQuestion) -> list[str]:
    return [fault.kind.value for fault in question.faults]


def one(bank: ParsedBank) -> ParsedQuestion:
    assert bank.found == 1, bank
    return bank.questions[0]


CHOICES = "A. Bộ\nB. Sở\nC. Xã\nD. Phường\n"


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        ("Câu 1: ", "1"),
        ("Câu 1. ", "1"),
        ("Câu 1 : ", "1"),
        ("Câu 01) ", "01"),
        ("CÂU 1 - ", "1"),
        ("Câu hỏi 1: ", "1"),
        ("Câu hỏi số 1: ", "1"),
        ("Câu 1 ", "1"),
        ("Câu\u00a01: ", "1"),
        ("Câu 12 (đã chỉnh sửa): ", "12"),
        ("Bài 1. ", "1"),
        ("Question 1: ", "1"),
        ("1. ", "1"),
        ("1.", "1"),
        ("1) ", "1"),
        ("1/ ", "1"),
        ("1 - ", "1"),
        ("  7.  ", "7"),
        ("**Câu 3:** ", "3"),
        ("", ""),
    ],
)
def test_a_question_begins_in_many_ways(opening, number):
    question = one(recognise_text(f"{opening}Cơ quan nào tiếp nhận?\n{CHOICES}Đáp án: B"))
    assert (question.number, question.text.strip("* "), right(question)) == (
        number,
        "Cơ quan nào tiếp nhận?",
        "B",
    )


@pytest.mark.parametrize(
    ("opening", "level"),
    [
        ("Câu 1 (NB): ", "Nhận biết"),
        ("Câu 1. [TH] ", "Thông hiểu"),
        ("Câu 1: (Vận dụng cao) ", "Vận dụng cao"),
        ("[VD] ", "Vận dụng"),
        ("[2] ", "2"),
        ("Câu 1 (đã chỉnh sửa): ", ""),
    ],
)
def test_a_level_may_stand_before_the_text(opening, level):
    question = one(recognise_text(f"{opening}Cơ quan nào tiếp nhận?\n{CHOICES}ANSWER: B"))
    assert (question.level, question.text, right(question)) == (level, "Cơ quan nào tiếp nhận?", "B")


@pytest.mark.parametrize(
    "line",
    ["Mức độ: Dễ", "Độ khó: nhận biết", "Mức độ nhận thức: NB"],
)
def test_a_level_may_have_its_own_line(line):
    assert one(recognise_text(f"Câu 1: Cơ quan nào?\n{CHOICES}Đáp án: B\n{line}")).level == "Nhận biết"


def test_a_level_may_end_the_text():
    question = one(recognise_text(f"Câu 1: Cơ quan nào? (Thông hiểu)\n{CHOICES}Đáp án: B"))
    assert (question.text, question.level) == ("Cơ quan nào?", "Thông hiểu")


@pytest.mark.parametrize(
    "choices",
    [
        "A. Bộ\nB. Sở\nC. Xã",
        "A) Bộ\nB) Sở\nC) Xã",
        "A: Bộ\nB: Sở\nC: Xã",
        "a. Bộ\nb. Sở\nc. Xã",
        "a) Bộ\nb) Sở\nc) Xã",
        "(A) Bộ\n(B) Sở\n(C) Xã",
        "A/ Bộ\nB/ Sở\nC/ Xã",
        "A - Bộ\nB - Sở\nC - Xã",
        "A.Bộ\nB.Sở\nC.Xã",
        "A .Bộ\nB .Sở\nC .Xã",
        "A. Bộ\tB. Sở\tC. Xã",
        "A. Bộ     B. Sở     C. Xã",
        "A. Bộ B. Sở C. Xã",
        "A. Bộ\tB. Sở\nC. Xã",
        "Phương án A: Bộ\nPhương án B: Sở\nPhương án C: Xã",
        "Đáp án A: Bộ\nĐáp án B: Sở\nĐáp án C: Xã",
        "А. Bộ\nВ. Sở\nС. Xã",
        "A． Bộ\nB． Sở\nC． Xã",
        "- Bộ\n- Sở\n- Xã",
        "1. Bộ\n2. Sở\n3. Xã",
        "A. Bộ\n\nB. Sở\n\nC. Xã",
    ],
)
def test_choices_come_in_many_shapes(choices):
    question = one(recognise_text(f"Câu 1: Cơ quan nào?\n{choices}\nĐáp án: B"))
    assert ([c.label for c in question.choices], texts(question)) == (["A", "B", "C"], ["Bộ", "Sở", "Xã"])
    assert (right(question), kinds(question)) == ("B", [])


def test_choices_may_follow_the_question_on_its_line():
    question = one(recognise_text("Câu 1: Mấy nội dung? A. 4 B. 5 C. 6 D. 7\nĐáp án: C"))
    assert (question.text, texts(question), right(question)) == ("Mấy nội dung?", ["4", "5", "6", "7"], "C")


@pytest.mark.parametrize(
    "last", ["Cả A, B và C.", "Cả A và B.", "Cả A, B, C.", "A và C. đều đúng", "Chỉ có A và B. "]
)
def test_a_choice_that_names_letters_is_never_cut(last):
    question = one(recognise_text(f"Câu 1: Một?\nA. x\nB. y\nC. z\tD. {last}\nĐáp án: D"))
    assert (texts(question)[3], kinds(question)) == (last.strip(), [])


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("Đáp án: B", "B"),
        ("Đáp án:B", "B"),
        ("Đáp án : b", "B"),
        ("ĐÁP ÁN: B.", "B"),
        ("Đáp án đúng: B", "B"),
        ("Đáp án đúng là: B.", "B"),
        ("Đáp án là B", "B"),
        ("Đáp án B", "B"),
        ("Đáp án = B", "B"),
        ("(Đáp án: B)", "B"),
        ("ĐA: B", "B"),
        ("Đ/A: B", "B"),
        ("Đ.A: B", "B"),
        ("=> B", "B"),
        ("→ B", "B"),
        ("-> B", "B"),
        ("ANSWER: B", "B"),
        ("Answer: B", "B"),
        ("Key: B", "B"),
        ("Chọn B", "B"),
        ("Chọn: B", "B"),
        ("Trả lời: B", "B"),
        ("Phương án đúng: B", "B"),
        ("Đáp án: phương án B", "B"),
        ("Đáp án: B. Sở", "B"),
        ("Đáp án: Sở", "B"),
        ("Đáp án: “Sở”.", "B"),
        ("Đáp án\nB", "B"),
        ("Đáp án:\nB", "B"),
        ("Đa\u0301p a\u0301n: B", "B"),
        ("Ðáp án: B", "B"),
    ],
)
def test_a_key_is_written_in_many_ways(key, answer):
    question = one(recognise_text(f"Câu 1: Cơ quan nào?\n{CHOICES}{key}"))
    assert (right(question), kinds(question)) == (answer, [])


@pytest.mark.parametrize("tail", ["\tĐáp án: B", "   ĐA: B", " (Đáp án: B)", ". Đáp án: B"])
def test_a_key_may_end_another_line(tail):
    question = one(recognise_text(f"Câu 1: Cơ quan nào?\nA. Bộ\nB. Sở\nC. Xã{tail}"))
    assert (texts(question)[2].strip("."), right(question)) == ("Xã", "B")


@pytest.mark.parametrize("star", ["*B. Sở", "* B. Sở", "B.* Sở", "B*. Sở", "B. *Sở", "✓ B. Sở"])
def test_a_star_marks_the_key(star):
    question = one(recognise_text(f"Câu 1: Cơ quan nào?\nA. Bộ\n{star}\nC. Xã"))
    assert (texts(question), right(question), kinds(question)) == (["Bộ", "Sở", "Xã"], "B", [])


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("A. x\nB. y", "no_key"),
        ("A. x\nB. y\nĐáp án:", "no_key"),
        ("A. x\nB. y\nĐáp án: E", "key_beyond_choices"),
        ("A. x\nB. y\nĐáp án: A, B", "several_keys"),
        ("A. x\nB. y\nĐáp án: AB", "several_keys"),
        ("A. x\nB. y\nĐáp án: không rõ", "key_unread"),
        ("A. x\nB. y\nĐáp án: 1", "key_unread"),
        ("A. x\nB. y\nĐáp án: S", "key_unread"),
        ("A. x\nB. y\nĐáp án: A\nĐáp án: B", "keys_conflict"),
        ("*A. x\nB. y\nĐáp án: B", "keys_conflict"),
        ("A. x\nB. y\nĐáp án: A. y", "keys_conflict"),
        ("*A. x\n*B. y", "all_emphasised"),
        ("*A. x\n*B. y\nC. z", "several_keys"),
        ("A. x\nĐáp án: A", "one_choice"),
        ("Đáp án: A", "no_choices"),
        ("A. x\nB. X.\nĐáp án: A", "equal_choices"),
        ("A. x\nB.\nĐáp án: A", "empty_choice"),
        ("A. x\nC. y\nĐáp án: A", "label_order"),
        ("A. x\nB. y\nB. z\nĐáp án: A", "label_order"),
        ("A. x\nSở Y\nC. y\nĐáp án: A", "label_order"),
        ("A. x.\nB. y.\nVăn phòng tỉnh\nĐáp án: A", "unlabelled_line"),
        ("A. x\nB. y C. z\nĐáp án: A", "swallowed_label"),
        ("A. x\nB. yC. z\nĐáp án: A", "swallowed_label"),
        ("A. háº£o\nB. y\nĐáp án: A", "mojibake"),
    ],
)
def test_a_doubtful_question_is_held_back_and_has_no_key_by_guess(lines, fault):
    question = one(recognise_text(f"Câu 1: Một là gì?\n{lines}"))
    assert fault in kinds(question)
    assert not question.ready


def test_a_question_without_text_is_held_back():
    assert kinds(one(recognise_text("Câu 1:\nA. x\nB. y\nĐáp án: A"))) == ["empty_text"]
    assert kinds(one(recognise_text("A. x\nB. y\nĐáp án: A"))) == ["empty_text"]


@pytest.mark.parametrize(
    ("lines", "choice"),
    [
        ("A. Nghị quyết của\nChính phủ\nB. y", "Nghị quyết của Chính phủ"),
        ("A. ngày 15/7/2021\nvà sau đó\nB. y", "ngày 15/7/2021 và sau đó"),
        ("A. Nghị quyết số\n30c/NQ-CP\nB. y", "Nghị quyết số 30c/NQ-CP"),
        ("A. từ ngày\n15/7/2021\nB. y", "từ ngày 15/7/2021"),
        ("A. mức\n3.5 triệu đồng\nB. y", "mức 3.5 triệu đồng"),
    ],
)
def test_a_wrapped_line_goes_on_with_its_choice(lines, choice):
    question = one(recognise_text(f"Câu 1: Một?\n{lines}\nĐáp án: B"))
    assert (texts(question), right(question), question.ready) == ([choice, "y"], "B", True)


def test_a_wrapped_last_choice_is_joined_when_it_clearly_goes_on():
    question = one(recognise_text("Câu 1: Một?\nA. x\nB. Nghị quyết của\nChính phủ\nĐáp án: B"))
    assert (texts(question)[1], question.ready) == ("Nghị quyết của Chính phủ", True)


def test_wrapped_lines_of_a_question_are_joined():
    question = one(
        recognise_text("Câu 1: Theo Nghị quyết số\n76/NQ-CP ngày\n15/7/2021 thì sao?\nA. x\nB. y\n=> A")
    )
    assert question.text == "Theo Nghị quyết số 76/NQ-CP ngày 15/7/2021 thì sao?"


def test_a_numbered_list_inside_a_question_stays_in_it():
    bank = recognise_text("Câu 1: Cho các ý:\n1. một\n2. hai\n3. ba\nÝ nào đúng?\nA. 1\nB. 2 và 3\nĐáp án: A")
    assert one(bank).text == "Cho các ý:\n1. một\n2. hai\n3. ba Ý nào đúng?"


def test_a_numbered_list_inside_a_numbered_question_stays_in_it():
    bank = recognise_text("7. Cho các ý:\n1. một\n2. hai\nA. 1\nB. 2\n=> A\n8. Sau đó?\nA. x\nB. y\n=> B")
    assert [(q.number, right(q)) for q in bank.questions] == [("7", "A"), ("8", "B")]


def test_a_lettered_list_inside_a_question_stays_in_it():
    question = one(recognise_text("Câu 1: Cho:\na) một\nb) hai\nA. chỉ a\nB. chỉ b\nĐáp án: B"))
    assert (question.text, texts(question)) == ("Cho:\na) một\nb) hai", ["chỉ a", "chỉ b"])


def test_sources_and_explanations_are_kept_apart():
    question = one(
        recognise_text(
            f"Câu 1: Cơ quan nào?\n{CHOICES}Đáp án: B\nCăn cứ: Điều 5\nLuật số 72/2025/QH15\n"
            "Giải thích: Vì Sở là cơ quan chuyên môn."
        )
    )
    assert (question.citation, question.explanation) == (
        "Điều 5 Luật số 72/2025/QH15",
        "Vì Sở là cơ quan chuyên môn.",
    )
    assert question.ready


def test_a_source_may_come_without_a_colon():
    question = one(recognise_text(f"Câu 1: Cơ quan nào?\n{CHOICES}Đáp án: B\nCăn cứ Nghị quyết số 76/NQ-CP"))
    assert question.citation == "Căn cứ Nghị quyết số 76/NQ-CP"


def test_a_question_may_begin_with_its_source():
    bank = recognise_text(f"Căn cứ Luật số 72/2025/QH15, cơ quan nào?\n{CHOICES}Đáp án: B")
    assert one(bank).text == "Căn cứ Luật số 72/2025/QH15, cơ quan nào?"


TWO = f"Câu 1: Một?\n{CHOICES}Đáp án: A\n"


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("PHẦN I. CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỂ CHẾ"),
        ("Phần 1: Thể chế", "Thể chế"),
        ("Chủ đề 2 - Thể chế", "Thể chế"),
        ("Chủ đề: Thể chế", "Thể chế"),
        ("Nhóm 1", "Nhóm 1"),
        ("Phần I\nThể chế", "Thể chế"),
        ("I. THỂ CHẾ", "THỂ CHẾ"),
        ("Lĩnh vực: Thể chế", "Thể chế"),
    ],
)
def test_a_section_is_the_topic_of_the_questions_below_it(heading, topic):
    bank = recognise_text(f"BỘ CÂU HỎI\n{heading}\n{TWO}Câu 2: Hai?\n{CHOICES}Đáp án: B")
    assert [q.topic for q in bank.questions] == [topic, topic]


def test_a_line_in_capitals_between_questions_is_a_section():
    bank = recognise_text(f"{TWO}CHÍNH QUYỀN SỐ\nCâu 2: Hai?\n{CHOICES}Đáp án: B")
    assert [q.topic for q in bank.questions] == ["", "CHÍNH QUYỀN SỐ"]


def test_a_topic_line_after_each_question_is_its_own():
    bank = recognise_text(f"{TWO}Chủ đề: Một\nCâu 2: Hai?\n{CHOICES}Đáp án: B\nChủ đề: Hai\n")
    assert [q.topic for q in bank.questions] == ["Một", "Hai"]


def test_questions_without_numbers_are_told_apart_by_their_choices():
    bank = recognise_text("Thủ đô là gì?\nA. x\nB. y\nANSWER: A\n\nCòn gì nữa?\nA. z\nB. t\nANSWER: B\n")
    assert [(q.text, right(q)) for q in bank.questions] == [("Thủ đô là gì?", "A"), ("Còn gì nữa?", "B")]


@pytest.mark.parametrize(
    ("lines", "truth"),
    [
        ("Đáp án: Đúng", "A"),
        ("Đáp án: S", "B"),
        ("A. Đúng\nB. Sai\nĐáp án: Đ", "A"),
        ("A. Đúng\nB. Sai\nĐáp án: Sai", "B"),
        ("A. Đúng\nB. Sai\nĐáp án: A", "A"),
    ],
)
def test_true_or_false(lines, truth):
    question = one(recognise_text(f"Câu 1: Bộ phận Một cửa tiếp nhận hồ sơ.\n{lines}"))
    assert (question.kind, texts(question), right(question)) == ("true_false", ["Đúng", "Sai"], truth)
    assert question.ready


def test_true_or_false_without_a_key_is_held_back():
    assert kinds(one(recognise_text("Câu 1: Trời xanh, đúng hay sai?"))) == ["no_key"]
    assert kinds(one(recognise_text("Câu 1: Trời xanh?\nĐáp án: Đ\nĐáp án: S"))) == ["keys_conflict"]


def test_several_right_choices_need_a_question_that_asks_for_them():
    question = one(recognise_text("Câu 1: Chọn 2 đáp án đúng:\nA. x\nB. y\nC. z\nĐáp án: A, C"))
    assert (question.kind, right(question), question.ready) == ("multiple", "AC", True)


def test_a_blank_to_fill_in_is_a_short_answer():
    question = one(recognise_text("Câu 1: Thủ đô của Việt Nam là ……\nĐáp án: Hà Nội"))
    assert (question.kind, texts(question), question.ready) == ("short_text", ["Hà Nội"], True)


def test_a_gap_and_a_repeat_in_the_numbers_are_shown():
    bank = recognise_text(
        "".join(f"Câu {n}: Việc {n}{i}?\n{CHOICES}Đáp án: A\n" for i, n in enumerate((1, 2, 4, 4, 3)))
    )
    assert [kinds(q) for q in bank.questions] == [[], [], ["numbering_gap"], ["numbering_repeat"], []]
    assert bank.ready == 5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ủy ban nhân dân huyện làm gì?", "abolished_unit"),
        ("Cả nước có 63 tỉnh, đúng không?", "abolished_unit"),
        ("Theo Nghị định số 61/2018/NĐ-CP thì sao?", "repealed_source"),
    ],
)
def test_what_no_longer_exists_is_a_warning(text, kind):
    question = one(recognise_text(f"Câu 1: {text}\n{CHOICES}Đáp án: B"))
    assert (kinds(question), question.ready) == ([kind], True)


def test_nearly_the_same_question_names_the_earlier_one():
    long = "Cơ quan nào có trách nhiệm tiếp nhận hồ sơ thủ tục hành chính của công dân trên địa bàn"
    bank = recognise_text(f"Câu 1: {long}?\n{CHOICES}=> A\nCâu 2: {long} xã?\n{CHOICES}=> B\n")
    assert kinds(bank.questions[1]) == ["near_duplicate"]
    assert bank.questions[1].faults[0].message() == (
        "Câu này gần giống câu 1 (dòng 1). Hãy so sánh và giữ một câu nếu trùng."
    )


def test_questions_that_differ_in_a_number_are_not_the_same():
    bank = recognise_text(
        "".join(f"Câu {n}: Nội dung của Điều {n} Luật này là gì?\n{CHOICES}=> A\n" for n in (1, 2))
    )
    assert [kinds(q) for q in bank.questions] == [[], []]


PARTS = "".join(
    f"Phần {part}: Nhóm {part}\n" + "".join(f"Câu {n}: Việc {part}{n}?\n{CHOICES}" for n in (1, 2))
    for part in ("I", "II")
)


@pytest.mark.parametrize(
    "keys",
    [
        "ĐÁP ÁN\nPhần I\n1.A 2.B\nPhần II\n1.C 2.D",
        "HẾT\n1-A 2-B\n1-C 2-D",
        "BẢNG ĐÁP ÁN\nCâu\t1\t2\nĐA\tA\tB\nCâu\t1\t2\nĐA\tC\tD",
    ],
)
def test_keys_of_parts_that_restart_go_to_their_part(keys):
    bank = recognise_text(PARTS + keys)
    assert [(q.topic, right(q)) for q in bank.questions] == [
        ("Nhóm I", "A"),
        ("Nhóm I", "B"),
        ("Nhóm II", "C"),
        ("Nhóm II", "D"),
    ]


def test_one_key_table_for_parts_that_restart_is_not_guessed():
    bank = recognise_text(PARTS + "ĐÁP ÁN\n1.A 2.B")
    assert [kinds(q) for q in bank.questions] == [["key_ambiguous"]] * 4
    assert bank.ready == 0


def test_a_key_for_no_question_is_reported():
    bank = recognise_text(TWO + "ĐÁP ÁN\n1.A 9.B")
    assert [(f.kind, dict(f.values)) for f in bank.faults] == [
        (FaultKind.KEY_WITHOUT_QUESTION, {"number": "9"})
    ]


def test_two_keys_for_one_number_are_a_conflict():
    bank = recognise_text(f"Câu 1: Một?\n{CHOICES}ĐÁP ÁN\n1.A\n1.B")
    assert "keys_conflict" in kinds(one(bank))


def test_what_follows_the_keys_and_is_no_key_is_reported():
    bank = recognise_text(TWO + "ĐÁP ÁN\n1.A\nNGƯỜI RA ĐỀ")
    assert [fault.kind for fault in bank.faults] == [FaultKind.KEY_LINES_UNREAD]


def test_questions_may_go_on_after_a_key_table():
    bank = recognise_text(f"Câu 1: Một?\n{CHOICES}ĐÁP ÁN\n1.A\nCâu 2: Hai?\n{CHOICES}Đáp án: D")
    assert [right(q) for q in bank.questions] == ["A", "D"]


SNIPPET_UNICODE = """Câu 8. Thủ tục hành chính được niêm yết công khai ở đâu?
A. Trên Cổng Dịch vụ công quốc gia
B. Tại nơi tiếp nhận, trả kết quả
C. Tại cả hai nơi trên
Đáp án: C"""
SNIPPET_TCVN3 = """C©u 8. Thñ tôc hµnh chÝnh ®\u00adîc niªm yÕt c«ng khai ë ®©u?
A. Trªn Cæng DÞch vô c«ng quèc gia
B. T¹i n¬i tiÕp nhËn, tr¶ kÕt qu¶
C. T¹i c¶ hai n¬i trªn
§¸p ¸n: C"""
SNIPPET_VNI = """Caâu 8. Thuû tuïc haønh chính ñöôïc nieâm yeát coâng khai ôû ñaâu?
A. Treân Coång Dòch vuï coâng quoác gia
B. Taïi nôi tieáp nhaän, traû keát quaû
C. Taïi caû hai nôi treân
Ñaùp aùn: C"""


def test_the_old_encodings_say_the_same():
    assert decode_tcvn3(SNIPPET_TCVN3) == decode_vni(SNIPPET_VNI) == SNIPPET_UNICODE
    assert right(one(recognise_text(SNIPPET_UNICODE))) == "C"


def test_the_first_snippet_is_read_whole():
    bank = recognise_text(
        "PHẦN I. CẢI CÁCH THỂ CHẾ\n"
        "Câu 1: Chương trình tổng thể giai đoạn 2021 - 2030 được ban hành kèm theo văn bản nào?\n"
        "A. Nghị quyết số 30c/NQ-CP ngày 08/11/2011\n"
        "B. Nghị quyết số 76/NQ-CP ngày 15/7/2021\n"
        "C. Quyết định số 468/QĐ-TTg ngày 27/3/2021\n"
        "D. Nghị định số 61/2018/NĐ-CP ngày 23/4/2018\n"
        "Đáp án: B\n"
        "Căn cứ: Nghị quyết số 76/NQ-CP của Chính phủ."
    )
    question = one(bank)
    assert (question.number, question.topic, right(question), question.place) == (
        "1",
        "CẢI CÁCH THỂ CHẾ",
        "B",
        "dòng 2",
    )
    assert texts(question)[0] == "Nghị quyết số 30c/NQ-CP ngày 08/11/2011"
    assert question.citation == "Nghị quyết số 76/NQ-CP của Chính phủ."
    assert kinds(question) == []


def test_the_bank_is_told_as_json():
    told = recognise_text(TWO).as_json()
    assert (told["format"], told["found"], told["ready"], told["doubtful"], told["faults"]) == (
        "text",
        1,
        1,
        0,
        [],
    )
    (question,) = told["questions"]
    assert question["choices"][0] == {"label": "A", "text": "Bộ", "right": True}
    assert set(question) == {
        "number",
        "place",
        "kind",
        "text",
        "choices",
        "topic",
        "level",
        "citation",
        "explanation",
        "faults",
    }


def test_a_text_without_questions_says_so():
    bank = recognise_text("Kính gửi các đơn vị.")
    assert (bank.found, [fault.kind for fault in bank.faults]) == (0, [FaultKind.NOTHING_FOUND])


def test_faults_are_told_as_json():
    told = recognise_text("Câu 1: Một?\nA. x\nB. y").as_json()
    assert told["questions"][0]["faults"] == [
        {
            "kind": "no_key",
            "severity": "error",
            "place": "dòng 1",
            "message": "Chưa có đáp án. Hãy chọn phương án đúng.",
        }
    ]


def test_lines_after_a_question_go_where_they_belong():
    question = one(
        recognise_text(
            "Giải thích: không của câu nào\nMức độ: TH\nCâu 1: Một?\nA. x\nB. y\nĐáp án: A\nlời thêm\n"
            "Căn cứ: Luật\nsố 72\nGiải thích: vì\nA. không phải phương án\nthế"
        )
    )
    assert (question.level, question.citation) == ("Thông hiểu", "Luật số 72")
    assert question.explanation == "vì\nA. không phải phương án thế"
    assert kinds(question) == ["unlabelled_line"]


def test_a_section_word_inside_a_question_is_text():
    question = one(recognise_text("Câu 1: Nêu\nMục 3 của đề án?\nA. x\nB. y\nĐáp án: A"))
    assert question.text == "Nêu Mục 3 của đề án?"
    question = one(recognise_text("Câu 1: Nêu tên\nPhần I\nA. x\nB. y\nĐáp án: A\nPhần II"))
    assert question.text == "Nêu tên Phần I"


def test_sections_may_be_nested_and_name_unnumbered_questions():
    bank = recognise_text("PHẦN I. CHUNG\nChủ đề 1: Thể chế\nAi làm?\nA. x\nB. y\nANSWER: A")
    assert (one(bank).topic, one(bank).text) == ("Thể chế", "Ai làm?")


def test_a_question_that_lost_its_number_after_a_choice_is_held_back():
    bank = recognise_text("Câu 1: Một?\nA. x\nB. y\nHai là gì?\nA. z\nB. t\nĐáp án: A")
    assert [(q.number, q.text, q.ready) for q in bank.questions] == [
        ("1", "Một?", False),
        ("", "Hai là gì?", False),
    ]


def test_a_wrapped_choice_before_an_unnumbered_question_stays_a_choice():
    bank = recognise_text("Một?\nA. x\nB. y của\nông\n\nHai?\nA. z\nB. t\nANSWER: A")
    assert [(q.text, texts(q)) for q in bank.questions] == [
        ("Một?", ["x", "y của ông"]),
        ("Hai?", ["z", "t"]),
    ]


def test_numbered_questions_without_choices_follow_each_other():
    bank = recognise_text(
        "1. Một là …… ?\nĐáp án: hai ba\n2. Trời xanh\nĐáp án: Đ\n3. Bốn?\nA. x\nB. y\n=> A\n1) ghi\n2) chú"
    )
    assert [(q.number, q.kind) for q in bank.questions] == [
        ("1", "short_text"),
        ("2", "true_false"),
        ("3", "single"),
    ]


def test_a_letter_far_from_the_next_one_is_no_choice():
    question = one(recognise_text("Câu 1: Ở đâu?\nA. Ủy ban nhân dân\nH. Củ Chi\nB. y\nĐáp án: B"))
    assert (texts(question), right(question)) == (["Ủy ban nhân dân H. Củ Chi", "y"], "B")
    question = one(recognise_text("Câu 1: Ở đâu?\nA. x gồm\na) một\nB. y\nĐáp án: B"))
    assert texts(question) == ["x gồm a) một", "y"]


def test_long_gaps_are_one_gap():
    question = one(recognise_text(f"Câu 1: Mấy?{' ' * 500}A. 4{' ' * 40}\t{' ' * 40}B. 5\nĐáp án: B"))
    assert (texts(question), right(question)) == (["4", "5"], "B")


def test_a_label_in_a_sentence_of_the_question_is_no_choice():
    question = one(recognise_text("Câu 1: Vitamin A. là gì B. hay\tA. x?\nA. x\nB. y\nĐáp án: B"))
    assert texts(question) == ["x", "y"]


def test_a_list_item_is_told_from_the_next_question():
    bank = recognise_text(
        "1. Cho:\n1) x\n2) y\nA. 1\nB. 2\n=> A\n2. Hai?\nA. x\nB. y\n=> B\nGiải thích:\n1. vì\n9. thế"
    )
    assert [(q.number, q.text, q.explanation) for q in bank.questions] == [
        ("1", "Cho:\n1) x\n2) y", ""),
        ("2", "Hai?", "1. vì\n9. thế"),
    ]
    bank = recognise_text("1. Một\n2. Hai\n4. Bốn\nĐáp án: Đ")
    assert [(q.number, q.text) for q in bank.questions] == [("1", "Một"), ("2", "Hai\n4. Bốn")]
    bank = recognise_text("Câu 1: Một?\nA. x\nB. y\n=> A\n2. Hai?\nA. x\nB. y\n=> B\nGiải thích: vì\n7. thế")
    assert [(q.number, q.explanation) for q in bank.questions] == [("1", ""), ("2", "vì\n7. thế")]


def test_a_missing_key_for_a_repeated_number_says_nothing():
    bank = recognise_text(f"Câu 1: Một?\n{CHOICES}Câu 1: Hai?\n{CHOICES}ĐÁP ÁN\nCâu\t1\t2\nĐA\t\tB")
    assert [kinds(q) for q in bank.questions] == [["no_key"], ["numbering_repeat", "no_key"]]


def test_a_value_a_fault_does_not_know_shows_as_a_gap():
    assert fault_message(FaultKind.KEY_UNREAD) == "Không hiểu đáp án ghi là “…”. Hãy chọn phương án đúng."


def test_an_unnumbered_question_may_follow_with_its_source_first():
    bank = recognise_text(f"Ai?\n{CHOICES}=> A\nCăn cứ Luật số 72/2025/QH15, ai làm?\n{CHOICES}=> B")
    assert [(q.text, q.citation) for q in bank.questions] == [
        ("Ai?", ""),
        ("Căn cứ Luật số 72/2025/QH15, ai làm?", ""),
    ]
