"""Keys as they are written, alone and in tables, and tables that are no key tables."""

import pytest

from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion
from contest.rules.question_keys import KeyEntry, KeyTable, is_key_grid, key_pairs, read_key, truth_of
from contest.rules.question_lines import Grid, Line, Span, line_of
from contest.rules.question_text import recognise, recognise_text

LABELS, TEXTS = ("A", "B", "C", "D"), ("Bộ", "Sở", "5", "E")


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("B", {1}),
        (" b. ", {1}),
        ("A, C", {0, 2}),
        ("A và C", {0, 2}),
        ("A;C", {0, 2}),
        ("AC", {0, 2}),
        ("A C", {0, 2}),
        ("phương án B", {1}),
        ("B. Sở", {1}),
        ("B) sở", {1}),
        ("sở", {1}),
        ("5", {2}),
        ("E", {3}),
    ],
)
def test_a_key_means_its_choices(value, right):
    reading = read_key(value, LABELS, TEXTS)
    assert (reading.right, reading.fault) == (right, None)


@pytest.mark.parametrize(
    ("value", "labels", "kind"),
    [
        ("F", LABELS, FaultKind.KEY_BEYOND_CHOICES),
        ("F. gì đó", LABELS, FaultKind.KEY_BEYOND_CHOICES),
        ("A, G", LABELS, FaultKind.KEY_BEYOND_CHOICES),
        ("A. Sở", LABELS, FaultKind.KEYS_CONFLICT),
        ("2", LABELS, FaultKind.KEY_UNREAD),
        ("Đúng", LABELS, FaultKind.KEY_UNREAD),
        ("?", LABELS, FaultKind.KEY_UNREAD),
        ("B", ("A", "B", "B", "D"), FaultKind.KEY_UNREAD),
    ],
)
def test_a_key_that_means_nothing_for_certain_is_a_fault(value, labels, kind):
    reading = read_key(value, labels, TEXTS)
    assert (reading.right, reading.fault and reading.fault.kind) == (frozenset(), kind)


@pytest.mark.parametrize(
    ("value", "truth"), [("Đ", "đúng"), ("d", ""), ("Sai.", "sai"), ("True", "đúng"), ("x", "")]
)
def test_truth_is_written_in_several_ways(value, truth):
    assert truth_of(value) == truth


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("1.B   2.C", [(1, "B"), (2, "C")]),
        ("16-A; 17-C; 18-B,D; 19-; 20-Đ", [(16, "A"), (17, "C"), (18, "B,D"), (19, ""), (20, "Đ")]),
        ("1a, 2b, 3c", [(1, "a"), (2, "b"), (3, "c")]),
        ("Câu 1: A | Câu 2: B", [(1, "A"), (2, "B")]),
        ("15/7/2021", []),
        ("1. Bộ", []),
        ("12 13 14", []),
        ("", []),
    ],
)
def test_a_line_is_pairs_only_when_all_of_it_is(line, pairs):
    assert key_pairs(line) == pairs


def grid(*rows: str) -> Grid:
    return Grid(tuple(tuple((line_of(cell.strip()),) for cell in row.split("|")) for row in rows))


@pytest.mark.parametrize(
    ("rows", "entries"),
    [
        (["Câu|1|2|3", "Đáp án|A||C"], [(1, "A"), (2, ""), (3, "C")]),
        (["1|2|3", "A|B|C"], [(1, "A"), (2, "B"), (3, "C")]),
        (["Câu|Đáp án", "1|A", "2|B"], [(1, "A"), (2, "B")]),
        (["Câu|ĐA|Câu|ĐA", "1|A|3|C", "2|B||"], [(1, "A"), (2, "B"), (3, "C")]),
        (["1|A|3|C", "2|B|4|"], [(1, "A"), (2, "B"), (3, "C"), (4, "")]),
        (["1.A|2.B", "3.|4.D"], [(1, "A"), (2, "B"), (3, ""), (4, "D")]),
        (["1|A|2|B|3|C|", "4|D|5|A|6|B|"], [(n, k) for n, k in enumerate("ABCDAB", 1)]),
        (["1|2|A", "3|B|4.C"], [(1, ""), (2, "A"), (3, "B"), (4, "C")]),
    ],
)
def test_a_key_table_is_read_in_every_layout(rows, entries):
    table = KeyTable()
    assert table.take_grid(grid(*rows))
    assert (table.entries, table.unread) == ([KeyEntry(0, number, value) for number, value in entries], [])


