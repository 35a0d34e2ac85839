"""Corners of Word's own structure: lists, tables and drawings as other programs write them."""

import io
import zipfile

import pytest
from docx_files import NAMESPACES, docx, numbered, numbering, paragraph, run, table

from contest.banks.formats import word
from contest.rules.parsed import FaultKind, ParsedQuestion

ABSTRACT = '<w:abstractNum w:abstractNumId="{}">{}</w:abstractNum>'
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/></w:lvl>'
QUESTION = LEVEL.format(0, 1, "decimal", "", "Câu %1.")
CHOICE = LEVEL.format(1, 1, "upperLetter", "", "%2.")
TWO = [
    numbered("Một?", 0),
    numbered("x", 1),
    numbered("y", 1),
    numbered("Hai?", 0),
    numbered("z", 1),
    numbered("t", 1),
]


def labels(content: bytes) -> list[tuple[str, str]]:
    return [
        (question.number, "".join(choice.label for choice in question.choices))
        for question in word.read(content).questions
    ]


def texts(question: ParsedQuestion) -> list[str]:
    return [choice.text for choice in question.choices]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (ABSTRACT.format(0, QUESTION + CHOICE), [("1", "AB"), ("2", "AB")]),
        (
            ABSTRACT.format(0, LEVEL.format(0, 7, "decimal", "", "Câu %1.") + CHOICE),
            [("7", "AB"), ("8", "AB")],
        ),
        # A number that never restarts goes on: C, D are then no choices to begin with.
        (
            ABSTRACT.format(
                0, QUESTION + LEVEL.format(1, 1, "upperLetter", '<w:lvlRestart w:val="0"/>', "%2.")
            ),
            [("1", "AB"), ("2", "")],
        ),
        (
            ABSTRACT.format(0, LEVEL.format(0, 1, "upperRoman", "<w:isLgl/>", "Câu %1.") + CHOICE),
            [("1", "AB"), ("2", "AB")],
        ),
        # Levels a list cannot have are passed over.
        (
            ABSTRACT.format(0, QUESTION + CHOICE + LEVEL.format(12, 1, "decimal", "", "%9")),
            [("1", "AB"), ("2", "AB")],
        ),
    ],
)
def test_lists_count_as_word_counts(parts, expected):
    assert (
        labels(docx(*TWO, numbering=parts + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
        == expected
    )


def test_a_list_may_change_a_level_of_the_list_it_uses():
    override = f'<w:lvlOverride w:ilvl="0">{LEVEL.format(0, 3, "decimal", "", "Câu %1:")}</w:lvlOverride>'
    beyond = '<w:lvlOverride w:ilvl="11"><w:startOverride w:val="2"/></w:lvlOverride>'
    num = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}{beyond}</w:num>'
    assert labels(docx(*TWO, numbering=ABSTRACT.format(0, QUESTION + CHOICE) + num)) == [
        ("3", "AB"),
        ("4", "AB"),
    ]


def test_a_list_may_point_to_a_list_style():
    parts = (
        ABSTRACT.format(0, '<w:numStyleLink w:val="Bank"/>')
        + ABSTRACT.format(1, QUESTION + CHOICE)
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    style = '<w:style w:type="numbering" w:styleId="Bank"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    assert labels(docx(*TWO, numbering=parts, styles=style)) == [("1", "AB"), ("2", "AB")]
    assert labels(docx(*TWO, numbering=parts)) == []


def test_a_level_may_name_the_style_it_numbers():
    levels = QUESTION + LEVEL.format(1, 1, "upperLetter", '<w:pStyle w:val="Choice"/>', "%2.")
    parts = ABSTRACT.format(0, levels) + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    style = '<w:style w:type="paragraph" w:styleId="Choice"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    choices = [paragraph(text, properties='<w:pStyle w:val="Choice"/>') for text in "xy"]
    assert labels(docx(numbered("Một?", 0), *choices, numbering=parts, styles=style)) == [("1", "AB")]


@pytest.mark.parametrize(
    "number", ['<w:numId w:val="0"/>', '<w:numId w:val="9"/>', '<w:ilvl w:val="5"/><w:numId w:val="1"/>']
)
def test_a_list_that_does_not_exist_gives_no_number(number):
    lists = numbering(("decimal", "Câu %1."), ("upperLetter", "%2."))
    content = docx(
        paragraph("Ai?", properties=f"<w:numPr>{number}</w:numPr>"),
        "A. x",
        "B. y",
        "Đáp án: A",
        numbering=lists,
    )
    assert labels(content) == [("", "AB")]


def test_styles_that_are_based_on_each_other_in_a_circle_end():
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    stem = paragraph("Câu 1: Ai?", properties='<w:pStyle w:val="P"/>')
    content = docx(stem, "A. x", "B. y", "Đáp án: A", styles=style.format("P", "Q") + style.format("Q", "P"))
    assert word.read(content).ready == 1


def test_the_default_style_is_the_ground_and_not_an_emphasis():
    style = '<w:style w:type="paragraph" w:styleId="N" w:default="1"><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>'
    choices = ["A. x", paragraph(run("B. y", '<w:u w:val="single"/>')), "C. z"]
    (question,) = word.read(docx("Câu 1: Ai?", *choices, styles=style)).questions
    assert [choice.right for choice in question.choices] == [False, True, False]


def test_switched_off_bold_is_not_bold():
    style = '<w:style w:type="paragraph" w:styleId="B"><w:rPr><w:b/></w:rPr></w:style>'
    bold = '<w:pStyle w:val="B"/>'
    choices = [
        paragraph(run("A. x", '<w:b w:val="0"/>'), properties=bold),
        paragraph("B. y", properties=bold),
    ]
    (question,) = word.read(docx("Câu 1: Ai?", *choices, styles=style)).questions
    assert [choice.right for choice in question.choices] == [False, True]


@pytest.mark.parametrize("heading", ["THỂ CHẾ", "PHẦN II. THỂ CHẾ"])
def test_deleted_rows_go_and_a_row_of_one_wide_cell_is_a_section(heading):
    deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph(heading)}</w:tc></w:tr>'
    first = table(("Câu hỏi", "Phương án", "Đáp án"), ("Ai?", "A. x\nB. y", "B")).removesuffix("</w:tbl>")
    second = table(("Gì?", "A. x\nB. y", "A")).removeprefix("<w:tbl>")
    bank = word.read(docx(first + wide + deleted + second))
    assert [(q.text, q.topic, q.ready) for q in bank.questions] == [
        ("Ai?", "", True),
        ("Gì?", "THỂ CHẾ", True),
    ]
    assert [fault.kind for fault in bank.faults] == [FaultKind.TRACKED_CHANGES]


def test_a_table_inside_a_cell_is_read_in_its_place():
    inner = table(("A. x", "B. y"))
    (question,) = word.read(
        docx(table((paragraph("Câu 1: Ai?") + inner + paragraph("Đáp án: B"),)))
    ).questions
    assert (texts(question), question.ready) == (["x", "y"], True)


def test_a_text_box_may_hold_a_table():
    box = f"<w:r><w:pict><w:txbxContent>{table(('A. x', 'B. y'))}</w:txbxContent></w:pict></w:r>"
    (question,) = word.read(docx(paragraph("Câu 1: Ai?", box), "Đáp án: B")).questions
    assert texts(question) == ["x", "y"]


def test_a_tick_of_a_symbol_font_marks_the_key():
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    blocks = [
        "Câu 1: Ai?",
        "A. x",
        paragraph(tick, "B. y"),
        paragraph("C. z", '<w:r><w:sym w:char="F000"/></w:r>'),
    ]
    (question,) = word.read(docx(*blocks)).questions
    assert (texts(question), [choice.right for choice in question.choices]) == (
        ["x", "y", "z"],
        [False, True, False],
    )


def test_soft_and_hard_hyphens_are_read():
    stem = "<w:p><w:r><w:t>Câu 1: 76/NQ</w:t><w:noBreakHyphen/><w:t>CP</w:t><w:softHyphen/><w:cr/><w:t>là gì?</w:t></w:r></w:p>"
    (question,) = word.read(docx(stem, "A. x", "B. y", "=> A")).questions
    assert question.text == "76/NQ-CP là gì?"


def test_alternatives_are_read_once_wherever_they_stand():
    chosen = f"<mc:AlternateContent><mc:Choice>{run('Ai?')}</mc:Choice><mc:Fallback>{run('Ai?')}</mc:Fallback></mc:AlternateContent>"
    block = f"<mc:AlternateContent><mc:Fallback>{paragraph('A. x')}</mc:Fallback></mc:AlternateContent>"
    nothing = "<mc:AlternateContent/>"
    stem = f"<w:p>{run('Câu 1: ')}{chosen}{nothing}<w:r>{nothing}<w:lastRenderedPageBreak/></w:r></w:p>"
    (question,) = word.read(docx(stem, nothing, block, "B. y", "=> B")).questions
    assert (question.text, texts(question)) == ("Ai?", ["x", "y"])


def test_a_deleted_mark_on_the_last_paragraph_loses_nothing():
    last = paragraph("Đáp án: A", properties="<w:rPr><w:del/></w:rPr>")
    assert word.read(docx("Câu 1: Ai?", "A. x", "B. y", last)).ready == 1


def test_old_letters_in_a_table_under_an_unknown_font_are_found():
    content = docx(
        "Tiªu ®Ò bé c©u hái",
        table(("C©u hái", "Ph\u00ad¬ng ¸n", "§¸p ¸n"), ("Ai tiÕp nhËn?", "A. Së\nB. X·", "B")),
    )
    (question,) = word.read(content).questions
    assert (question.text, texts(question), question.ready) == ("Ai tiếp nhận?", ["Sở", "Xã"], True)


def test_the_main_part_may_have_another_name():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/core" Target="other.xml"/>'
        '<Relationship Id="b" Type="x/officeDocument" Target="/word/main.xml"/></Relationships>'
    )
    body = "".join(map(paragraph, ("Câu 1: Ai?", "A. x", "B. y", "=> A")))
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as package:
        package.writestr("_rels/.rels", relations)
        package.writestr("word/main.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    assert word.read(buffer.getvalue()).ready == 1
