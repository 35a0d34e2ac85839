"""Questions written as a QTI 3.0 package read back as the same questions, whatever signs stand in them."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.banks.formats.read import read_bank
from contest.banks.writing import qti
from contest.rules.parsed import ParsedBank, ParsedChoice, ParsedQuestion
from tests.formats.nasty_questions import (
    ACCEPTED,
    EXACT_NUMBER,
    LABELS,
    NUMBER,
    ORDER,
    PAIRS,
    SIGNS,
    WORDS,
    Essence,
    choices_of,
    essence,
    in_file_order,
    plain_question,
    questions,
    texts,
    with_source_explained,
)

ANY_TEXT = texts(*SIGNS, *WORDS, *LABELS)
GAP = "Điền vào chỗ _____ này"


def reread(*questions: ParsedQuestion) -> ParsedBank:
    return read_bank(qti.write(questions, "Ngân hàng câu hỏi"), "ngan-hang.zip")


def kept(question: ParsedQuestion) -> Essence:
    """What of a question must come back."""
    return essence(with_source_explained(question))


def parts(*questions: ParsedQuestion) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(qti.write(questions, "Ngân hàng <b>"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@given(st.lists(questions(ANY_TEXT), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(written: list[ParsedQuestion]) -> None:
    assert list(map(kept, reread(*written).questions)) == list(map(kept, in_file_order(written)))


@pytest.mark.parametrize(
    "question",
    [
        plain_question(),
        plain_question(topic="", level="", citation="", explanation=""),
        plain_question(topic="Thể chế / <một> & cửa", level="Khó vừa"),
        plain_question(text="Xét:\n– <script>x</script>\n]]> &amp; {a} ~b"),
        plain_question(choices=choices_of(("Một\nhai", True), ("<b>Ba</b>", False))),
        plain_question(kind="true_false", choices=choices_of(("Đúng", True), ("Sai", False))),
        plain_question(kind="true_false", choices=choices_of(("Sai", False), ("Đúng", True))),
        plain_question(kind="multiple", choices=choices_of(("Một", True), ("Hai", True), ("Ba", False))),
        plain_question(
            kind="multiple", partial=True, choices=choices_of(("Một", True), ("Hai", True), ("Ba", False))
        ),
        plain_question(
            kind="multiple", choices=choices_of(*((f"Số {place}", place < 12) for place in range(26)))
        ),
        plain_question(kind="short_text", text=GAP, choices=ACCEPTED),
        plain_question(kind="number", text=GAP, choices=NUMBER),
        plain_question(kind="number", text=GAP, choices=EXACT_NUMBER),
        plain_question(kind="matching", choices=PAIRS),
        plain_question(kind="matching", partial=True, choices=PAIRS),
        plain_question(kind="matching", choices=(*PAIRS, ParsedChoice("D", "", False, match="Không có"))),
        plain_question(kind="ordering", choices=ORDER),
    ],
)
def test_this_question_comes_back_as_it_was(question: ParsedQuestion) -> None:
    (back,) = reread(question).questions
    assert back.ready or back.kind in ("short_text", "number", "matching", "ordering"), back.faults
    assert (back.choices, back.partial) == (question.choices, question.partial)
    assert kept(back) == kept(question)


def test_a_box_below_the_question_is_no_gap_and_a_gap_on_a_line_of_its_own_is_one() -> None:
    for text in ("Thủ đô?", "Thủ đô là:\n_____", "Thủ đô _____ ở đâu?"):
        (back,) = reread(plain_question(kind="short_text", text=text, choices=ACCEPTED)).questions
        assert back.text == text


@pytest.mark.parametrize(
    ("texts", "shuffle", "fixed"),
    [
        (("Một", "Hai"), "true", 0),
        (("Một", "Hai", "Tất cả các phương án trên"), "true", 1),
        (("Một", "Hai", "Cả A và B"), "false", 3),
    ],
)
def test_choices_that_speak_of_others_keep_their_place(
    texts: tuple[str, ...], shuffle: str, fixed: int
) -> None:
    choices = choices_of(*((text, place == 0) for place, text in enumerate(texts)))
    item = parts(plain_question(choices=choices))["items/cau-0001.xml"]
    assert f'shuffle="{shuffle}"' in item
    assert item.count('fixed="true"') == fixed


def test_the_order_of_the_things_in_the_file_does_not_tell_the_answer() -> None:
    item = parts(plain_question(kind="ordering", choices=ORDER))["items/cau-0001.xml"]
    shown = [item.index(f">{choice.text}<") for choice in ORDER]
    assert shown != sorted(shown)


def test_the_manifest_lists_every_item_once_with_what_it_is_about() -> None:
    written = parts(plain_question(), plain_question(topic="", level="", text="Ai?"))
    manifest = written.pop("imsmanifest.xml")
    assert list(written) == ["items/cau-0001.xml", "items/cau-0002.xml"]
    assert all(manifest.count(f'<file href="{name}"/>') == 1 for name in written)
    assert manifest.count("Chủ đề: Thể chế") == 1
    assert "<schemaversion>3.0.0</schemaversion>" in manifest
    assert "Ngân hàng &lt;b&gt;" in manifest


def test_the_same_questions_give_the_same_file_and_a_question_without_answers_none() -> None:
    assert qti.write([plain_question()], "T") == qti.write([plain_question()], "T")
    assert not qti.holds(plain_question(choices=()))
    assert list(parts(plain_question(choices=()))) == ["imsmanifest.xml"]
