"""Templates of other systems are known by their headers, with their traps."""

from collections.abc import Sequence

import pytest
from workbooks import xlsx

from contest.banks.formats import csv_text, sheets
from contest.rules.parsed import FaultKind, ParsedBank

KAHOOT = (
    None,
    "Question - max 120 characters",
    "Answer 1 - max 75 characters",
    "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters",
    "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
WAYGROUND = (
    "Question Text",
    "Question Type",
    *(f"Option {number}" for number in range(1, 6)),
    "Correct Answer",
    "Time in seconds",
    "Image Link",
    "Answer explanation",
)
BLOOKET = (
    '"Blooket\nImport Template",,,,,,,\n'
    'Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Answer 4\n(Optional)",'
    '"Time Limit (sec)\n(Max: 300 seconds)","Correct Answer(s)\n(Only include Answer #)"\n'
)
GIMKIT = (
    "Gimkit Spreadsheet Import Template,,,,\n"
    "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional),Incorrect Answer 3 (Optional)\n"
)


def right(bank: ParsedBank) -> list[str]:
    """The letters marked right, question by question."""
    return ["".join(choice.label for choice in one.choices if choice.right) for one in bank.questions]


def kahoot(*rows: Sequence[object]) -> ParsedBank:
    """A bank from the Kahoot! template: header in row 8, numbers written far ahead."""
    empty = [(number, None, None, None, None, None, 20) for number in range(len(rows) + 1, 60)]
    return sheets.read(xlsx([[None, None], [None, "Quiz template"], *[[None]] * 5, KAHOOT, *rows, *empty]))


def wayground(*rows: Sequence[object]) -> ParsedBank:
    """A bank from the Wayground template with its row of instructions."""
    hint = ["Text of the question\n\n(required)", "Question Type\n\n(default is Multiple Choice)"]
    return sheets.read(xlsx([WAYGROUND, hint, *rows], name="Create a Quiz"))


def test_kahoot_rows_filled_ahead_are_no_questions() -> None:
    bank = kahoot((1, "Một cửa?", "Một", "Hai", "Ba", None, 20, "1"), (2, "Mấy?", 3, 5, 7, 9, 20, 2.0))
    assert (bank.format, bank.found, bank.ready) == ("kahoot", 2, 2)
    assert right(bank) == ["A", "B"]
    assert [(one.number, one.place) for one in bank.questions] == [("1", "Sheet1!B9"), ("2", "Sheet1!B10")]


def test_several_keys_of_kahoot_are_pointed_out() -> None:
    bank = kahoot((1, "Một cửa?", "Một", "Hai", "Ba", "Bốn", 20, "1,3"))
    assert (bank.questions[0].kind, right(bank), bank.ready) == ("multiple", ["AC"], 1)
    assert [fault.kind for fault in bank.questions[0].faults] == [FaultKind.SEVERAL_KEYS]


def test_texts_longer_than_kahoot_allows_are_reported_and_kept() -> None:
    bank = kahoot((1, "x" * 121, "y" * 76, "Hai", "Ba", "Bốn", 20, "1"))
    assert [fault.kind for fault in bank.questions[0].faults] == [FaultKind.TOO_LONG, FaultKind.TOO_LONG]
    assert len(bank.questions[0].text) == 121
    assert bank.ready == 1


@pytest.mark.parametrize(
    ("kind", "key", "expected", "letters", "ready"),
    [
        ("Multiple Choice", "2", "single", "B", 1),
        ("Multiple Choice", 2, "single", "B", 1),
        ("Checkbox", "1,3", "multiple", "AC", 1),
        ("Checkbox", "1", "multiple", "A", 1),
        ("Fill-in-the-Blank", None, "short_text", "ABC", 1),
        ("Poll", None, "single", "", 0),
        ("Open-Ended", None, "single", "", 0),
        ("Draw", None, "single", "", 0),
    ],
)
def test_wayground_kinds(kind: str, key: object, expected: str, letters: str, ready: int) -> None:
    bank = wayground(("Một cửa?", kind, "Một", "Hai", "Ba", None, None, key, 30, None, "Vì thế"))
    assert (bank.format, bank.found, bank.ready) == ("wayground", 1, ready)
    assert (bank.questions[0].kind, right(bank)) == (expected, [letters])
    assert bank.questions[0].explanation == "Vì thế"


def test_an_unsupported_kind_is_listed_with_its_name() -> None:
    bank = wayground(("Bạn nghĩ gì?", "Poll", "Một", "Hai"))
    faults = bank.questions[0].faults
    assert [fault.kind for fault in faults] == [FaultKind.UNSUPPORTED_KIND]
    assert "Poll" in faults[0].message()


def test_a_wayground_question_with_a_picture_link_is_held_back() -> None:
    row = (
        "Hình gì?",
        "Multiple Choice",
        "Một",
        "Hai",
        None,
        None,
        None,
        "1",
        30,
        "https://example.org/a.png",
    )
    bank = wayground(row)
    assert [fault.kind for fault in bank.questions[0].faults] == [FaultKind.LOST_OBJECT]


def test_blooket_with_line_breaks_in_its_headers() -> None:
    bank = csv_text.read((BLOOKET + '1,Một cửa?,Một,Hai,,,20,2\n2,Mấy?,3,5,7,9,20,"1,2"\n').encode())
    assert (bank.format, bank.ready) == ("blooket", 2)
    assert right(bank) == ["B", "AB"]
    assert [one.kind for one in bank.questions] == ["single", "multiple"]


def test_a_blooket_question_answered_by_typing() -> None:
    bank = csv_text.read((BLOOKET + "1,Thủ đô?,Hà Nội,Ha Noi,,,20,,,typing\n").encode())
    assert (bank.questions[0].kind, right(bank), bank.ready) == ("short_text", ["AB"], 1)


def test_gimkit_has_its_right_answer_first_and_says_so() -> None:
    bank = csv_text.read((GIMKIT + "Một cửa?,Một,Hai,Ba,\nMấy?,3,5,,\n").encode())
    assert (bank.format, bank.ready, right(bank)) == ("gimkit", 2, ["A", "A"])
    assert [choice.text for choice in bank.questions[0].choices] == ["Một", "Hai", "Ba"]
    assert [fault.kind for fault in bank.faults] == [FaultKind.FILE_NOTE]


def test_gimkit_without_a_right_answer_has_no_key() -> None:
    bank = csv_text.read((GIMKIT + "Một cửa?,,Hai,Ba,\n").encode())
    assert [fault.kind for fault in bank.questions[0].faults if fault.kind is FaultKind.NO_KEY] == [
        FaultKind.NO_KEY
    ]
    assert [choice.text for choice in bank.questions[0].choices] == ["Hai", "Ba"]
