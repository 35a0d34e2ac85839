"""Reads items of QTI 2.1, 2.2 and 3.0; marking rules that are not plainly a key mark nothing."""

import copy
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from lxml import etree

from contest.banks.formats import inline_pictures
from contest.banks.formats.gift import GAP, bank_of
from contest.banks.formats.markup_text import plain_of
from contest.banks.formats.qti_marking import Declaration, Marking, declarations, marking, tolerance
from contest.banks.formats.sketch import FULL, Option, Sketch, letter, listed
from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.xml_tree import child, children, descendants, local, parse
from contest.rules.choice_text import pinned_choices
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion

ITEM = "assessmentItem"
INLINE = frozenset({"inlineChoiceInteraction", "textEntryInteraction"})
# Not shown to whoever answers, or shown only afterwards.
ASIDE = ("rubricBlock", "feedbackInline", "feedbackBlock", "templateInline", "templateBlock", "stylesheet")
OTHER_KINDS = {
    "extendedTextInteraction": "tự luận",
    "associateInteraction": "ghép thành cặp tự do",
    "gapMatchInteraction": "kéo thả vào câu",
    "graphicGapMatchInteraction": "kéo thả lên hình",
    "hottextInteraction": "chọn từ trong câu",
    "hotspotInteraction": "chọn trên hình",
    "selectPointInteraction": "chọn điểm trên hình",
    "graphicOrderInteraction": "sắp xếp trên hình",
    "graphicAssociateInteraction": "ghép trên hình",
    "positionObjectInteraction": "đặt lên hình",
    "sliderInteraction": "thanh trượt",
    "uploadInteraction": "nộp tệp",
    "drawingInteraction": "vẽ hình",
    "mediaInteraction": "xem phim, nghe âm thanh",
}
BLOCKS = frozenset({"p", "div"})
NUMBERS = frozenset({"float", "integer"})


def read(content: bytes) -> ParsedBank:
    """The bank in one item file."""
    return bank_of("qti", [read_item(parse(content), "1", "dòng 1")])


def read_item(
    root: etree._Element,
    number: str,
    place: str,
    file: Callable[[str], bytes] = lambda _address: b"",
    keywords: Sequence[str] = (),
) -> ParsedQuestion:
    """The question in an item; Unreadable when the root is no item.

    `file` gives the bytes of a file by its address as the item writes it; `keywords` are what a package says.
    """
    _with_plain_names(root)
    if local(root) != ITEM:
        raise Unreadable("unknown_format")
    sketch = Sketch(number, place, etree.tostring(root, encoding="unicode"))
    body = child(root, "itemBody")
    if body is None:
        sketch.fault(FaultKind.EMPTY_TEXT)
        return sketch.finish()
    for aside in list(descendants(body, *ASIDE)):
        _replace(aside, "")
    interactions = [each for each in body.iter() if local(each).endswith("Interaction")]
    sketch.text = _stem(sketch, body, file)
    sketch.take_tags(keywords)
    sketch.explanation = "\n".join(sketch.words(plain_of(each)) for each in children(root, "modalFeedback"))
    _take(sketch, root, interactions)
    return sketch.finish()


def _with_plain_names(root: etree._Element) -> None:
    """Give every element the name it has in QTI 2, without namespace: <qti-item-body> is <itemBody>."""
    for element in root.iter():
        if isinstance(element.tag, str):
            name = local(element)
            element.tag = _camel(name.removeprefix("qti-")) if name.startswith("qti-") else name
            for key in [str(key) for key in element.attrib]:
                if "-" in key and not key.startswith("{"):
                    element.set(_camel(key), element.attrib[key])


def _camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda found: found[1].upper(), name)


