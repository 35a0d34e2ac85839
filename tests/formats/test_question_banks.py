"""The banks that come with the project are what they say: whole, balanced, sourced, readable as they lie."""

from collections import Counter
from pathlib import Path

import pytest

from contest.banks.formats.read import read_bank
from contest.rules import vietnamese
from contest.rules.parsed import ParsedBank

BANKS = Path(__file__).parent.parent.parent / "question_banks"
FILES = sorted(path for path in BANKS.iterdir() if path.name[:2].isdigit())


def bank(path: Path) -> ParsedBank:
    return read_bank(path.read_bytes(), path.name)


def test_there_are_nine_banks_with_270_questions_and_none_twice():
    questions = [question for path in FILES for question in bank(path).questions]
    assert len(FILES) == 9
    assert len(questions) == 270
    texts = Counter(vietnamese.answer_key(question.text) for question in questions)
    assert [text for text, times in texts.items() if times > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_is_ready_with_four_choices_level_source_and_explanation(path):
    read = bank(path)
    assert (read.found, read.ready, read.doubtful) == (30, 30, 0)
    for question in read.questions:
        assert [choice.label for choice in question.choices] == ["A", "B", "C", "D"]
        assert sum(choice.right for choice in question.choices) == 1
        assert len({vietnamese.answer_key(choice.text) for choice in question.choices}) == 4
        assert question.level in ("Nhận biết", "Thông hiểu", "Vận dụng", "Vận dụng cao")
        assert question.citation and question.explanation and question.topic, question.number


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_neither_the_letter_nor_the_length_gives_the_right_choice_away(path):
    questions = bank(path).questions
    letters = Counter(choice.label for question in questions for choice in question.choices if choice.right)
    assert all(6 <= letters[letter] <= 9 for letter in "ABCD"), letters
    longest = 0
    for question in questions:
        lengths = {choice.right: 0 for choice in question.choices}
        for choice in question.choices:
            lengths[choice.right] = max(lengths[choice.right], len(choice.text))
        longest += lengths[True] > lengths[False]
    assert longest <= 9


@pytest.mark.parametrize("name", ["mau-ngan-hang-cau-hoi.docx", "mau-ngan-hang-cau-hoi.xlsx"])
def test_the_empty_templates_are_read_with_their_two_samples(name):
    read = bank(BANKS / name)
    assert (read.found, read.ready) == (2, 2)
    assert all("CÂU MẪU" in question.text for question in read.questions)
