"""QTI 1.2 as Canvas and Blackboard write it."""

import pytest
from workbooks import kinds

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion

GLUED = '<?xml version="1.0"encoding="UTF-8"?>'


def interop(*items: str, declaration: str = GLUED) -> bytes:
    """A questestinterop file with one section."""
    inner = "".join(items)
    return (
        f"{declaration}<questestinterop xmlns='http://www.imsglobal.org/xsd/ims_qtiasiv1p2'><assessment>"
        f"<section ident='s' title='Một cửa'>{inner}</section></assessment></questestinterop>"
    ).encode()


def material(text: str, form: str = "text/html") -> str:
    """A text."""
    return f'<material><mattext texttype="{form}">{text}</mattext></material>'


def item(kind: str, responses: str, rules: str, stem: str = "&lt;p&gt;Gì?&lt;/p&gt;", more: str = "") -> str:
    """An item with the type that Canvas names."""
    field = f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    return (
        f"<item ident='i'><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata><presentation>"
        f"{material(stem)}{responses}</presentation><resprocessing><outcomes>"
        f"<decvar maxvalue='100' minvalue='0' varname='SCORE' vartype='Decimal'/></outcomes>{rules}</resprocessing>{more}</item>"
    )


def choices(*texts: str, cardinality: str = "Single", ident: str = "r", before: str = "") -> str:
    """A response with choices "1", "2", …"""
    labels = "".join(
        f"<response_label ident='{number}'>{material(text, 'text/plain')}</response_label>"
        for number, text in enumerate(texts, 1)
    )
    return f"<response_lid ident='{ident}' rcardinality='{cardinality}'>{before}<render_choice>{labels}</render_choice></response_lid>"


TYPED = "<response_str ident='r' rcardinality='Single'><render_fib/></response_str>"


def equal(value: str, ident: str = "r", name: str = "varequal") -> str:
    """A comparison."""
    return f"<{name} respident='{ident}'>{value}</{name}>"


def when(condition: str, points: str = "100", action: str = "Set") -> str:
    """A condition that gives points."""
    return (
        f"<respcondition continue='No'><conditionvar>{condition}</conditionvar>"
        f"<setvar action='{action}' varname='SCORE'>{points}</setvar></respcondition>"
    )


def only(xml: str) -> ParsedQuestion:
    """The one question of a file with this item."""
    (question,) = bank(xml).questions
    return question


def bank(*items: str) -> ParsedBank:
    """The bank of these items."""
    read = read_bank(interop(*items), "a.xml")
    assert read.format == "qti12"
    return read


def shown(read: ParsedQuestion) -> list[str]:
    """The choices as lines: a star marks what is right."""
    return [
        ("*" if one.right else "") + "→".join(filter(None, (one.text, one.match))) + one.tolerance
        for one in read.choices
    ]


ALL_OF = "<and>" + equal("1") + equal("3") + "<not>" + equal("2") + "</not></and>"
AROUND = (
    "<or>"
    + equal("3.14")
    + "<and>"
    + equal("3.13", name="vargte")
    + equal("3.15", name="varlte")
    + "</and></or>"
)
PAIRS = choices("x", "y", "z", ident="r1", before=material("a")) + choices(
    "x", "y", "z", ident="r2", before=material("b")
)


