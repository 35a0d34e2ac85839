"""Pictures inside Moodle XML: the one of a question's text is kept, every other one is said."""

from base64 import b64encode

import pytest

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedPicture, ParsedQuestion
from tests.features.test_pictures import png

ANSWERS = (
    '<answer fraction="100"><text>Quốc huy</text></answer><answer fraction="0"><text>Quốc kỳ</text></answer>'
)
IMG = '<img src="@@PLUGINFILE@@/a.png" alt="">'


def file(
    content: bytes = b"", name: str = "a.png", written: str = "", more: str = 'encoding="base64"'
) -> str:
    return f'<file name="{name}" path="/" {more}>{written or b64encode(content).decode()}</file>'


def one(markup: str, files: str, answers: str = ANSWERS) -> ParsedQuestion:
    text = (
        f'<questiontext format="html"><text><![CDATA[<p>Hình nào?</p>{markup}]]></text>{files}</questiontext>'
    )
    quiz = f'<?xml version="1.0"?><quiz><question type="multichoice">{text}{answers}</question></quiz>'
    (question,) = read_bank(quiz.encode(), "a.xml").questions
    return question


PNG = file(png())


@pytest.mark.parametrize(
    ("markup", "files"),
    [
        (IMG, PNG),
        ("<IMG width='40' SRC='@@PLUGINFILE@@/a.png'/>", PNG + file(b"other", "b.png")),
        ('<img src="@@PLUGINFILE@@/h%C3%ACnh%201.png">', file(png(), "hình 1.png")),
        (
            '<img src="@@PLUGINFILE@@/x/a.png">',
            PNG.replace('path="/"', 'path="/x/"'),
        ),
        (IMG, file(written=b64encode(png()).decode()[:40] + "\n" + b64encode(png()).decode()[40:])),
    ],
)
def test_the_picture_of_a_text_comes_with_its_question(markup, files):
    question = one(markup, files)
    assert question.picture == ParsedPicture("image/png", 40, 30, png())
    assert (question.text, question.faults) == ("Hình nào?", ())


@pytest.mark.parametrize(
    ("markup", "files"),
    [
        (IMG, ""),
        (IMG, file(png(), "b.png")),
        (IMG, PNG + PNG),
        (IMG, file(png(), more="")),
        (IMG, file(written="???")),
        (IMG, file(written="ảnh")),
        (IMG, file(b"<svg/>")),
        (IMG, file(png(4001, 1))),
        (IMG, file(png(padding=1024 * 1024))),
        (IMG, file(png(padding=2 * 1024 * 1024))),
        (IMG + IMG, PNG),
        (IMG + '<img src="@@PLUGINFILE@@/b.png">', PNG + file(png(), "b.png")),
        (IMG + "<math>x</math>", PNG),
        (f"<!-- {IMG} --><math>x</math>", PNG),
        ('<img src="https://example.org/a.png">', PNG),
    ],
)
def test_any_other_picture_is_said_and_holds_the_question_back(markup, files):
    question = one(markup, files)
    assert (question.picture, question.ready) == (None, False)
    assert FaultKind.LOST_OBJECT in [fault.kind for fault in question.faults]


def test_a_picture_of_a_choice_is_said():
    answers = ANSWERS.replace("Quốc huy</text>", f"<![CDATA[Quốc huy {IMG}]]></text>{PNG}")
    question = one("", "", answers)
    assert (question.picture, [fault.kind for fault in question.faults]) == (None, [FaultKind.LOST_OBJECT])
