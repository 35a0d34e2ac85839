"""What holds for every list of questions, whatever is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.rules.question_lines import Grid, Line, Span
from contest.rules.question_text import recognise, recognise_text

WORDS = st.lists(
    st.sampled_from(
        ["thủ tục", "hồ sơ", "cơ quan", "Bộ", "ngày 15/7/2021", "30c/NQ-CP", "Cả A và B", "số hóa", "xã"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
FRAGMENTS = st.one_of(
    st.sampled_from(
        [
            "Câu 1: ", "Câu 2. ", "3. ", "A. ", "B) ", "*C. ", "d. ", "\t", "    ", "Đáp án: ", "ĐÁP ÁN", "HẾT", "1-A",
            "2.B", "|", "Phần I. ", "Căn cứ: ", "Giải thích: ", "Mức độ: NB", "Chủ đề: x", "=> ", "[1] ", "(NB)", "- ",
            "Đúng", "S", "\u0301", "\u00ad", "Ð", "\n", "\n\n", "H. ", "Đáp án B. ",
        ]
    ),
    WORDS,
    st.text(max_size=12),
)  # fmt: skip
DOCUMENTS = st.lists(FRAGMENTS, max_size=60).map("".join)
LINES = st.builds(
    lambda spans, lost: Line(tuple(spans), "đoạn 1", lost),
    st.lists(
        st.builds(
            Span, FRAGMENTS, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "FF0000", "?"])
        ),
        max_size=4,
    ),
    st.sampled_from(["", "", "hình ảnh"]),
)
GRIDS = st.lists(st.lists(st.lists(LINES, max_size=3).map(tuple), max_size=5).map(tuple), max_size=4).map(
    lambda rows: Grid(tuple(rows), "bảng 1")
)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_no_text_breaks_the_recogniser_and_every_word_is_found_in_its_source(text, keys):
    for question in recognise_text(text, keys=keys).questions:
        source = " ".join(question.source.split())
        assert all(word in source for word in question.text.split())
        assert question.ready is (not [fault for fault in question.faults if fault.severity == "error"])
        assert all(fault.message() and fault.message("en") for fault in question.faults)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LINES, GRIDS), max_size=12), st.lists(GRIDS, max_size=2))
def test_no_document_breaks_the_recogniser_and_a_ready_question_has_a_key(blocks, keys):
    for question in recognise(blocks, "docx", keys).questions:
        if question.ready:
            assert any(choice.right for choice in question.choices)


SHAPES = st.sampled_from(
    [("{}. ", "\n"), ("{}) ", "\n"), ("{}: ", "\n"), ("({}) ", "\n"), ("{}. ", "\t"), ("{}. ", "    ")]
)
OPENINGS = st.sampled_from(["Câu {}: ", "Câu {}. ", "Câu hỏi {}: ", "{}. ", "{}) ", "Bài {}: "])
CHOICE = st.lists(
    st.sampled_from(["hồ sơ", "thủ tục", "số hóa", "Sở Nội vụ", "ngày 15/7/2021", "76/NQ-CP"]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.lists(CHOICE, min_size=2, max_size=6), st.integers(0, 5)), min_size=1, max_size=5
    ),
    OPENINGS,
    SHAPES,
    st.booleans(),
)
def test_no_choice_is_lost_and_no_key_is_wrong(questions, opening, shape, keys_at_end):
    label, between = shape
    lines, keys = [], []
    for number, (stem, choices, wanted) in enumerate(questions, 1):
        key = chr(65 + wanted % len(choices))
        shown = [label.format(chr(65 + i)) + f"{' '.join(c)} {i}" for i, c in enumerate(choices)]
        lines += [opening.format(number) + f"Việc {number} {stem}?", between.join(shown)]
        lines += [] if keys_at_end else [f"Đáp án: {key}"]
        keys.append(f"{number}.{key}")
    bank = recognise_text("\n".join(lines + (["ĐÁP ÁN", " ".join(keys)] if keys_at_end else [])))
    assert bank.found == len(questions)
    for question, (stem, choices, wanted) in zip(bank.questions, questions, strict=True):
        assert question.text.endswith(f"{stem}?")
        assert [choice.text for choice in question.choices] == [
            f"{' '.join(c)} {i}" for i, c in enumerate(choices)
        ]
        assert [choice.right for choice in question.choices] == [
            i == wanted % len(choices) for i in range(len(choices))
        ]