@pytest.mark.parametrize(
    ("xml", "kind", "expected"),
    [
        (item("multiple_choice_question", choices("a", "b"), when(equal("2"))), "single", ["a", "*b"]),
        (
            item("true_false_question", choices("True", "False"), when(equal("1"))),
            "true_false",
            ["*True", "False"],
        ),
        (
            item("multiple_answers_question", choices("a", "b", "c", cardinality="Multiple"), when(ALL_OF)),
            "multiple",
            ["*a", "b", "*c"],
        ),
        (
            item(
                "x",
                choices("a", "b", "c", cardinality="Multiple"),
                when(equal("1"), "50", "Add")
                + when(equal("2"), "50", "Add")
                + when(equal("3"), "-50", "Add"),
            ),
            "multiple",
            ["*a", "*b", "c"],
        ),
        (item("short_answer_question", TYPED, when(equal("a") + equal("b*"))), "short_text", ["*a", "*b*"]),
        (
            item("short_answer_question", TYPED, when(equal("a")) + when(equal("b"))),
            "short_text",
            ["*a", "*b"],
        ),
        (item("numerical_question", TYPED, when(AROUND)), "number", ["*3,140,01"]),
        (item("numerical_question", TYPED, when(equal("5"))), "number", ["*5"]),
        (
            item("numerical_question", TYPED, when(equal("1", name="vargte") + equal("5", name="varlte"))),
            "number",
            ["*32"],
        ),
        (
            item(
                "matching_question",
                PAIRS,
                when(equal("2", "r1"), "50", "Add") + when(equal("1", "r2"), "50", "Add"),
            ),
            "matching",
            ["*a→y", "*b→x", "z"],
        ),
        (
            item("Multiple Choice", choices("a", "b"), when(equal("1"), "SCORE.max") + when("<other/>", "0")),
            "single",
            ["*a", "b"],
        ),
    ],
)
def test_each_kind_of_item(xml: str, kind: str, expected: list[str]) -> None:
    question = only(xml)
    assert (question.text, question.kind, shown(question), question.faults) == ("Gì?", kind, expected, ())


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (item("x", choices("a", "b"), when(equal("9"))), "key_beyond_choices"),
        (item("x", choices("a", "b"), ""), "no_key"),
        (item("x", choices("a", "b"), when(equal("1"), "0")), "no_key"),
        (item("x", choices("a", "b"), when(equal("1")) + when(equal("2"))), "several_keys"),
        (item("x", choices("a", "b"), when("<or>" + equal("1") + equal("2") + "</or>")), "several_keys"),
        (item("x", choices("a", "b"), when(equal("1"), "50")), "weights_unclear"),
        (item("x", choices("a", "b"), when(equal("1"), "một")), "own_marking"),
        (item("x", choices("a", "b"), when(equal("1"), "2", "Multiply")), "own_marking"),
        (item("x", choices("a", "b"), when("<not>" + equal("1") + "</not>")), "own_marking"),
        (item("x", choices("a", "b", "c", "d", cardinality="Multiple"), when(ALL_OF)), "own_marking"),
        (item("x", choices("a", "b"), when(equal("1"), "một", "Add")), "own_marking"),
        (item("x", choices("a", "b"), when("<unanswered respident='r'/>")), "own_marking"),
        (item("short_answer_question", TYPED, when("<varsubset respident='r'>a</varsubset>")), "own_marking"),
        (
            item("short_answer_question", TYPED, when("<not>" + equal("a") + "</not>" + equal("b"))),
            "own_marking",
        ),
        (
            item("numerical_question", TYPED, when(equal("1", name="vargt") + equal("5", name="varlt"))),
            "own_marking",
        ),
        (item("numerical_question", TYPED, when(AROUND.replace("3.14", "3.145"))), "own_marking"),
        (item("numerical_question", TYPED, when(equal("3,14"))), "bad_number"),
        (item("matching_question", PAIRS, when(equal("2", "r1"), "50", "Add")), "key_unread"),
    ],
)
def test_no_key_is_guessed(xml: str, fault: str) -> None:
    question = only(xml)
    assert fault in [each.kind for each in question.faults]
    assert not any(one.right for one in question.choices)


@pytest.mark.parametrize(
    "kind", ["essay_question", "calculated_question", "fill_in_multiple_blanks_question"]
)
def test_other_kinds_are_listed_as_not_supported(kind: str) -> None:
    read = bank(
        item("multiple_choice_question", choices("a", "b"), when(equal("2"))), item(kind, TYPED, "", "Khác?")
    )
    assert [(one.number, one.ready) for one in read.questions] == [("1", True), ("2", False)]
    assert kinds(read)[1] == [FaultKind.UNSUPPORTED_KIND]


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("&lt;p&gt;Một &amp;amp; hai&lt;/p&gt;", "Một & hai"),
        ("&amp;lt;p&amp;gt;Một&amp;lt;/p&amp;gt;", "Một"),
        ("<![CDATA[<p>Một</p><p>Hai</p>]]>", "Một\nHai"),
        ("a &amp;lt; b", "a < b"),
    ],
)
def test_text_escaped_once_or_twice_is_the_same(stem: str, text: str) -> None:
    assert only(item("x", choices("a", "b"), when(equal("1")), stem)).text == text


def test_the_section_is_the_topic_and_general_feedback_explains() -> None:
    feedback = f"<itemfeedback ident='general_fb'><flow_mat>{material('Vì thế')}</flow_mat></itemfeedback>"
    question = only(item("x", choices("a", "b"), when(equal("1")), more=feedback))
    assert (question.topic, question.explanation, question.place) == ("Một cửa", "Vì thế", "dòng 1")


def test_an_item_without_presentation_is_kept_and_held_back() -> None:
    assert kinds(bank("<item ident='i'/>"))[0][0] is FaultKind.EMPTY_TEXT


def test_several_responses_that_are_no_pairs_are_not_supported() -> None:
    read = only(item("x", TYPED + TYPED.replace("'r'", "'q'"), ""))
    assert [fault.kind for fault in read.faults] == [FaultKind.UNSUPPORTED_KIND]


def test_pictures_are_pointed_out() -> None:
    stem = "&lt;img src=&quot;x.png&quot;&gt;Gì?"
    assert kinds(bank(item("x", choices("a", "b"), when(equal("1")), stem))) == [[FaultKind.LOST_OBJECT]]
