"""Reads questions in GIFT, the text format of Moodle; where Moodle would guess a key, the question is held back."""

import re
from collections.abc import Sequence

from contest.banks.formats import inline_pictures
from contest.banks.formats.gift_answers import take_choices, take_numbers, take_pairs, take_texts, take_truth
from contest.banks.formats.gift_blocks import CATEGORY, GiftBlock, blocks, form_of, unescaped, words
from contest.banks.formats.markup_text import tidy
from contest.banks.formats.sketch import Sketch, shortened
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, fault
from contest.rules.question_faults import with_near_duplicates

GAP = "_____"
FEEDBACK = "####"
TRUTHS = frozenset({"T", "TRUE", "F", "FALSE"})
_CLOZE = re.compile(
    r"\d*\x02?:?(?:MC|MULTICHOICE|MR|MULTIRESPONSE|SA|SHORTANSWER|NM|NUMERICAL)[A-Z_]*\s*[:\x02]"
)
_DEFAULT = re.compile(r"^\$\w+\$$|^top$")
BARE_SIGNS = (
    "{count} câu có dấu “:” hoặc “=” trong lời dẫn mà không có “\\” đứng trước; hệ thống đọc được, "
    "nhưng chương trình khác có thể hiểu khác."
)


def read_text(text: str) -> ParsedBank:
    """The bank in a GIFT text; places are like "dòng 7", numbers count the questions."""
    questions: list[ParsedQuestion] = []
    topic, bare = "", 0
    for block in blocks(text):
        if block.text.startswith(CATEGORY):
            path, _, block.text = block.text.removeprefix(CATEGORY).partition("\n")
            topic, block.text = topic_of(unescaped(path)), block.text.strip()
        if block.text:
            sketch = Sketch(str(len(questions) + 1), f"dòng {block.line}", block.source, topic=topic)
            bare += _fill(sketch, block)
            questions.append(sketch.finish())
    notes = [fault(FaultKind.FILE_NOTE, "", note=BARE_SIGNS.format(count=bare))] if bare else []
    return bank_of("gift", questions, notes)


def bank_of(name: str, questions: Sequence[ParsedQuestion], notes: Sequence[Fault] = ()) -> ParsedBank:
    """A bank of these questions, each compared with those before it."""
    nothing = () if questions else (fault(FaultKind.NOTHING_FOUND, ""),)
    return ParsedBank(name, with_near_duplicates(questions), (*notes, *nothing))


def topic_of(path: str) -> str:
    """A category without the part that only Moodle needs: "$course$/top/Pháp luật" is "Pháp luật"."""
    parts = (part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/"))
    return " / ".join(tidy(part) for part in parts if part and not _DEFAULT.match(part))


def _fill(sketch: Sketch, block: GiftBlock) -> bool:
    """Take over what a block says; whether its stem has a bare ":" or "="."""
    sketch.take_tags(block.tags)
    form, stem = form_of(_without_name(sketch, block.text))
    start, end = stem.find("{"), stem.find("}")
    if start < 0 and end < 0:
        sketch.text = sketch.words(words(stem, form))
        sketch.unsupported("đoạn văn không có phần trả lời")
        return False
    if start < 0 or end < start:
        sketch.text = sketch.words(words(stem, form))
        sketch.fault(FaultKind.BROKEN_MARKUP, part=shortened(unescaped(stem[max(end, start) :])))
        return False
    head, section, tail = stem[:start], stem[start + 1 : end], stem[end + 1 :]
    said = f"{head} {GAP} {tail}" if tail.strip() else head
    sketch.text = sketch.words(words(said, form))
    inline_pictures.take(sketch, unescaped(said), lambda _address: b"")
    if "{" in tail:
        sketch.fault(FaultKind.SWALLOWED_QUESTION, part=shortened(unescaped(tail)))
    elif "}" in tail or "{" in section:
        sketch.fault(FaultKind.BROKEN_MARKUP, part=shortened(unescaped(stem[start:])))
    _answers(sketch, section, form)
    return bool(re.search("[:=]", re.sub(r"https?://\S+", "", head)))


def _without_name(sketch: Sketch, text: str) -> str:
    if not text.startswith("::"):
        return text
    end = text.find("::", 2)
    if end < 0:
        sketch.fault(FaultKind.BROKEN_MARKUP, part=shortened(unescaped(text)))
        return text[2:]
    return text[end + 2 :].strip()


def _answers(sketch: Sketch, section: str, form: str) -> None:
    """Read an answer section as the kind that its signs make it."""
    section, _, general = _feedback_apart(section)
    section = section.strip()
    bare = section.partition("#")[0].strip()
    if not section:
        sketch.unsupported("tự luận")
    elif _CLOZE.match(section):
        sketch.unsupported("điền nhiều chỗ (Cloze)")
    elif section.startswith("#"):
        take_numbers(sketch, section[1:])
    elif "~" in section:
        take_choices(sketch, section, form)
    elif "=" in section and "->" in section:
        take_pairs(sketch, section, form)
    elif bare in TRUTHS:
        take_truth(sketch, section, form)
    elif "=" in section:
        take_texts(sketch, section, form)
    else:
        sketch.fault(FaultKind.KEY_UNREAD, key=shortened(unescaped(section)))
    if general.strip():
        sketch.explanation = sketch.words(words(general.strip(), form))


def _feedback_apart(section: str) -> tuple[str, str, str]:
    """The answers and the feedback to the whole question, which the last "####" begins."""
    answers, sign, general = section.rpartition(FEEDBACK)
    return (answers, sign, general) if sign else (section, "", "")