@pytest.mark.parametrize(
    "rows",
    [["A|4", "B|5"], ["STT|Họ tên", "1|An"], ["|"], ["4|5", "6|7"], ["x"]],
)
def test_other_tables_are_no_key_tables(rows):
    table = grid(*rows)
    assert not is_key_grid([[cell[0].text for cell in row] for row in table.rows])
    assert not KeyTable().take_grid(table)


def test_several_keys_after_one_number_are_not_guessed():
    table = KeyTable()
    assert table.take_grid(grid("Câu|Mã 1|x", "1|A|B")) is False
    assert table.take_grid(grid("1|A|B"))
    assert (table.entries, table.unread) == ([], ["1 A B"])


def test_keys_that_do_not_fit_their_numbers_are_not_guessed():
    table = KeyTable()
    assert table.take_row(["1", "2", "3"])
    assert not table.take_row(["A", "B"])
    assert table.take_row(["1", "2"])
    assert not table.take_row(["A", "B", "C"])
    assert table.entries == []


CHOICES = "A. Bộ\nB. Sở\nC. Xã\n"


def right(question: ParsedQuestion) -> str:
    return "".join(choice.label for choice in question.choices if choice.right)


def keys_of(bank: ParsedBank) -> list[str]:
    return [right(question) for question in bank.questions]


TWO = f"Câu 1: Một?\n{CHOICES}Câu 2: Hai?\n{CHOICES}Câu 3: Ba?\n{CHOICES}"


@pytest.mark.parametrize(
    "keys",
    [
        "Đáp án: 1-A, 2-B, 3-C",
        "1A 2B 3C",
        "Câu 1: A\nCâu 2: B\nCâu 3: C",
        "1. A\n2. B\n3. C",
        "HẾT\nCâu 1: A. Bộ\nCâu 2: B. Sở\nCâu 3: Xã",
        "HẾT\nCâu 1 2 3\nĐáp án A B C",
        "HẾT\nĐáp án\n1-A\n\n2-B\n3-C",
        "ĐÁP ÁN\n(1) ghi chú\nCâu\t1\t2\t3\nĐA\tA\tB\tC",
        "ĐÁP ÁN CHI TIẾT\n| Câu | 1 | 2 | 3 |\n| ĐA | a | b | c |",
    ],
)
def test_keys_after_the_questions_come_in_many_shapes(keys):
    assert keys_of(recognise_text(TWO + keys)) == ["A", "B", "C"]


def test_keys_may_stand_before_the_questions():
    assert keys_of(recognise_text("Đáp án: 1-A, 2-B, 3-C\n\n" + TWO)) == ["A", "B", "C"]
    assert keys_of(recognise_text("ĐÁP ÁN\n1-A 2-B 3-C\n" + TWO)) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "keys",
    [
        "1-A 2-B 3-C",
        "Câu 1: A\nCâu 2: B\nCâu 3: C",
        "ĐÁP ÁN\nPhần I\n1. A\n2. B. Sở\n3: C",
        "Câu 1: Bộ\n2-B\n3-C",
    ],
)
def test_keys_may_come_in_a_second_text(keys):
    assert keys_of(recognise_text(TWO, keys=keys)) == ["A", "B", "C"]


def test_a_key_with_its_text_may_stand_below_its_heading():
    assert keys_of(recognise_text(f"Câu 1: Một?\n{CHOICES}Đáp án\nB. Sở")) == ["B"]
    assert keys_of(recognise_text(f"Câu 1: Một?\n{CHOICES}Đáp án:\nB. Sở")) == ["B"]
    assert keys_of(recognise_text(f"Câu 1: Một?\n{CHOICES}Đáp án B: Sở")) == ["B"]


def test_a_key_table_as_a_grid_serves_a_typed_list():
    blocks = [line_of(line) for line in TWO.splitlines()]
    assert keys_of(recognise([*blocks, grid("Câu|1|2|3", "ĐA|A|B|C")], "docx")) == ["A", "B", "C"]
    assert keys_of(recognise(blocks, "docx", [grid("1|2|3", "A|B|C")])) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                "Danh sách",
                "STT|Nội dung câu hỏi|Đáp án A|Đáp án B|Đáp án đúng|Mức độ|Giải thích",
                "1|Mấy?|3|5|B|NB|Vì",
            ],
            [("1", "Mấy?", ["3", "5"], "B", "Nhận biết", "Vì")],
        ),
        (
            ["Câu hỏi|Phương án|Đáp án", "Câu 4: Mấy?|A. 3|A", "|ghi chú|", "||"],
            [("4", "Mấy?", ["3"], "A", "", "")],
        ),
        (
            ["STT|Câu hỏi|A|B|C|Key|Người soạn", "5|Ai?|A. Bộ|Sở||A|An"],
            [("5", "Ai?", ["Bộ", "Sở"], "A", "", "")],
        ),
    ],
)
def test_a_question_table_is_read_by_the_meaning_of_its_heading(rows, expected):
    bank = recognise([grid(*rows)], "docx")
    assert [
        (
            q.number,
            q.text,
            [choice.text.split(" ghi")[0] for choice in q.choices],
            right(q),
            q.level,
            q.explanation,
        )
        for q in bank.questions
    ] == expected