def _replace(element: etree._Element, text: str) -> None:
    """Put text in the place of an element; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def _stem(sketch: Sketch, body: etree._Element, file: Callable[[str], bytes]) -> str:
    """The text around the interactions, with their prompts and their picture; what is filled in is a gap."""
    stem = copy.deepcopy(body)
    for each in [each for each in stem.iter() if local(each).endswith("Interaction")]:
        prompt = child(each, "prompt")
        if prompt is not None:
            prompt.tail = None
            each.addprevious(prompt)
            prompt.tag = "p"
        _replace(each, f" {GAP} " if local(each) in INLINE and not _stands_alone(each) else " ")
    text = sketch.words(plain_of(stem))
    inline_pictures.take(sketch, etree.tostring(stem, encoding="unicode"), file)
    return text


def _stands_alone(entry: etree._Element) -> bool:
    """Whether an entry has a paragraph to itself: a box below the question, not a gap in a sentence."""
    paragraph = entry.getparent()
    if paragraph is None or local(paragraph) not in BLOCKS or len(paragraph) > 1:
        return False
    return not f"{paragraph.text or ''}{entry.tail or ''}".strip()


def _take(sketch: Sketch, root: etree._Element, interactions: Sequence[etree._Element]) -> None:
    if next(descendants(root, "templateDeclaration", "printedVariable"), None) is not None:
        return sketch.unsupported("câu có biến ngẫu nhiên")
    if len(interactions) != 1:
        return sketch.unsupported("nhiều phần trả lời" if interactions else "đoạn văn không có phần trả lời")
    interaction = interactions[0]
    name = local(interaction)
    if name not in _KINDS:
        return sketch.unsupported(OTHER_KINDS.get(name, name))
    declared = declarations(root).get(interaction.get("responseIdentifier", "RESPONSE"))
    if declared is None:
        declared = Declaration("single", "identifier")
    how = marking(root, declared)
    if how is Marking.OWN or declared.otherwise > 0:
        sketch.fault(FaultKind.OWN_MARKING, rule="responseProcessing")
    return _KINDS[name](sketch, interaction, declared, how)


def _take_choice(sketch: Sketch, interaction: etree._Element, declared: Declaration, how: Marking) -> None:
    names, texts = _choices(sketch, interaction)
    several = declared.cardinality == "multiple"
    if declared.cardinality not in ("single", "multiple"):
        sketch.fault(FaultKind.OWN_MARKING, rule=f"cardinality: {declared.cardinality}")
    if how is Marking.MAPPED:
        weights = _weights(sketch, declared, names)
        sketch.take_weighed(list(map(Option, texts, weights)), several)
        right = [name for name, choice in zip(names, sketch.choices, strict=True) if choice.right]
        if declared.correct and set(right) != set(declared.correct):
            first, second = ", ".join(declared.correct), ", ".join(right)
            sketch.fault(FaultKind.KEYS_CONFLICT, first=first, second=second)
    else:
        _doubt_strangers(sketch, declared.correct, names)
        sketch.kind = "multiple" if several else "single"
        for name, text in zip(names, texts, strict=True):
            sketch.choose(text, name in declared.correct)
    _take_limits(sketch, interaction, texts)


def _take_limits(sketch: Sketch, interaction: etree._Element, texts: Sequence[str]) -> None:
    """One choice at most is a single choice; choices that must not move are named."""
    right = sum(choice.right for choice in sketch.choices)
    if sketch.kind == "multiple" and interaction.get("maxChoices", "") == "1" and right > 1:
        sketch.fault(FaultKind.OWN_MARKING, rule="maxChoices: 1")
    fixed = [place for place, each in enumerate(_choice_elements(interaction)) if each.get("fixed") == "true"]
    moving = [letter(place) for place in fixed if place not in pinned_choices(texts)]
    if interaction.get("shuffle") == "true" and moving:
        sketch.fault(FaultKind.SETTING_LOST, setting=f"giữ chỗ phương án {', '.join(moving)}")


def _take_text(sketch: Sketch, interaction: etree._Element, declared: Declaration, how: Marking) -> None:
    if how is Marking.MAPPED:
        keys = tuple(declared.points)
        options = list(map(Option, keys, _weights(sketch, declared, keys)))
    else:
        options = [Option(value, FULL) for value in declared.correct]
    if declared.case_matters:
        sketch.fault(FaultKind.SETTING_LOST, setting="phân biệt chữ hoa, chữ thường")
    if declared.base_type not in NUMBERS:
        # A "*" is a letter like others here.
        sketch.take_accepted([Option(one.text.replace("*", "\\*"), one.weight) for one in options])
        return
    allowed = tolerance(interaction.getroottree().getroot())
    if allowed is None:
        sketch.fault(FaultKind.OWN_MARKING, rule="tolerance")
    sketch.take_numbers([Option(one.text, one.weight, allowed or "") for one in options])


def _take_order(sketch: Sketch, interaction: etree._Element, declared: Declaration, how: Marking) -> None:
    sketch.kind = "ordering"
    names, texts = _choices(sketch, interaction)
    known = sorted(declared.correct) == sorted(names) and how is Marking.CORRECT
    if not known:
        sketch.fault(FaultKind.KEY_UNREAD, key=", ".join(declared.correct)[:60] or "correctResponse")
    by_name = dict(zip(names, texts, strict=True))
    for name in declared.correct if known else names:
        sketch.choose(by_name[name], known)


def _take_match(sketch: Sketch, interaction: etree._Element, declared: Declaration, how: Marking) -> None:
    """Two sets to match; what is on the right and belongs to none stays on offer."""
    sketch.kind, sketch.partial = "matching", how is Marking.MAPPED
    sets = [_texts(sketch, list(children(each, "simpleAssociableChoice"))) for each in _sets(interaction)]
    lefts, rights = sets if len(sets) == 2 else ({}, {})
    mapped = [key for key, points in declared.points.items() if points is not None and points > 0]
    said = [pair.split() for pair in (mapped if how is Marking.MAPPED else declared.correct)]
    pairs = {pair[0]: pair[1] for pair in said if len(pair) == 2 and pair[0] in lefts and pair[1] in rights}
    if len(pairs) != len(said):
        sketch.fault(FaultKind.KEY_UNREAD, key="; ".join(map(" ".join, said))[:60])
    elif len(pairs) != len(lefts):
        sketch.fault(FaultKind.OWN_MARKING, rule="simpleMatchSet")
    for name, text in lefts.items():
        sketch.choose(text, name in pairs, match=rights.get(pairs.get(name, ""), ""))
    for name in (name for name in rights if name not in pairs.values()):
        sketch.choose("", False, match=rights[name])


_KINDS = {
    "choiceInteraction": _take_choice,
    "inlineChoiceInteraction": _take_choice,
    "textEntryInteraction": _take_text,
    "orderInteraction": _take_order,
    "matchInteraction": _take_match,
}


def _sets(interaction: etree._Element) -> list[etree._Element]:
    return list(children(interaction, "simpleMatchSet"))


def _choice_elements(interaction: etree._Element) -> list[etree._Element]:
    return list(descendants(interaction, "simpleChoice", "inlineChoice"))


def _choices(sketch: Sketch, interaction: etree._Element) -> tuple[list[str], list[str]]:
    found = _texts(sketch, _choice_elements(interaction))
    return list(found), list(found.values())


def _texts(sketch: Sketch, elements: Sequence[etree._Element]) -> dict[str, str]:
    """The texts of choices by their identifiers; one that is there twice names neither for certain."""
    found: dict[str, str] = {}
    for place, element in enumerate(elements):
        name = element.get("identifier", "").strip()
        if not name or name in found:
            sketch.fault(FaultKind.KEY_UNREAD, key=name or "identifier")
            name = f"\0{place}"
        found[name] = sketch.words(plain_of(element))
    return found


def _weights(sketch: Sketch, declared: Declaration, names: Sequence[str]) -> list[Decimal]:
    """What each choice earns in per cent; a mapping that cannot be read marks nothing."""
    weights = declared.weights()
    _doubt_strangers(sketch, [key for key, points in declared.points.items() if points], names)
    if None in weights.values():
        read = [weight for weight in weights.values() if weight is not None]
        sketch.fault(FaultKind.WEIGHTS_UNCLEAR, weights=listed(read) or "?")
    return [weights.get(name) or Decimal(0) for name in names]


def _doubt_strangers(sketch: Sketch, keys: Sequence[str], names: Sequence[str]) -> None:
    strangers = [key for key in keys if key not in names]
    if strangers:
        sketch.fault(FaultKind.KEY_BEYOND_CHOICES, key=", ".join(strangers)[:60])
