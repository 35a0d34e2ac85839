"""What holds a question back beside its reader's doubts, what resembles what, and what changed between versions."""

from dataclasses import dataclass

import pytest

from contest.banks.checking import BankText, limited, resembling, typed
from contest.banks.differences import Change, Piece, choice_changes, pieces
from contest.rules.parsed import FaultKind, ParsedBank, ParsedChoice, ParsedQuestion, fault

TWO = (ParsedChoice("A", "Sáu", True), ParsedChoice("B", "Năm", False))


def question(**fields: object) -> ParsedQuestion:
    return ParsedQuestion(
        **{"number": "1", "place": "", "kind": "single", "text": "Mấy?", "choices": TWO} | fields
    )


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({}, []),
        ({"kind": "short_text"}, []),
        ({"kind": "ordering"}, []),
        ({"kind": "number"}, [FaultKind.BAD_NUMBER]),
        ({"kind": "essay"}, [FaultKind.UNSUPPORTED_KIND]),
        ({"topic": "x" * 201}, [FaultKind.TOO_LONG]),
        ({"level": "x" * 200}, []),
        ({"choices": tuple(ParsedChoice("A", str(n), n == 0) for n in range(27))}, [FaultKind.FILE_NOTE]),
    ],
)
def test_what_the_bank_cannot_keep_or_show_is_held_back(fields, kinds):
    (checked,) = limited(ParsedBank("docx", (question(**fields),))).questions
    assert [each.kind for each in checked.faults] == kinds
    assert checked.ready == (not kinds)
    assert len(checked.topic) <= 200


def test_what_a_person_typed_settles_the_doubts_of_the_file_but_is_checked_itself():
    doubtful = question(faults=(fault(FaultKind.UNLABELLED_LINE, "đoạn 3", line="x"),))
    assert typed(doubtful).ready
    no_key = (ParsedChoice("A", "Sáu", False), ParsedChoice("B", "Năm", False))
    assert [each.kind for each in typed(question(choices=no_key)).faults] == [FaultKind.NO_KEY]


OWN = [
    BankText(11, 1, "Nghị quyết số 76/NQ-CP của Chính phủ được ban hành ngày tháng năm nào?"),
    BankText(12, 2, "Chỉ số PAPI đo lường điều gì?"),
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Chỉ số PAPI đo lường điều gì?", 2),
        ("CHỈ SỐ  PAPI đo lường điều gì", 2),
        ("Nghị quyết số 76/NQ-CP của Chính phủ được ban hành vào ngày tháng năm nào?", 1),
        ("Nghị quyết số 131/NQ-CP của Chính phủ được ban hành ngày tháng năm nào?", None),
        ("Chỉ số hài lòng đo lường điều gì?", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("others", [0, 1])
def test_a_question_resembles_the_banks_when_only_wording_differs_never_a_number(text, number, others):
    asked = [question(text=text), *[question(text="Câu khác hẳn?")] * others]
    found = resembling(asked, OWN)
    assert {index: own.number for index, own in found.items()} == ({} if number is None else {0: number})


def test_differences_are_marked_word_by_word():
    assert pieces("ban hành năm 2021", "ban hành ngày 15 năm 2021") == (
        Piece("same", "ban hành "),
        Piece("new", "ngày 15 "),
        Piece("same", "năm 2021"),
    )


@dataclass(frozen=True)
class Shown:
    text: str
    right: bool = False
    match: str = ""
    tolerance: str = ""


def test_choices_that_came_or_went_and_a_moved_key_are_named_by_letter():
    before, after = [Shown("Sáu", True), Shown("Năm")], [Shown("Sáu"), Shown("Năm"), Shown("Bảy", True)]
    assert list(choice_changes(before, after)) == [
        Change("choice", "C", (Piece("new", "Bảy"),)),
        Change("key", "", (Piece("gone", "A"), Piece("new", "C"))),
    ]
