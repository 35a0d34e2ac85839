"""Questions whose texts look like the markup of every format, and what of them must survive a round trip."""

from dataclasses import replace

from hypothesis import strategies as st

from contest.banks.formats.sketch import parted
from contest.rules.parsed import ParsedChoice, ParsedQuestion

Essence = tuple[str, str, tuple[tuple[str, bool], ...], str, str, str, str]

# Signs of GIFT, HTML, Excel formulas and LaTeX inside honest Vietnamese words.
SIGNS = (
    "a = b",
    "{x}",
    "~50%",
    "#1: thủ tục",
    "->",
    "// ghi chú",
    "http://hoithi.vn/a?b=1&c=2",
    "<b>",
    "</p>",
    "&amp;",
    "&",
    "\\n",
    "\\neq",
    "\\\\",
    "::",
    "%100%",
    "[1]",
    "[[x]]",
    '"',
    "'",
    "]]>",
    "=SUM(A1)",
    "+84",
    "@tên",
    "-5",
    "$CATEGORY: x",
    "TRUE",
    "{=a ~b}",
    "3/5",
    "05",
)
WORDS = (
    "Ủy ban nhân dân",
    "thủ tục hành chính",
    "cải cách",
    "Đống Đa",
    "quỹ",
    "NGHỊ QUYẾT",
    "số 76/NQ-CP ngày 15/7/2021",
    "hòa giải",
    "“trích dẫn”",
    "– gạch",
    "2021 - 2030",
    "30c/NQ-CP",
)
# What readers of documents take for the labels of questions, choices and keys.
LABELS = (
    "A. Có",
    "B) Không",
    "Câu 5: Gì",
    "Đáp án: C",
    "Cả A, B và C",
    "Căn cứ: Luật",
    "1. Một",
    "ANSWER: D",
    "* sao",
)


def texts(*pieces: str, breaks: bool = True, longest: int = 6) -> st.SearchStrategy[str]:
    """Texts of one to `longest` such pieces, beginning with any of them, on one line or several."""
    between = st.sampled_from([" ", " ", "\n"] if breaks else [" "])
    tail = st.lists(st.tuples(between, st.sampled_from(pieces)), max_size=longest - 1)
    return st.builds(
        lambda first, rest: first + "".join(gap + piece for gap, piece in rest), st.sampled_from(pieces), tail
    )


@st.composite
def questions(
    draw: st.DrawFn,
    text: st.SearchStrategy[str],
    kinds: tuple[str, ...] = ("single", "multiple"),
    topic: st.SearchStrategy[str] | None = None,
) -> ParsedQuestion:
    """A question of one of the kinds with choices; no two of them equal."""
    kind = draw(st.sampled_from(kinds))
    found = draw(st.lists(text, min_size=2, max_size=8, unique=True))
    places = range(len(found))
    most = 1 if kind == "single" else len(found)
    right = draw(st.sets(st.sampled_from(places), min_size=1, max_size=most))
    return ParsedQuestion(
        "",
        "",
        kind,
        draw(text),
        tuple(ParsedChoice(chr(65 + place), found[place], place in right) for place in places),
        draw(topic or st.sampled_from(["", "Thể chế", "Thủ tục: một cửa & liên thông"])),
        draw(st.sampled_from(["", "Nhận biết", "Vận dụng cao"])),
        draw(st.just("") | text),
        draw(st.just("") | text),
    )


def essence(question: ParsedQuestion) -> Essence:
    """Everything a bank keeps of a question with choices."""
    return (
        question.kind,
        question.text,
        tuple((choice.text, choice.right) for choice in question.choices),
        question.topic,
        question.level,
        question.citation,
        question.explanation,
    )


def in_file_order(questions: list[ParsedQuestion]) -> list[ParsedQuestion]:
    """Questions without a topic come first in a file."""
    return sorted(questions, key=lambda question: bool(question.topic))


def plain_question(**changes: object) -> ParsedQuestion:
    """A question with nothing unusual in it, but for the changes."""
    fields: dict[str, object] = {
        "number": "7",
        "place": "",
        "kind": "single",
        "text": "Cơ quan nào ban hành Nghị quyết số 76/NQ-CP?",
        "choices": (
            ParsedChoice("A", "Quốc hội", False),
            ParsedChoice("B", "Chính phủ", True),
            ParsedChoice("C", "Bộ Nội vụ", False),
        ),
        "topic": "Thể chế",
        "level": "Nhận biết",
        "citation": "Nghị quyết số 76/NQ-CP ngày 15/7/2021",
        "explanation": "Chính phủ ban hành ngày 15/7/2021.",
    }
    return ParsedQuestion(**(fields | changes))  # type: ignore[arg-type]


def with_source_explained(question: ParsedQuestion) -> ParsedQuestion:
    """The question as it comes back from a format that keeps the source as the last line of the explanation."""
    source = " ".join(question.citation.split())
    together = "\n".join(filter(None, (question.explanation, f"Căn cứ: {source}" if source else "")))
    explanation, citation = parted(together)
    return replace(question, citation=citation, explanation=explanation)


def choices_of(*written: tuple[str, bool]) -> tuple[ParsedChoice, ...]:
    """Choices with their letters, from texts and whether they are right."""
    return tuple(ParsedChoice(chr(65 + place), *choice) for place, choice in enumerate(written))


PAIRS = (
    ParsedChoice("A", "Bộ Nội vụ", True, match="Trung ương"),
    ParsedChoice("B", "Ủy ban nhân dân xã", True, match="Cơ sở"),
    ParsedChoice("C", "Sở Nội vụ", True, match="Cấp tỉnh = tỉnh"),
)
ORDER = choices_of(("Tiếp nhận", True), ("Giải quyết", True), ("Trả kết quả", True))
NUMBER = (ParsedChoice("A", "-25,5", True, tolerance="0,25"),)
EXACT_NUMBER = (ParsedChoice("A", "1945", True),)
ACCEPTED = choices_of(("Hà Nội", True), ("Thủ đô * Hà Nội", True), ("TRUE", True))
"""Choices of the kinds that are not chosen from a list of right and wrong ones."""