def test_a_cell_of_several_lines_stays_together():
    cells = (
        (line_of("1"),),
        (line_of("Một,"), line_of("hai?")),
        (line_of("x"), line_of("y")),
        (line_of("z"),),
        (line_of("A"),),
    )
    head = tuple((line_of(name),) for name in ("STT", "Câu hỏi", "A", "B", "Đáp án"))
    (question,) = recognise([Grid((head, cells))], "docx").questions
    assert (question.text, [choice.text for choice in question.choices]) == ("Một, hai?", ["x y", "z"])


def test_a_label_at_the_end_of_a_row_is_kept():
    blocks = [line_of("Câu 1: Một?"), grid("x|A."), line_of("Đáp án: A")]
    (question,) = recognise(blocks, "docx").questions
    assert [choice.label for choice in question.choices] == ["A"]


def test_a_picture_alone_on_its_line_belongs_to_its_question():
    blocks = [Line(lost="hình ảnh"), line_of("Câu 1: Hình nào?"), Line((Span(""),), "đoạn 2", "hình ảnh")]
    (question,) = recognise([*blocks, *map(line_of, CHOICES.splitlines())], "docx").questions
    assert [fault.kind.value for fault in question.faults] == ["lost_object", "no_key"]
    assert question.source.splitlines()[1] == "[hình ảnh]"


def choices_cell(*lines: str) -> ParsedQuestion:
    head = tuple((line_of(name),) for name in ("Câu hỏi", "Phương án", "Đáp án", "Căn cứ"))
    row = (
        (line_of("Ai?"),),
        tuple(map(line_of, lines)),
        (line_of("B"),),
        (line_of("Luật số 72"), line_of("Điều 5")),
    )
    (question,) = recognise([Grid((head, row))], "docx").questions
    return question


def test_lines_without_letters_in_a_cell_are_choices():
    question = choices_cell("Bộ", "Sở", "Xã")
    assert ([choice.text for choice in question.choices], right(question)) == (["Bộ", "Sở", "Xã"], "B")
    assert (question.citation, question.ready) == ("Luật số 72 Điều 5", True)


def test_a_wrapped_line_in_a_cell_without_letters_is_never_counted_as_a_choice():
    assert not choices_cell("Bộ trưởng", "và Thứ trưởng", "Sở", "Xã").ready


def test_more_lines_than_letters_are_kept_and_held_back():
    question = choices_cell(*(f"Việc {number}" for number in range(1, 11)))
    assert question.choices[7].text == "Việc 8 Việc 9 Việc 10"
    assert not question.ready


def test_a_source_stays_a_source_where_choices_are_missing():
    question = choices_cell()
    assert (question.text, question.citation, question.ready) == ("Ai?", "Luật số 72 Điều 5", False)


def test_letters_in_cells_of_their_own_belong_to_the_next_cell():
    blocks = [line_of("Câu 1: Mấy?"), grid("A|4|B.|5", "C)||D|x|"), line_of("Đáp án: B")]
    (question,) = recognise(blocks, "docx").questions
    assert [choice.text for choice in question.choices] == ["4", "5", "", "x"]


def test_a_file_may_leave_the_keys_and_come_back():
    bank = recognise_text(
        f"ĐÁP ÁN\n1-A 2-B\nPhần I. Chung\nCâu 1: Một?\n{CHOICES}\nHẾT\n3-C\nAi?\n{CHOICES}=> C"
    )
    assert keys_of(bank) == ["A", "C"]


@pytest.mark.parametrize("heading", ["THỂ CHẾ", "Phần I. THỂ CHẾ"])
def test_a_cell_over_the_whole_width_is_the_topic_of_the_rows_below(heading):
    head, *rows = grid("STT|Câu hỏi|A|B|Đáp án", "1|Ai?|x|y|A").rows
    (question,) = recognise([Grid((head, ((line_of(heading),), (), (), (), ()), *rows))], "docx").questions
    assert (question.topic, question.ready) == ("THỂ CHẾ", True)
