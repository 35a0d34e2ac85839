"""Reads QTI 1.2 as Canvas and Blackboard write it; conditions that are not plainly a key mark nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from contest.banks.formats.gift import bank_of
from contest.banks.formats.markup_text import Plain, literal, plain
from contest.banks.formats.numbers import number, written
from contest.banks.formats.sketch import FULL, Option, Sketch
from contest.banks.formats.xml_tree import all_text, child, children, descendants, local, parse
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion

OTHER_KINDS = {
    "essay_question": "tự luận",
    "essay": "tự luận",
    "text_only_question": "đoạn văn không có phần trả lời",
    "file_upload_question": "nộp tệp",
    "fill_in_multiple_blanks_question": "điền nhiều chỗ",
    "multiple_dropdowns_question": "chọn từ điền nhiều chỗ",
    "calculated_question": "tính toán có số ngẫu nhiên",
}
TYPE_FIELDS = frozenset({"question_type", "bbmd_questiontype", "qmd_itemtype"})
# Markup that was escaped once more than needed.
_ESCAPED_TAG = re.compile(r"\s*(?:&lt;|&amp;lt;)(?:p|div|span|br|b|i|strong|em|ul|ol|table)\b", re.IGNORECASE)
COMPARISONS = frozenset({"varequal", "vargte", "varlte", "vargt", "varlt"})


@dataclass(frozen=True)
class _Rule:
    """A condition that earns points (per cent): what must be said for each response, and what must not.

    `said` and `unsaid` are (response, comparison, value); `any_of` where one of them is enough.
    `asked` is the condition as it stands in the file.
    """

    asked: etree._Element

    points: Decimal
    said: tuple[tuple[str, str, str], ...]
    unsaid: tuple[tuple[str, str, str], ...]
    any_of: bool
    plain: bool


def read(content: bytes) -> ParsedBank:
    """The bank in a questestinterop file; places are like "dòng 7"."""
    return bank_of("qti12", read_items(parse(content, glued_declaration=True)))


def read_items(root: etree._Element, before: int = 0, where: str = "") -> list[ParsedQuestion]:
    """Every item within a root, numbered on from `before`; `where` stands before each place."""
    questions: list[ParsedQuestion] = []
    for item in descendants(root, "item"):
        sketch = Sketch(
            str(before + len(questions) + 1),
            f"{where}dòng {item.sourceline}",
            etree.tostring(item, encoding="unicode", with_tail=False),
            topic=_topic(item),
        )
        _fill(sketch, item)
        questions.append(sketch.finish())
    return questions


def _topic(item: etree._Element) -> str:
    section = next((each for each in item.iterancestors() if local(each) == "section"), None)
    return " ".join("" if section is None else section.get("title", "").split())


def _fill(sketch: Sketch, item: etree._Element) -> None:
    presentation = child(item, "presentation")
    if presentation is None:
        return sketch.fault(FaultKind.EMPTY_TEXT)
    lids = list(descendants(presentation, "response_lid"))
    texts = list(descendants(presentation, "response_str", "response_num"))
    sketch.text = _stem(sketch, presentation)
    sketch.explanation = "\n".join(
        _words(sketch, each) for each in children(item, "itemfeedback") if each.get("ident") == "general_fb"
    )
    kind = _declared_kind(item)
    others = [local(each) for each in presentation.iter() if local(each) in ("response_xy", "response_grp")]
    if kind in OTHER_KINDS or others or not (lids or texts):
        return sketch.unsupported(OTHER_KINDS.get(kind, kind or "không có phần trả lời"))
    rules = list(_rules(item))
    if len(lids) == 1 and not texts:
        return _take_choice(sketch, lids[0], rules, kind)
    if len(lids) > 1 and not texts and kind in ("matching_question", "matching", ""):
        return _take_pairs(sketch, lids, rules)
    if len(texts) == 1 and not lids:
        return _take_text(sketch, texts[0], rules, kind)
    return sketch.unsupported("nhiều phần trả lời")


def _declared_kind(item: etree._Element) -> str:
    for field in descendants(item, "qtimetadatafield"):
        if all_text(child(field, "fieldlabel")).strip() in TYPE_FIELDS:
            return "_".join(all_text(child(field, "fieldentry")).lower().split())
    named = next(descendants(item, *TYPE_FIELDS), None)
    return "_".join(all_text(named).lower().split())


def _stem(sketch: Sketch, presentation: etree._Element) -> str:
    """The materials of an item outside its answers."""
    answers = {"response_lid", "response_str", "response_num", "response_xy", "response_grp"}
    parts = []
    for material in descendants(presentation, "material"):
        if not any(local(each) in answers for each in material.iterancestors()):
            parts.append(_words(sketch, material))
    return "\n".join(filter(None, parts))


def _words(sketch: Sketch, element: etree._Element) -> str:
    for name in ("matimage", "mataudio", "matvideo"):
        if next(descendants(element, name), None) is not None:
            sketch.fault(FaultKind.LOST_OBJECT, object={"matimage": "hình ảnh"}.get(name, "âm thanh, phim"))
    texts = descendants(element, "mattext", "mat_formattedtext")
    return "\n".join(filter(None, (sketch.words(_plain(text)) for text in texts)))


def _plain(element: etree._Element) -> Plain:
    text = all_text(element)
    if element.get("texttype", "text/plain").lower() in ("text/plain", "plain"):
        return literal(text)
    read = plain(text)
    return plain(read.text) if _ESCAPED_TAG.match(text) else read


def _rules(item: etree._Element) -> Iterator[_Rule]:
    """The conditions of an item that earn points."""
    highest = _highest(item)
    for processing in children(item, "resprocessing"):
        for condition in children(processing, "respcondition"):
            points = [_points(each, condition, highest) for each in children(condition, "setvar")]
            earned = sum(filter(None, points), Decimal(0))
            asked = child(condition, "conditionvar")
            if asked is None or (None not in points and earned <= 0):
                continue
            yield _rule(asked, earned, None not in points)


def _highest(item: etree._Element) -> Decimal:
    declared = next(descendants(item, "decvar"), None)
    highest = None if declared is None else number(declared.get("maxvalue", ""))
    return highest if highest is not None and highest > 0 else FULL


def _points(setvar: etree._Element, condition: etree._Element, highest: Decimal) -> Decimal | None:
    """Per cent that a setvar gives, None when it cannot be read. Blackboard writes "SCORE.max"."""
    said = all_text(setvar).strip()
    if said == "SCORE.max":
        return FULL
    if setvar.get("action", "Set").lower() not in ("set", "add"):
        return None
    value = number(said)
    return None if value is None else value * 100 / highest


def _rule(asked: etree._Element, points: Decimal, plain_points: bool) -> _Rule:
    """What a condition asks for; not plain when it says more than all of these, or one of these."""
    parts = [each for each in asked if local(each) != "other"]
    joined = local(parts[0]) if len(parts) == 1 and local(parts[0]) in ("and", "or") else "and"
    if len(parts) == 1 and local(parts[0]) in ("and", "or"):
        parts = list(parts[0])
    unsaid = [each[0] for each in parts if local(each) == "not" and len(each) == 1]
    said = [each for each in parts if local(each) in COMPARISONS]
    known = len(unsaid) + len(said) == len(parts) and all(local(each) in COMPARISONS for each in unsaid)
    return _Rule(
        asked,
        points,
        tuple(map(_comparison, said)),
        tuple(map(_comparison, unsaid)),
        joined == "or",
        known and plain_points and bool(said),
    )


def _comparison(element: etree._Element) -> tuple[str, str, str]:
    return element.get("respident", ""), local(element), all_text(element).strip()


def _doubt_rules(sketch: Sketch, rules: Sequence[_Rule]) -> bool:
    doubtful = any(not rule.plain for rule in rules)
    if doubtful:
        sketch.fault(FaultKind.OWN_MARKING, rule="respcondition")
    return doubtful


def _labels(sketch: Sketch, response: etree._Element) -> dict[str, str]:
    return {
        label.get("ident", ""): _words(sketch, label) for label in descendants(response, "response_label")
    }


def _take_choice(sketch: Sketch, response: etree._Element, rules: Sequence[_Rule], kind: str) -> None:
    """Choices. One condition names all the right ones, or each condition one of them with its points."""
    labels = _labels(sketch, response)
    several = response.get("rcardinality", "Single").lower() == "multiple"
    sketch.kind = "true_false" if kind in ("true_false_question", "true/false") else "single"
    weights = dict.fromkeys(labels, Decimal(0))
    doubtful = _doubt_rules(sketch, rules)
    keys = [value for rule in rules for _, _, value in rule.said]
    strangers = [value for value in keys if value not in labels]
    if strangers:
        sketch.fault(FaultKind.KEY_BEYOND_CHOICES, key=", ".join(strangers)[:60])
    if len(rules) == 1 and not rules[0].any_of and (several or len(keys) == 1):
        named = {value for _, _, value in (*rules[0].said, *rules[0].unsaid)}
        if rules[0].unsaid and named != labels.keys() and not strangers:
            # Whoever also takes a choice that nobody spoke of would be right as well.
            sketch.fault(FaultKind.OWN_MARKING, rule="conditionvar")
        if rules[0].points != FULL:
            sketch.fault(FaultKind.WEIGHTS_UNCLEAR, weights=written(round(rules[0].points, 2)))
        for name, text in labels.items():
            sketch.choose(text, name in keys and not doubtful)
        sketch.kind = "multiple" if several else sketch.kind
        return
    for rule in rules:
        for _, _, value in rule.said:
            weights[value] = weights.get(value, Decimal(0)) + rule.points
    kept = sketch.kind
    sketch.take_weighed([Option(text, weights[name]) for name, text in labels.items()], several)
    sketch.kind = kept if kept == "true_false" and not several else sketch.kind


def _take_pairs(sketch: Sketch, responses: Sequence[etree._Element], rules: Sequence[_Rule]) -> None:
    """Each response is a left side; its choices are the right sides on offer."""
    sketch.kind, sketch.partial = "matching", True
    _doubt_rules(sketch, rules)
    said: dict[str, list[str]] = {}
    for rule in rules:
        for name, _, value in rule.said:
            said.setdefault(name, []).append(value)
    offered: dict[str, str] = {}
    taken: set[str] = set()
    for response in responses:
        own = _labels(sketch, response)
        offered |= own
        keys = said.get(response.get("ident", ""), [])
        if len(keys) != 1 or keys[0] not in own:
            sketch.fault(FaultKind.KEY_UNREAD, key=", ".join(keys)[:60] or "varequal")
        match = own.get(keys[0], "") if len(keys) == 1 else ""
        taken.add(match)
        sketch.choose(_left(sketch, response), True, match=match)
    for text in dict.fromkeys(offered.values()):
        if text not in taken:
            sketch.choose("", False, match=text)


def _left(sketch: Sketch, response: etree._Element) -> str:
    return "\n".join(_words(sketch, each) for each in children(response, "material"))


def _take_text(sketch: Sketch, response: etree._Element, rules: Sequence[_Rule], kind: str) -> None:
    """A text that equals any of the values; a number that lies around one."""
    if kind in ("numerical_question", "numeric") or local(response) == "response_num":
        return sketch.take_numbers([_number_option(sketch, rule) for rule in rules])
    doubtful = _doubt_rules(sketch, rules)
    others = any(rule.unsaid or any(how != "varequal" for _, how, _ in rule.said) for rule in rules)
    if others and not doubtful:
        sketch.fault(FaultKind.OWN_MARKING, rule="conditionvar")
    # A "*" is a letter like others here.
    options = [Option(value.replace("*", "\\*"), rule.points) for rule in rules for _, _, value in rule.said]
    return sketch.take_accepted(options)


def _number_option(sketch: Sketch, rule: _Rule) -> Option:
    """The number in the middle of what a condition takes, and how far off an answer may be."""
    found: dict[str, list[str]] = {}
    for each in descendants(rule.asked, *COMPARISONS, "not", "unanswered", "varsubset"):
        found.setdefault(local(each), []).append(all_text(each).strip())
    exact, low, high = (found.pop(name, []) for name in ("varequal", "vargte", "varlte"))
    ends = [number(text) for text in (*low, *high)]
    if not found and len(exact) == 1 and not ends:
        return Option(exact[0], rule.points)
    if not found and len(low) == len(high) == 1 and ends[0] is not None and ends[1] is not None:
        middle, reach = (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2
        if len(exact) <= 1 and all(number(text) == middle for text in exact):
            return Option(f"{middle:f}", rule.points, f"{reach:f}")
    sketch.fault(FaultKind.OWN_MARKING, rule="conditionvar")
    return Option((exact or low or high or ["?"])[0], rule.points)
