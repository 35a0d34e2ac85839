"""Records exported by TCExam."""

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedBank

HEAD = (
    "M=MODULE\tmodule_enabled\tmodule_name\n"
    "S=SUBJECT\tsubject_enabled\tsubject_name\tsubject_description\n"
    "Q=QUESTION\tquestion_enabled\tquestion_description\tquestion_explanation\tquestion_type\n"
    "A=ANSWER\tanswer_enabled\tanswer_description\tanswer_explanation\tanswer_isright\n\n"
    "M\t1\tCCHC\nS\t1\tMột cửa\t\n"
)


def read(records: str) -> ParsedBank:
    """The bank of these records below the header TCExam writes."""
    return read_bank((HEAD + records).encode(), "a.tsv")


def test_questions_with_their_answers_subject_and_explanation() -> None:
    bank = read(
        'Q\t1\t"Nộp ở đâu,\nkhi nào?"\tVì thế\tS\t1\nA\t1\tMột\t\t0\nA\t1\tHai\t\t1\n'
        "Q\t1\tNhững gì?\t\tM\t1\nA\t1\tMột\t\t1\nA\t1\tHai\t\t1\nA\t1\tBa\t\t0\n"
        "Q\t1\tTên gì?\t\tT\t1\nA\t1\tVNeID\t\t0\n"
    )
    assert (bank.format, bank.found, bank.ready) == ("tcexam", 3, 3)
    first = bank.questions[0]
    assert (first.text, first.topic, first.explanation) == ("Nộp ở đâu,\nkhi nào?", "Một cửa", "Vì thế")
    assert [one.kind for one in bank.questions] == ["single", "multiple", "short_text"]
    assert [[choice.right for choice in one.choices] for one in bank.questions] == [
        [False, True],
        [True, True, False],
        [True],
    ]


def test_ordering_is_not_supported_and_a_missing_key_is_not_guessed() -> None:
    bank = read(
        "Q\t1\tXếp?\t\tO\t1\nA\t1\tMột\t\t1\nA\t1\tHai\t\t0\nQ\t0\tGì?\t\tS\nA\t1\tMột\t\t0\nA\t1\tHai\t\t0\n"
    )
    assert bank.ready == 0
    assert [[fault.kind for fault in one.faults] for one in bank.questions] == [
        [FaultKind.UNSUPPORTED_KIND],
        [FaultKind.FILE_NOTE, FaultKind.NO_KEY],
    ]
