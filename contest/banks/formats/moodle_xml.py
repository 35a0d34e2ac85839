"""Reads questions that Moodle exported as XML; fractions that Moodle itself would refuse mark nothing."""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from contest.banks.formats import moodle_pictures
from contest.banks.formats.gift import bank_of, topic_of
from contest.banks.formats.markup_text import Plain, literal, plain
from contest.banks.formats.numbers import number
from contest.banks.formats.sketch import FULL, Option, Sketch, listed, shortened
from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.xml_tree import all_text, child, children, local, parse
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion, Severity

# Kinds of Moodle that cannot be played here, and how a person calls them.
OTHER_KINDS = {
    "essay": "tự luận",
    "description": "đoạn văn không có phần trả lời",
    "cloze": "điền nhiều chỗ (Cloze)",
    "multianswer": "điền nhiều chỗ (Cloze)",
    "calculated": "tính toán có số ngẫu nhiên",
    "calculatedsimple": "tính toán có số ngẫu nhiên",
    "calculatedmulti": "tính toán có số ngẫu nhiên",
    "ddwtos": "kéo thả vào câu",
    "gapselect": "chọn từ điền chỗ trống",
    "ddimageortext": "kéo thả lên hình",
    "ddmarker": "đánh dấu trên hình",
    "randomsamatch": "ghép đôi ngẫu nhiên",
}
# The fractions Moodle knows: n of d equal parts, in per cent.
FRACTIONS = frozenset(
    Decimal(100) * part / parts for parts in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20) for part in range(parts + 1)
)
CLOSE = Decimal("0.0011")
LITERAL = frozenset({"plain_text", "plain"})
WITH_BREAKS = frozenset({"moodle_auto_format", "markdown", "wiki_like"})
TRUTHS = {"true": True, "false": False}


def read(content: bytes) -> ParsedBank:
    """The bank in a Moodle XML file; places are like "dòng 7", numbers count the questions."""
    root = parse(content)
    if local(root) != "quiz":
        raise Unreadable("unknown_format")
    questions: list[ParsedQuestion] = []
    topic = ""
    for element in children(root, "question"):
        if element.get("type", "").strip() == "category":
            topic = topic_of(_first_text(child(element, "category")))
            continue
        sketch = Sketch(str(len(questions) + 1), f"dòng {element.sourceline}", topic=topic)
        _fill(sketch, element)
        sketch.source = _source(element)
        questions.append(sketch.finish())
    return bank_of("moodle_xml", questions)


def _source(element: etree._Element) -> str:
    """The XML of a question; what its embedded files hold is dropped from it for good."""
    for file in list(element.iter("file", "image_base64")):
        file.text = ""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _fill(sketch: Sketch, element: etree._Element) -> None:
    text = child(element, "questiontext")
    sketch.text = _words(sketch, text)
    if text is not None:
        moodle_pictures.take(sketch, text)
    sketch.explanation = _words(sketch, child(element, "generalfeedback"))
    sketch.take_tags(
        [_first_text(tag) for tags in children(element, "tags") for tag in children(tags, "tag")]
    )
    for name in ("image", "image_base64"):
        if all_text(child(element, name)).strip():
            sketch.fault(FaultKind.LOST_OBJECT, object="hình ảnh")
            break
    if all_text(child(element, "hidden")).strip() == "1":
        sketch.fault(FaultKind.SETTING_LOST, setting="đang ẩn trong Moodle")
    kind = element.get("type", "").strip()
    take = _KINDS.get(kind)
    if take is None:
        sketch.unsupported(OTHER_KINDS.get(kind, kind or "?"))
    else:
        take(sketch, element)


def _take_choices(sketch: Sketch, element: etree._Element) -> None:
    said = all_text(child(element, "single")).strip().lower()
    if said not in ("", "true", "1", "false", "0"):
        sketch.fault(FaultKind.OWN_MARKING, rule=f"single: {shortened(said)}")
    sketch.take_weighed(list(_options(sketch, element)), several=said in ("false", "0"))


def _take_set(sketch: Sketch, element: etree._Element) -> None:
    """Choices of which all right ones and no others must be taken: each right one has the full fraction."""
    options = list(_options(sketch, element))
    if any(option.weight not in (0, FULL) for option in options):
        sketch.fault(FaultKind.WEIGHTS_UNCLEAR, weights=listed([option.weight for option in options]))
    sketch.kind = "multiple"
    for option in options:
        sketch.choose(option.text, option.weight == FULL)


