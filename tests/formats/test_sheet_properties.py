"""Whatever a sheet holds, reading it ends in questions that say what its cells say."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats import csv_text
from contest.banks.formats.unreadable import Unreadable
from contest.rules.vietnamese import clean

WORDS = st.sampled_from(
    [
        "Câu hỏi",
        "Đáp án",
        "Đáp án đúng",
        "Phương án",
        "A",
        "B",
        "1",
        "2",
        "0",
        "A. x\nB. y",
        "*A. q",
        "Phần I. Gì",
        "Câu 3: ",
        "x",
        "1,3",
        "AC",
        "Đúng",
        "Sai",
        "3/5",
        "03-May",
        "[NB] a",
        "a.\tb. ",
        "(B)",
        " ",
        "*",
        "#REF!",
        "Question Text",
        "Correct Answer",
        "Incorrect Answer 1",
        "STT",
        "Lĩnh vực",
        "Nội dung",
    ]
)
TABLES = st.lists(st.lists(WORDS | st.text(max_size=12), max_size=8), max_size=10)
PLAIN = (
    st.text(alphabet="bcdeghiklmnopqrstuvxyàáảãạăâđêôơư ", min_size=1, max_size=20).map(clean).filter(bool)
)


def as_csv(rows: list[list[str]]) -> bytes:
    """Rows as Excel would save them."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_no_table_breaks_the_reader(rows: list[list[str]]) -> None:
    try:
        bank = csv_text.read(as_csv(rows))
    except Unreadable as refusal:
        assert refusal.message()
        return
    for question in bank.questions:
        assert all(fault.message("vi") and fault.message("en") for fault in question.faults)
        assert question.ready == all(fault.severity.value != "error" for fault in question.faults)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(PLAIN, PLAIN, PLAIN, PLAIN | st.just(""), st.sampled_from(["A", "B", "C", "", "?"])),
        min_size=1,
    )
)
def test_no_question_and_no_choice_is_lost_and_no_key_is_invented(rows: list[tuple[str, ...]]) -> None:
    header = ["Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án"]
    bank = csv_text.read(as_csv([header, *map(list, rows)]))
    assert [question.text for question in bank.questions] == [row[0] for row in rows]
    for question, row in zip(bank.questions, rows, strict=True):
        assert [choice.text for choice in question.choices] == [text for text in row[1:4] if text]
        assert {choice.label for choice in question.choices if choice.right} <= {row[4]}
        assert question.text in question.source
