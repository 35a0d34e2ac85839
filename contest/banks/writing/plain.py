"""What every writer of a bank needs: questions in a writable order, their texts in clean lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contest.rules.parsed import ParsedQuestion
from contest.rules.question_labels import LEVELS
from contest.rules.question_shape import PARTLY_RIGHT
from contest.rules.question_words import ALL_OR_NOTHING, IN_PARTS, KIND_NAMES, TRUTHS
from contest.rules.vietnamese import answer_key, fold, nfc

CHOSEN = frozenset({"single", "multiple", "true_false"})
# Readers of Word and Excel know the letters A to H.
MOST_LETTERS = 8
LEVEL, CITATION, EXPLANATION, TOPIC = "Mức độ", "Căn cứ", "Giải thích", "Chủ đề"
KIND, MARKING, TAGS = "Loại câu hỏi", "Cách chấm", "Nhãn"


@dataclass(frozen=True)
class Numbered:
    """A question with the number it gets in the file."""

    number: int
    question: ParsedQuestion


def numbered(questions: Sequence[ParsedQuestion]) -> list[Numbered]:
    """Questions numbered from 1, those without a topic first.

    In a file a topic stands for all that follows it: below one, no question could be without.
    """
    ordered = sorted(questions, key=lambda question: one_line(question.topic) != "")
    return [Numbered(number, question) for number, question in enumerate(ordered, 1)]


def by_topic(questions: Sequence[Numbered]) -> Iterator[tuple[str, Numbered]]:
    """Each question with the topic to announce above it, "" where the one above still holds."""
    current = ""
    for each in questions:
        topic = one_line(each.question.topic)
        yield (topic if topic != current else ""), each
        current = topic


def lines(text: str) -> list[str]:
    """The lines of a text as every reader gives them back: clean, without blank ones."""
    return [line for line in map(one_line, nfc(text).splitlines()) if line]


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(nfc(text).split())


def key_letters(question: ParsedQuestion) -> list[str]:
    """The letters of the right choices as they stand in the file, whatever their labels were."""
    return [letter(place) for place, choice in enumerate(question.choices) if choice.right]


def letter(place: int) -> str:
    """The letter of a choice by its place from 0."""
    return chr(ord("A") + place)


def paragraph(text: str) -> str:
    """A text with its own line breaks, in clean lines."""
    return "\n".join(lines(text))


def explained(question: ParsedQuestion) -> str:
    """The explanation and, on a line of its own, the source: for formats that have only one place for both."""
    source = one_line(question.citation)
    return "\n".join([*lines(question.explanation), *([f"{CITATION}: {source}"] if source else [])])


def tag_list(question: ParsedQuestion) -> str:
    """Its tags in one line, between commas."""
    return ", ".join(one_line(tag.replace(",", " ")) for tag in question.tags)


def tags_with_more(question: ParsedQuestion, in_parts: bool) -> list[str]:
    """The tags of a question where tags also have to say its level and how it is marked,
    and its kind where nothing else does.

    `in_parts`: whether the format itself marks a question of this kind part by part.
    """
    level = one_line(question.level)
    found = [] if shows_its_kind(question) else [f"{KIND}: {KIND_NAMES[question.kind]}"]
    found += [level if fold(level) in LEVELS else f"{LEVEL}: {level}"] if level else []
    if question.kind in PARTLY_RIGHT and question.partial != in_parts:
        found.append(f"{MARKING}: {IN_PARTS if question.partial else ALL_OR_NOTHING}")
    for tag in map(one_line, question.tags):
        label = tag.partition(": ")[0]
        more = fold(tag) in LEVELS or label in (LEVEL, KIND, MARKING, TAGS, TOPIC)
        found.append(f"{TAGS}: {tag}" if more else tag)
    return found


def is_plain_truth(question: ParsedQuestion) -> bool:
    """Whether a question is "Đúng", then "Sai", which other programs know without words for them."""
    texts = [one_line(choice.text) for choice in question.choices]
    return question.kind == "true_false" and texts == ["Đúng", "Sai"]


def shows_its_kind(question: ParsedQuestion) -> bool:
    """Whether its choices tell a question of true or false from one with a single right choice."""
    truths = {answer_key(choice.text) for choice in question.choices} in TRUTHS
    return question.kind not in ("single", "true_false") or truths == (question.kind == "true_false")


def share(question: ParsedQuestion) -> str:
    """What each right choice of several earns in per cent, with a decimal point: "33.33333"."""
    right = sum(choice.right for choice in question.choices)
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def pointed(number: str) -> str:
    """A number of ours, written with a decimal point."""
    return number.replace(",", ".")


def category(topic: str) -> str:
    """A topic as a category of Moodle, where "/" parts categories and "//" is a stroke."""
    return f"$course$/top/{topic.replace('/', '//')}"