def _take_truth(sketch: Sketch, element: etree._Element) -> None:
    right = {
        TRUTHS.get(option.text.strip().lower())
        for option in _options(sketch, element)
        if option.weight == FULL
    }
    sketch.take_truth(right == {True})
    if right not in ({True}, {False}):
        sketch.fault(FaultKind.KEY_UNREAD, key=shortened(" ".join(_answer_texts(element))))


def _take_text(sketch: Sketch, element: etree._Element) -> None:
    sketch.take_accepted(list(_options(sketch, element)))
    if all_text(child(element, "usecase")).strip() == "1":
        sketch.fault(FaultKind.SETTING_LOST, setting="phân biệt chữ hoa, chữ thường")


def _take_number(sketch: Sketch, element: etree._Element) -> None:
    sketch.take_numbers(list(_options(sketch, element)))
    if child(element, "units") is not None:
        sketch.fault(FaultKind.SETTING_LOST, setting="đơn vị đo")


def _take_pairs(sketch: Sketch, element: etree._Element) -> None:
    sketch.kind, sketch.partial = "matching", True
    for pair in children(element, "subquestion"):
        left, right = _words(sketch, pair), _words(sketch, child(pair, "answer"))
        sketch.choose(left, bool(left), match=right)


def _take_order(sketch: Sketch, element: etree._Element) -> None:
    """Things to put in order: the fraction of an answer is its place, from 1."""
    sketch.kind = "ordering"
    graded = all_text(child(element, "gradingtype")).strip().upper()
    sketch.partial = graded not in ("", "ALL_OR_NOTHING", "-1")
    answers = list(children(element, "answer"))
    places = [number(answer.get("fraction", "")) for answer in answers]
    if sorted(place for place in places if place is not None) != list(range(1, len(answers) + 1)):
        sketch.fault(
            FaultKind.KEY_UNREAD, key=", ".join(answer.get("fraction", "?") for answer in answers)[:60]
        )
        places = [Decimal(place) for place in range(len(answers))]
    in_order = sorted(zip(places, answers, strict=True), key=lambda pair: pair[0] or 0)
    for _, answer in in_order:
        sketch.choose(_words(sketch, answer), True)


_KINDS = {
    "multichoice": _take_choices,
    "multichoiceset": _take_set,
    "truefalse": _take_truth,
    "shortanswer": _take_text,
    "numerical": _take_number,
    "matching": _take_pairs,
    "match": _take_pairs,
    "ordering": _take_order,
}


def _options(sketch: Sketch, element: etree._Element) -> Iterator[Option]:
    """The answers with what they earn; a fraction that Moodle does not know marks nothing."""
    for answer in children(element, "answer"):
        written = answer.get("fraction", "")
        weight = _known_fraction(number(written))
        if weight is None:
            sketch.fault(FaultKind.BAD_NUMBER, value=shortened(written) or "fraction")
            sketch.fault(FaultKind.WEIGHTS_UNCLEAR, weights=shortened(written) or "?")
        tolerance = all_text(child(answer, "tolerance")).strip()
        yield Option(_words(sketch, answer), weight or Decimal(0), tolerance)


def _known_fraction(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    nearest = min(FRACTIONS, key=lambda known: abs(known - abs(value)))
    if abs(nearest - abs(value)) > CLOSE:
        return None
    return nearest.copy_sign(value) if nearest else Decimal(0)


def _words(sketch: Sketch, element: etree._Element | None) -> str:
    """The text of an element that holds <text>, in the format it names; a second <text> is kept, and said so."""
    if element is None:
        return ""
    texts = [all_text(text) for text in children(element, "text")]
    if len([text for text in texts if text.strip()]) > 1:
        sketch.fault(FaultKind.BROKEN_MARKUP, Severity.WARNING, part=shortened(texts[1]))
    if not texts:
        texts = [str(element.text or "")]
    return sketch.words(_plain("\n".join(texts), element.get("format", "html")))


def _plain(text: str, form: str) -> Plain:
    if form in LITERAL:
        return literal(text)
    return plain(text, keep_breaks=form in WITH_BREAKS)


def _first_text(element: etree._Element | None) -> str:
    return all_text(child(element, "text")).strip()


def _answer_texts(element: etree._Element) -> list[str]:
    return [_first_text(answer) for answer in children(element, "answer")]
