"""Items of QTI 2.1, 2.2 and 3.0: the same question in each; rules that are no plain key mark nothing."""

import re

import pytest
from workbooks import kinds

from contest.banks.formats.read import read_bank
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, ParsedQuestion

TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
CORRECT = f'<responseProcessing template="{TEMPLATES}match_correct"/>'
MAPPED = f'<responseProcessing template="{TEMPLATES}map_response"/>'
CHOICES = (
    '<simpleChoice identifier="x">Một</simpleChoice><simpleChoice identifier="y">Hai</simpleChoice>'
    '<simpleChoice identifier="z">Ba</simpleChoice>'
)


def item(declaration: str, body: str, rest: str = "", namespace: str = "imsqti_v2p1") -> str:
    """An item of QTI 2."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/{namespace}"'
        f' identifier="i1" title="t" adaptive="false" timeDependent="false">{declaration}'
        f'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody>{body}</itemBody>{rest}</assessmentItem>"
    )


def declared(*correct: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    """A response with its right values; the mapping is "x=1 y=0.5"."""
    values = "".join(f"<value>{value}</value>" for value in correct)
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{points}"/>'
        for key, points in re.findall(r"(\S+?)=(\S+)", mapping)
    )
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        + (f"<correctResponse>{values}</correctResponse>" if correct else "")
        + (f'<mapping defaultValue="0">{entries}</mapping>' if mapping else "")
        + "</responseDeclaration>"
    )


def choice(limit: str = 'maxChoices="1"', choices: str = CHOICES) -> str:
    """A choice interaction."""
    return f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" {limit}><prompt>Gì?</prompt>{choices}</choiceInteraction>'


def third(xml: str) -> str:
    """The same item as QTI 3.0 writes it: names with "qti-", attributes with hyphens."""

    def kebab(name: str) -> str:
        return re.sub("[A-Z]", lambda found: "-" + found[0].lower(), name)

    names = "assessmentItem|responseDeclaration|correctResponse|value|mapping|mapEntry|outcomeDeclaration|itemBody"
    names += (
        r"|\w+Interaction|prompt|simpleChoice|responseProcessing|simpleMatchSet|simpleAssociableChoice|match"
    )
    xml = re.sub(rf"(</?)({names})(?=[\s>/])", lambda found: found[1] + "qti-" + kebab(found[2]), xml)
    xml = re.sub(r" ([a-z]+[A-Z]\w*)=", lambda found: f" {kebab(found[1])}=", xml)
    return xml.replace("imsqti_v2p1", "imsqtiasi_v3p0").replace(
        "qti_v2p1/rptemplates", "spec/qti/v3p0/rptemplates"
    )


def only(xml: str) -> ParsedQuestion:
    """The question of an item file."""
    bank = read_bank(xml.encode(), "a.xml")
    assert bank.format == "qti"
    (question,) = bank.questions
    return question


def shown(read: ParsedQuestion) -> list[str]:
    """The choices as lines: a star marks what is right."""
    return [
        ("*" if one.right else "") + "→".join(filter(None, (one.text, one.match))) + one.tolerance
        for one in read.choices
    ]


ENTRY = '<p>Số <textEntryInteraction responseIdentifier="RESPONSE"/> là gì?</p>'
ORDER = f'<orderInteraction responseIdentifier="RESPONSE"><prompt>Gì?</prompt>{CHOICES}</orderInteraction>'
MATCH = (
    '<matchInteraction responseIdentifier="RESPONSE"><prompt>Gì?</prompt><simpleMatchSet>'
    '<simpleAssociableChoice identifier="a">a</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="b">b</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>'
    '<simpleAssociableChoice identifier="x">x</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="y">y</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="z">z</simpleAssociableChoice></simpleMatchSet></matchInteraction>'
)
RULES = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
    "<correct identifier='RESPONSE'/></match><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1"
    "</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier='SCORE'>"
    "<baseValue baseType='float'>0</baseValue></setOutcomeValue></responseElse></responseCondition></responseProcessing>"
)
MAP_RULES = (
    "<responseProcessing><responseCondition><responseIf><isNull><variable identifier='RESPONSE'/></isNull>"
    "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>0.0</baseValue></setOutcomeValue></responseIf>"
    "<responseElse><setOutcomeValue identifier='SCORE'><mapResponse identifier='RESPONSE'/></setOutcomeValue>"
    "</responseElse></responseCondition></responseProcessing>"
)
NEAR = (
    "<responseProcessing><responseCondition><responseIf><equal toleranceMode='absolute' tolerance='0.5 0.5'>"
    "<variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></equal><setOutcomeValue identifier='SCORE'>"
    "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"
)
MANY = {"cardinality": "multiple"}

GOOD = [
    (item(declared("y"), choice(), CORRECT), "single", ["Một", "*Hai", "Ba"]),
    (item(declared("y"), choice()), "single", ["Một", "*Hai", "Ba"]),
    (item(declared("y"), choice(), RULES), "single", ["Một", "*Hai", "Ba"]),
    (item(declared("x", "z", **MANY), choice('maxChoices="0"'), CORRECT), "multiple", ["*Một", "Hai", "*Ba"]),
    (
        item(declared("x", "z", **MANY, mapping="x=1 z=1 y=-2"), choice('maxChoices="0"'), MAPPED),
        "multiple",
        ["*Một", "Hai", "*Ba"],
    ),
    (
        item(declared(**MANY, mapping="x=0.5 z=0.5"), choice('maxChoices="3"'), MAP_RULES),
        "multiple",
        ["*Một", "Hai", "*Ba"],
    ),
    (item(declared(mapping="x=1 y=0"), choice(), MAPPED), "single", ["*Một", "Hai", "Ba"]),
    (item(declared("UBND", base="string"), ENTRY, CORRECT), "short_text", ["*UBND"]),
    (item(declared("a", base="string", mapping="a=1 b*=1"), ENTRY, MAPPED), "short_text", ["*a", "*b*"]),
    (item(declared("3.5", base="float"), ENTRY, NEAR), "number", ["*3,50,5"]),
    (item(declared("30", base="integer"), ENTRY, CORRECT), "number", ["*30"]),
    (
        item(declared("z", "x", "y", cardinality="ordered"), ORDER, CORRECT),
        "ordering",
        ["*Ba", "*Một", "*Hai"],
    ),
    (
        item(declared("a y", "b x", **MANY, base="directedPair"), MATCH, CORRECT),
        "matching",
        ["*a→y", "*b→x", "z"],
    ),
]


@pytest.mark.parametrize("version", ["2.1", "2.2", "3.0"])
@pytest.mark.parametrize(("xml", "kind", "choices"), GOOD)
def test_each_kind_in_each_version(xml: str, kind: str, choices: list[str], version: str) -> None:
    if version == "2.2":
        xml = xml.replace("imsqti_v2p1", "imsqti_v2p2")
    elif version == "3.0" and "<responseCondition>" not in xml:
        xml = third(xml)
        assert "choiceInteraction" not in xml
    question = only(xml)
    assert (question.kind, shown(question), question.faults) == (kind, choices, ())


def test_two_choices_true_and_false_are_a_statement() -> None:
    two = '<simpleChoice identifier="x">Đúng</simpleChoice><simpleChoice identifier="y">Sai</simpleChoice>'
    question = only(item(declared("y"), choice(choices=two), CORRECT))
    assert (question.kind, shown(question)) == ("true_false", ["Đúng", "*Sai"])


def test_marks_in_parts_are_kept_apart_from_all_or_nothing() -> None:
    limit = 'maxChoices="0"'
    assert only(item(declared("x", "z", **MANY, mapping="x=1 z=1"), choice(limit), MAPPED)).partial
    assert not only(item(declared("x", "z", **MANY, mapping="x=1 z=1"), choice(limit), CORRECT)).partial


BAD_RULE = RULES.replace("<correct identifier='RESPONSE'/>", "<baseValue baseType='identifier'>x</baseValue>")
TWICE = CHOICES.replace('"y"', '"x"')


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (item(declared("q"), choice(), CORRECT), "key_beyond_choices"),
        (item(declared(), choice(), CORRECT), "no_key"),
        (item(declared(mapping="x=1"), choice(), CORRECT), "no_key"),
        (item(declared("y"), choice(), MAPPED), "keys_conflict"),
        (item("", choice(), CORRECT), "no_key"),
        (item(declared("x", "y"), choice(), CORRECT), "several_keys"),
        (item(declared("x", "y", **MANY), choice(), CORRECT), "own_marking"),
        (item(declared("y"), choice(), BAD_RULE), "own_marking"),
        (item(declared("y"), choice(), CORRECT.replace("match_correct", "riêng")), "own_marking"),
        (item(declared("y", cardinality="record"), choice(), CORRECT), "own_marking"),
        (item(declared("y", mapping="x=1"), choice(), MAPPED), "keys_conflict"),
        (item(declared(mapping="x=1 y=0.5"), choice(), MAPPED), "weights_unclear"),
        (item(declared(mapping="x=1 y=một"), choice(), MAPPED), "weights_unclear"),
        (item(declared("y"), choice(choices=TWICE), CORRECT), "key_unread"),
        (item(declared("x", "y", cardinality="ordered"), ORDER, CORRECT), "key_unread"),
        (item(declared("a y", "b q", **MANY, base="directedPair"), MATCH, CORRECT), "key_unread"),
        (item(declared("a y", "a x", **MANY, base="directedPair"), MATCH, CORRECT), "key_unread"),
        (item(declared("a y", **MANY, base="directedPair"), MATCH, CORRECT), "own_marking"),
        (item(declared("3,5", base="float"), ENTRY, CORRECT), "bad_number"),
        (item(declared("3.5", base="float"), ENTRY, NEAR.replace("0.5 0.5", "0.5 0.1")), "own_marking"),
        (item(declared("3.5", base="float"), ENTRY, NEAR.replace("absolute", "relative")), "own_marking"),
        (item(declared(base="string"), ENTRY, CORRECT), "no_key"),
    ],
)
def test_no_key_is_guessed(xml: str, fault: str) -> None:
    question = only(xml)
    assert fault in [each.kind for each in question.faults]
    assert not any(one.right for one in question.choices)
    assert not question.ready


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        (item("", '<extendedTextInteraction responseIdentifier="R"/>'), "tự luận"),
        (item("", "<p>Chỉ đọc</p>"), "không có phần trả lời"),
        (item(declared("y"), choice() + choice(), CORRECT), "nhiều phần trả lời"),
        (item("", '<hotspotInteraction responseIdentifier="R"/>'), "chọn trên hình"),
        (item("", '<portableCustomInteraction responseIdentifier="R"/>'), "portableCustomInteraction"),
        (item("<templateDeclaration identifier='N'/>" + declared("y"), choice(), CORRECT), "biến ngẫu nhiên"),
        (third(item("", '<gapMatchInteraction responseIdentifier="R"/>')), "kéo thả vào câu"),
    ],
)
def test_other_kinds_are_listed_as_not_supported(xml: str, name: str) -> None:
    question = only(xml)
    (fault,) = question.faults
    assert (question.number, fault.kind) == ("1", FaultKind.UNSUPPORTED_KIND)
    assert name in fault.message()


def test_the_text_around_an_interaction_is_the_stem_and_asides_are_not() -> None:
    body = "<p>Dẫn</p><rubricBlock view='scorer'><p>Chấm</p></rubricBlock>" + choice() + "<p>Cuối</p>"
    question = only(
        item(declared("y"), body, CORRECT + "<modalFeedback identifier='f'>Vì <b>thế</b></modalFeedback>")
    )
    assert (question.text, question.explanation) == ("Dẫn\nGì?\nCuối", "Vì thế")
    assert only(item(declared("a", base="string"), ENTRY, CORRECT)).text == "Số _____ là gì?"


ANSWERED = "<responseProcessing><responseCondition><responseIf>{condition}{inner}</responseIf></responseCondition></responseProcessing>"
SCORED = RULES.removeprefix("<responseProcessing>").removesuffix("</responseProcessing>")
NOT_NULL = "<not><isNull><variable identifier='RESPONSE'/></isNull></not>"


def test_a_key_asked_for_only_of_those_who_answered_is_a_key() -> None:
    question = only(item(declared("y"), choice(), ANSWERED.format(condition=NOT_NULL, inner=SCORED)))
    assert (question.ready, shown(question)) == (True, ["Một", "*Hai", "Ba"])
    odd = "<match><variable identifier='A'/><variable identifier='B'/></match>"
    question = only(item(declared("y"), choice(), ANSWERED.format(condition=odd, inner=SCORED)))
    assert [fault.kind for fault in question.faults] == [FaultKind.OWN_MARKING]


def test_rules_that_give_no_score_do_not_touch_the_key() -> None:
    feedback = "<setOutcomeValue identifier='FEEDBACK'><baseValue>x</baseValue></setOutcomeValue>"
    question = only(item(declared("y"), choice(), ANSWERED.format(condition=NOT_NULL, inner=feedback)))
    assert (question.ready, shown(question)) == (True, ["Một", "*Hai", "Ba"])


def test_an_item_without_body_is_kept_and_held_back() -> None:
    xml = item(declared("y"), "").replace("<itemBody></itemBody>", "")
    assert FaultKind.EMPTY_TEXT in [fault.kind for fault in only(xml).faults]


def test_pictures_and_choices_that_must_not_move_are_pointed_out() -> None:
    pictured = choice(choices=CHOICES.replace("Một", "<img src='../images/x.png' alt=''/>"))
    assert FaultKind.LOST_OBJECT in kinds(read_bank(item(declared("y"), pictured).encode(), "a.xml"))[0]
    fixed = choice(choices=CHOICES.replace('identifier="z"', 'identifier="z" fixed="true"'))
    question = only(item(declared("y"), fixed))
    assert [fault.kind for fault in question.faults] == [FaultKind.SETTING_LOST]
    assert only(item(declared("y"), fixed.replace("Ba", "Tất cả các phương án trên"))).faults == ()


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + item("", "<p>&x;</p>")[38:], "unsafe"),
        (item("", "<p>")[:-5], "broken"),
    ],
)
def test_hostile_or_broken_items_are_refused(xml: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bank(xml.encode(), "a.xml")
    assert refusal.value.kind == kind
