"""Numbered papers to print for a hall, as PDF: with lines for a name, and with a table of keys on request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contest.web.posters import DocumentFault, Language, breakable, typeset
from contest.web.printable import one_line, printable

# A question longer than this may run on to the next page; a shorter one stays whole.
LONGEST_WHOLE = 1500
# A picture takes the room of about so many letters.
PICTURE_LETTERS = 500
# So many papers stand side by side in a table of keys, and so many questions one below the other.
PAPERS_A_TABLE = 12

_WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "paper": "Mã đề",
        "questions": "Số câu",
        "minutes": "phút",
        "time": "Thời gian làm bài",
        "name": "Họ và tên",
        "born": "Năm sinh",
        "unit": "Đơn vị",
        "question": "Câu",
        "page": "Trang",
        "end": "Hết",
        "key": "Bảng đáp án",
        "secret": "Chỉ dành cho ban giám khảo",
        "answer": "Trả lời",
        "picture": "Hình kèm câu hỏi",
        "unreadable": "Hình của câu này bị hỏng, không in được.",
    },
    "en": {
        "paper": "Paper",
        "questions": "Questions",
        "minutes": "minutes",
        "time": "Time",
        "name": "Full name",
        "born": "Year of birth",
        "unit": "Unit",
        "question": "Question",
        "page": "Page",
        "end": "End",
        "key": "Answer key",
        "secret": "For the jury only",
        "answer": "Answer",
        "picture": "Picture shown with the question",
        "unreadable": "The picture of this question is damaged and cannot be printed.",
    },
}


@dataclass(frozen=True)
class Choice:
    """A choice under the letter it has on the paper, or under a number where letters are matched with it."""

    label: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A PNG, JPEG, GIF or WebP file and the longer of its sides in pixels."""

    content: bytes
    longest: int


@dataclass(frozen=True)
class Question:
    """A question of a paper. `lefts`: what the choices are matched with. `key`: the right answer in letters.

    written: whether the answer is written down on a line, not circled.
    """

    text: str
    choices: Sequence[Choice] = ()
    lefts: Sequence[Choice] = ()
    written: bool = False
    key: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class NumberedPaper:
    """A paper with its number (mã đề) as people read it."""

    number: str
    questions: Sequence[Question]


@dataclass(frozen=True)
class Heading:
    """What stands on top of every paper. Texts are data, never markup; an empty one leaves no gap."""

    organiser: str
    label: str
    title: str
    round_name: str
    minutes: int | None = None
    note: str = ""
    language: Language = "vi"


def papers(
    heading: Heading,
    numbered: Sequence[NumberedPaper],
    *,
    with_key: bool = False,
    columns: int = 1,
    two_sided: bool = False,
) -> bytes:
    """One A4 PDF of all papers in order. The same content gives the same bytes.

    with_key: a table of the keys of all papers follows on a page of its own. columns: 1 or 2.
    two_sided: each paper begins on a front page. Raises ValueError if there is no paper.
    A picture whose file is damaged leaves a sentence in its place.
    """
    if not numbered:
        raise ValueError("a PDF needs at least one paper")
    names = _names(numbered)
    groups = [numbered[start : start + PAPERS_A_TABLE] for start in range(0, len(numbered), PAPERS_A_TABLE)]
    told = {
        "heading": _heading(heading),
        "language": heading.language,
        "words": _WORDS[heading.language],
        "papers": [{"number": _line(one.number), "questions": _questions(one, names)} for one in numbered],
        "keys": [_key_table(group) for group in groups] if with_key else [],
        "columns": columns,
        "two_sided": two_sided,
    }
    return _typeset(told, names)


def _names(numbered: Sequence[NumberedPaper]) -> dict[bytes, str]:
    """A name for every picture; papers share the pictures that are the same."""
    pictures = (question.picture for paper in numbered for question in paper.questions if question.picture)
    contents = dict.fromkeys(picture.content for picture in pictures)
    return {content: f"picture-{place}" for place, content in enumerate(contents)}


def _typeset(told: dict[str, Any], names: Mapping[bytes, str]) -> bytes:
    """The PDF; where it fails because of damaged pictures, without them."""
    files = {name: content for content, name in names.items()}
    try:
        return typeset("paper.typ", **told, **files)
    except DocumentFault:
        damaged = {name for name, content in files.items() if _is_damaged(content)}
        if not damaged:
            raise
    return typeset("paper.typ", **told, **{name: files[name] for name in files if name not in damaged})


def _is_damaged(content: bytes) -> bool:
    try:
        typeset("picture.typ", picture=content)
    except DocumentFault:
        return True
    return False


def _heading(heading: Heading) -> dict[str, Any]:
    words = _WORDS[heading.language]
    time = f"{words['time']}: {heading.minutes} {words['minutes']}" if heading.minutes else ""
    return {
        "organiser": _line(heading.organiser),
        "label": _line(heading.label),
        "title": _line(heading.title),
        "round": _line(heading.round_name),
        "time": time,
        "note": _line(heading.note),
    }


def _questions(paper: NumberedPaper, names: Mapping[bytes, str]) -> list[dict[str, Any]]:
    return [
        {
            "lines": _lines(question.text),
            "lefts": [_choice(left) for left in question.lefts],
            "choices": [_choice(choice) for choice in question.choices],
            "written": question.written,
            "picture": _picture(question.picture, names),
            "whole": _letters(question) < LONGEST_WHOLE,
        }
        for question in paper.questions
    ]


def _picture(picture: Picture | None, names: Mapping[bytes, str]) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {"name": names[picture.content], "longest": picture.longest}


def _letters(question: Question) -> int:
    """The room that a question takes, in letters."""
    text = len(question.text) + sum(len(each.text) for each in question.choices)
    return text + (PICTURE_LETTERS if question.picture else 0)


def _choice(choice: Choice) -> dict[str, Any]:
    return {"label": choice.label, "lines": _lines(choice.text)}


def _key_table(group: Sequence[NumberedPaper]) -> dict[str, Any]:
    """The numbers of some papers and, question by question, the key on each."""
    longest = max(len(paper.questions) for paper in group)
    return {
        "papers": [_line(paper.number) for paper in group],
        "rows": [[_key(paper, place) for paper in group] for place in range(longest)],
    }


def _key(paper: NumberedPaper, place: int) -> str:
    return _line(paper.questions[place].key) if place < len(paper.questions) else ""


def _line(text: str) -> str:
    return breakable(one_line(text))


def _lines(text: str) -> list[str]:
    return [_line(line) for line in printable(text).split("\n") if line.strip()]
