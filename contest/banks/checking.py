"""What holds a question of a file or a form back from the bank, beside what its reader already said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contest.rules.grading import Kind
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, Severity, fault, fault_message
from contest.rules.question_faults import checked, first_likes
from contest.rules.question_shape import shape_faults, tidied
from contest.rules.vietnamese import answer_key, fold

# What a phone can show and what can be marked.
PLAYABLE = tuple(Kind)
MOST_CHOICES = 26
LONGEST_LINE = 200


@dataclass(frozen=True)
class BankText:
    """The text of a question that is already in the bank, and the mark of its picture ("" for none).

    `number` is its number there.
    """

    question_id: int
    number: int
    text: str
    picture: str = ""


@dataclass(frozen=True)
class Doubt:
    """A fault in both languages; `question_id` names the bank's question that this one resembles."""

    fault: Fault
    message_vi: str
    message_en: str
    question_id: int | None = None


def limited(bank: ParsedBank) -> ParsedBank:
    """The bank as read, with what this program cannot keep or show added to the faults."""
    return replace(bank, questions=tuple(within_limits(question) for question in bank.questions))


def within_limits(question: ParsedQuestion) -> ParsedQuestion:
    """The question with an error for every limit of ours that it breaks; cut where a line is too long."""
    if question.ready:
        # What its reader already doubts has lost its key; that is said, and not once more.
        question = tidied(replace(question, faults=(*question.faults, *shape_faults(question))))
    broken = tuple(_limits_broken(question))
    if not broken:
        return question
    topic, level = question.topic[:LONGEST_LINE], question.level[:LONGEST_LINE]
    return replace(question, topic=topic, level=level, faults=(*question.faults, *broken))


def _limits_broken(question: ParsedQuestion) -> Iterator[Fault]:
    if question.kind not in PLAYABLE:
        yield fault(FaultKind.UNSUPPORTED_KIND, question.place, name=question.kind)
    for line in (question.topic, question.level):
        if len(line) > LONGEST_LINE:
            length, limit = str(len(line)), str(LONGEST_LINE)
            yield fault(FaultKind.TOO_LONG, question.place, Severity.ERROR, length=length, limit=limit)
    if len(question.choices) > MOST_CHOICES:
        note = f"Câu có {len(question.choices)} phương án, nhiều nhất là {MOST_CHOICES}. Hãy bỏ bớt."
        yield fault(FaultKind.FILE_NOTE, question.place, Severity.ERROR, note=note)


def typed(question: ParsedQuestion) -> ParsedQuestion:
    """A question as a person typed it, checked afresh: what was doubtful in the file is now decided."""
    return within_limits(checked(replace(question, faults=())))


def doubts(question: ParsedQuestion) -> list[Doubt]:
    """The question's faults with their sentences."""
    return [Doubt(each, each.message("vi"), each.message("en")) for each in question.faults]


def resembling(questions: Sequence[ParsedQuestion], bank: Sequence[BankText]) -> dict[int, BankText]:
    """For each question (by index) that the bank already has, equal or nearly so: the bank's one."""
    if len(questions) == 1:
        bank = _sharing_words(questions[0].text, bank)
    if not bank:
        return {}
    by_key = {(answer_key(own.text), own.picture): own for own in reversed(bank)}
    texts = [*(own.text for own in bank), *(question.text for question in questions)]
    marks = [*(own.picture for own in bank), *map(_mark, questions)]
    found = {later - len(bank): bank[first] for later, first in first_likes(texts, len(bank), marks).items()}
    for index, question in enumerate(questions):
        same = by_key.get((answer_key(question.text), _mark(question))) if question.text.strip() else None
        if same is not None:
            found[index] = same
    return found


def _mark(question: ParsedQuestion) -> str:
    return question.picture.mark if question.picture else ""


def _sharing_words(text: str, bank: Sequence[BankText]) -> list[BankText]:
    """Those with at least half of its words: for one question the rest need no closer look."""
    words = set(fold(text).split())
    return [own for own in bank if 2 * len(words.intersection(fold(own.text).split())) >= len(words)]


def resemblance(question: ParsedQuestion, own: BankText) -> Doubt:
    """The warning that stands beside a question the bank already has."""
    vietnamese = {"other": f"số {own.number} đã có trong ngân hàng"}
    english = {"other": f"number {own.number} of this bank"}
    return Doubt(
        fault(FaultKind.NEAR_DUPLICATE, question.place, **vietnamese),
        fault_message(FaultKind.NEAR_DUPLICATE, "vi", **vietnamese),
        fault_message(FaultKind.NEAR_DUPLICATE, "en", **english),
        own.question_id,
    )
