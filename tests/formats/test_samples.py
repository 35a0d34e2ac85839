"""Every sample file gives exactly what is written beside it: its questions, keys, and what is doubtful."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contest.banks.checking import within_limits
from contest.banks.formats.read import read_bank
from contest.rules.parsed import Fault, ParsedBank, ParsedQuestion, Severity

FILES = Path(__file__).parent / "files"
ENDING = ".expected.txt"
# A second file with the keys of the one of the same name.
KEYS = ".keys.docx"
SAMPLES = sorted(path for path in FILES.iterdir() if not path.name.endswith((ENDING, KEYS)))


def told(bank: ParsedBank) -> str:
    """A bank as people write it down: "+" is right, "-" is wrong, "!" holds back, "?" asks for a look."""
    found = [f"{bank.format}", *(line for each in bank.questions for line in _question(within_limits(each)))]
    return "\n".join([*found, *map(_fault, bank.faults), ""])


def _question(question: ParsedQuestion) -> Iterator[str]:
    partial = " (từng phần)" if question.partial else ""
    yield f"{question.number} {question.kind}{partial}: {question.text}".replace("\n", " / ")
    for choice in question.choices:
        match = f" → {choice.match}" if choice.match else ""
        reach = f" ± {choice.tolerance}" if choice.tolerance else ""
        yield f"  {'+' if choice.right else '-'} {choice.label} {choice.text}{match}{reach}"
    about = (
        question.topic,
        question.level,
        question.citation,
        question.explanation,
        ", ".join(question.tags),
    )
    names = ("chủ đề", "mức độ", "căn cứ", "giải thích", "nhãn")
    yield from (f"  {name}: {said}" for name, said in zip(names, about, strict=True) if said)
    if question.picture:
        yield f"  hình: {question.picture.media_type} {question.picture.width} × {question.picture.height}"
    yield from (f"  {_fault(each)}" for each in question.faults)


def _fault(fault: Fault) -> str:
    return f"{'!' if fault.severity is Severity.ERROR else '?'} {fault.kind}"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_as_is_written_beside_it(path: Path) -> None:
    keys = path.with_name(path.stem + KEYS)
    bank = read_bank(path.read_bytes(), path.name, keys.read_bytes() if keys.exists() else None)
    assert told(bank) == path.with_name(path.name + ENDING).read_text()


def test_there_are_many_and_each_has_its_expectation() -> None:
    assert len(SAMPLES) >= 80
    expected = {path.name.removesuffix(ENDING) for path in FILES.iterdir() if path.name.endswith(ENDING)}
    assert expected == {path.name for path in SAMPLES}
