"""Moodle XML is read with its traps: odd fractions, several texts, pictures, hidden questions."""

import pytest
from workbooks import keys, kinds

from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion

TRUE_FALSE = (
    '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
)


def quiz(*questions: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """A quiz of these questions."""
    return f"{declaration}<quiz>{''.join(questions)}</quiz>".encode()


def question(kind: str, inner: str, text: str = "Gì?") -> str:
    """A question with this text."""
    return f'<question type="{kind}"><questiontext format="html"><text>{text}</text></questiontext>{inner}</question>'


def answers(*pairs: tuple[str, str]) -> str:
    """Answers from (fraction, text)."""
    return "".join(f'<answer fraction="{share}"><text>{text}</text></answer>' for share, text in pairs)


def bank(*questions: str) -> ParsedBank:
    """The bank of these questions."""
    return read_bank(quiz(*questions), "a.xml")


def only(kind: str, inner: str, text: str = "Gì?") -> ParsedQuestion:
    """The one question of a quiz."""
    (read,) = bank(question(kind, inner, text)).questions
    return read


def shown(read: ParsedQuestion) -> list[str]:
    """The choices as lines: a star marks what is right."""
    return [
        ("*" if one.right else "")
        + "→".join(filter(None, (one.text, one.match)))
        + "±".join(("", one.tolerance))
        for one in read.choices
    ]


@pytest.mark.parametrize(
    ("kind", "inner", "expected", "choices"),
    [
        ("multichoice", answers(("100", "a"), ("0", "b")), "single", ["*a±", "b±"]),
        ("multichoice", "<single>true</single>" + answers(("0", "a"), ("100", "b")), "single", ["a±", "*b±"]),
        (
            "multichoice",
            "<single>1</single>" + answers(("100.00000", "a"), ("0", "b")),
            "single",
            ["*a±", "b±"],
        ),
        (
            "multichoice",
            "<single>false</single>"
            + answers(("33.33333", "a"), ("33.333", "b"), ("33.3333333", "c"), ("-100", "d")),
            "multiple",
            ["*a±", "*b±", "*c±", "d±"],
        ),
        ("multichoice", "<single>0</single>" + answers(("100", "a"), ("0", "b")), "multiple", ["*a±", "b±"]),
        ("multichoiceset", answers(("100", "a"), ("100", "b"), ("0", "c")), "multiple", ["*a±", "*b±", "c±"]),
        ("truefalse", TRUE_FALSE, "true_false", ["*Đúng±", "Sai±"]),
        ("truefalse", answers(("0", "true"), ("100", "false")), "true_false", ["Đúng±", "*Sai±"]),
        (
            "shortanswer",
            answers(("100", "UBND"), ("100", "a\\*b"), ("0", "*")),
            "short_text",
            ["*UBND±", "*a*b±"],
        ),
        (
            "numerical",
            '<answer fraction="100"><text>3.14</text><tolerance>0.005</tolerance></answer>',
            "number",
            ["*3,14±0,005"],
        ),
        ("numerical", answers(("100", "-5"), ("0", "*")), "number", ["*-5±"]),
        (
            "matching",
            "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>"
            "<subquestion><text>c</text><answer><text>d</text></answer></subquestion>"
            "<subquestion><text></text><answer><text>e</text></answer></subquestion>",
            "matching",
            ["*a→b±", "*c→d±", "e±"],
        ),
        (
            "ordering",
            answers(("2", "hai"), ("1", "một"), ("3", "ba")),
            "ordering",
            ["*một±", "*hai±", "*ba±"],
        ),
    ],
)
def test_each_kind_of_question(kind: str, inner: str, expected: str, choices: list[str]) -> None:
    read = only(kind, inner)
    assert (read.kind, shown(read), read.faults) == (expected, choices, ())


@pytest.mark.parametrize(
    ("kind", "inner", "fault"),
    [
        (
            "multichoice",
            "<single>false</single>" + answers(("33", "a"), ("33", "b"), ("34", "c")),
            "weights_unclear",
        ),
        ("multichoice", "<single>false</single>" + answers(("50", "a"), ("0", "b")), "weights_unclear"),
        ("multichoice", answers(("50", "a"), ("100", "b")), "weights_unclear"),
        ("multichoice", answers(("100", "a"), ("100", "b")), "several_keys"),
        ("multichoice", answers(("0", "a"), ("0", "b")), "no_key"),
        ("multichoice", answers(("", "a"), ("100", "b")), "weights_unclear"),
        ("multichoice", answers(("100,0", "a"), ("0", "b")), "bad_number"),
        ("multichoice", answers(("NaN", "a"), ("0", "b")), "bad_number"),
        ("multichoice", "<single>có</single>" + answers(("100", "a"), ("0", "b")), "own_marking"),
        ("multichoiceset", answers(("50", "a"), ("50", "b"), ("0", "c")), "weights_unclear"),
        ("truefalse", answers(("0", "true"), ("0", "false")), "key_unread"),
        ("truefalse", answers(("100", "true"), ("100", "false")), "key_unread"),
        ("truefalse", answers(("100", "có")), "key_unread"),
        ("shortanswer", answers(("100", "*")), "key_unread"),
        ("shortanswer", answers(("50", "a")), "weights_unclear"),
        ("shortanswer", "", "no_key"),
        ("numerical", answers(("100", "3,14")), "bad_number"),
        ("numerical", answers(("100", "*")), "bad_number"),
        (
            "numerical",
            '<answer fraction="100"><text>3</text><tolerance>0,5</tolerance></answer>',
            "bad_number",
        ),
        ("ordering", answers(("1", "a"), ("1", "b")), "key_unread"),
        (
            "matching",
            "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>",
            "one_choice",
        ),
        ("essay", "", "unsupported_kind"),
        ("cloze", "", "unsupported_kind"),
        ("ddwtos", answers(("100", "a")), "unsupported_kind"),
        ("lạ", "", "unsupported_kind"),
        ("multichoice", "<image>x.png</image>" + answers(("100", "a"), ("0", "b")), "lost_object"),
        (
            "multichoice",
            "<image_base64>aGk=</image_base64>" + answers(("100", "a"), ("0", "b")),
            "lost_object",
        ),
        (
            "multichoice",
            answers(("100", "&lt;img src='@@PLUGINFILE@@/x.png'&gt;"), ("0", "b")),
            "lost_object",
        ),
        ("multichoice", answers(("100", "<![CDATA[<script>x</script>]]>"), ("0", "b")), "lost_object"),
    ],
)
def test_what_is_doubtful_is_held_back(kind: str, inner: str, fault: str) -> None:
    read = only(kind, inner)
    assert fault in [each.kind for each in read.faults]
    assert not read.ready
    certain = ("lost_object", "one_choice", "unsupported_kind")
    assert fault in certain or not any(choice.right for choice in read.choices)


@pytest.mark.parametrize(
    ("form", "written", "text"),
    [
        ("html", "<![CDATA[<p>Một &amp; hai</p>\nba<br>bốn]]>", "Một & hai\nba\nbốn"),
        ("html", "&lt;b&gt;Một&lt;/b&gt;", "Một"),
        ("lạ", "&lt;b&gt;Một&lt;/b&gt;", "Một"),
        ("plain_text", "&lt;b&gt; là thẻ", "<b> là thẻ"),
        ("moodle_auto_format", "Một\nhai", "Một\nhai"),
        ("markdown", "Một\nhai", "Một\nhai"),
        ("html", "Giá <![CDATA[a < b]]>", "Giá a < b"),
    ],
)
def test_text_is_read_in_its_format(form: str, written: str, text: str) -> None:
    inner = f'<questiontext format="{form}"><text>{written}</text></questiontext>' + TRUE_FALSE
    (read,) = bank(f'<question type="truefalse">{inner}</question>').questions
    assert (read.text, read.ready) == (text, True)


def test_a_second_text_is_kept_and_pointed_out() -> None:
    inner = "<questiontext><text>Một</text><text>Hai</text></questiontext>" + TRUE_FALSE
    read = bank(f'<question type="truefalse">{inner}</question>')
    assert read.questions[0].text == "Một Hai"
    assert (kinds(read), read.ready) == ([[FaultKind.BROKEN_MARKUP]], 1)


def test_a_category_is_the_topic_of_what_follows() -> None:
    def category(path: str) -> str:
        return f'<question type="category"><category><text>{path}</text></category></question>'

    read = bank(
        question("truefalse", TRUE_FALSE, "Một?"),
        category("$course$/top/Mặc định/Hai//Ba"),
        question("truefalse", TRUE_FALSE, "Hai?"),
        category("$course$/top"),
        question("truefalse", TRUE_FALSE, "Ba?"),
    )
    assert [(one.number, one.topic) for one in read.questions] == [
        ("1", ""),
        ("2", "Mặc định / Hai/Ba"),
        ("3", ""),
    ]


def test_explanation_level_and_settings_that_are_lost() -> None:
    more = (
        "<generalfeedback><text>Vì thế</text></generalfeedback><tags><tag><text>x</text></tag>"
        "<tag><text>TH</text></tag></tags><hidden>1</hidden><idnumber>a&lt;b&gt;</idnumber><penalty>0.333</penalty>"
    )
    read = only("shortanswer", more + "<usecase>1</usecase>" + answers(("100", "a")))
    assert (read.explanation, read.level, read.ready) == ("Vì thế", "Thông hiểu", True)
    assert [fault.kind for fault in read.faults] == [FaultKind.SETTING_LOST, FaultKind.SETTING_LOST]


def test_embedded_files_stay_out_of_the_source() -> None:
    file = '<file name="x.png" path="/" encoding="base64">QUJDREVG</file>'
    inner = (
        f"<questiontext><text>Hình &lt;img src='@@PLUGINFILE@@/x.png'&gt;</text>{file}{file}</questiontext>"
    )
    (read,) = bank(f'<question type="truefalse">{inner}{TRUE_FALSE}</question>').questions
    assert [fault.message() for fault in read.faults if "hình ảnh (x.png)" in fault.message()]
    assert "QUJD" not in read.source


def test_a_quiz_without_questions_says_so() -> None:
    assert [fault.kind for fault in bank().faults] == [FaultKind.NOTHING_FOUND]


@pytest.mark.parametrize(
    "content",
    [
        quiz(question("truefalse", TRUE_FALSE)),
        b"\xef\xbb\xbf" + quiz(question("truefalse", TRUE_FALSE)),
        quiz(question("truefalse", TRUE_FALSE), declaration="<!-- x --> \n"),
        quiz(question("truefalse", TRUE_FALSE), declaration="").decode().encode("utf-16"),
    ],
)
def test_a_quiz_is_known_by_its_content(content: bytes) -> None:
    read = read_bank(content, "a.txt")
    assert (read.format, keys(read)) == ("moodle_xml", ["A"])


LAUGHS = '<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (quiz(declaration='<?xml version="1.0"?>' + LAUGHS), "unsafe"),
        (quiz(declaration=OUTSIDE), "unsafe"),
        (quiz(declaration=OUTSIDE).decode().encode("utf-16"), "unsafe"),
        (quiz(declaration='<?xml version="1.0"encoding="UTF-8"?>'), "broken"),
        (b"<quiz><question>", "broken"),
        (b"<quiz>" + b"<a>" * 5000, "broken"),
        (quiz("&x;"), "broken"),
        (b'<?xml version="1.0" encoding="la-la"?><quiz/>', "broken"),
        (b'<?xml version="1.0"?><rss/>', "unknown_format"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "not_sheet"),
    ],
)
def test_hostile_or_broken_xml_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(content, "a.xml")
    assert refusal.value.kind == kind
