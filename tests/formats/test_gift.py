"""GIFT is read as Moodle means it; where Moodle would take a wrong answer for right, nothing is right."""

import pytest
from workbooks import keys, kinds

from contest.banks.formats.read import read_bank
from contest.rules.parsed import FaultKind, ParsedBank, ParsedQuestion, Severity


def bank(text: str) -> ParsedBank:
    """The bank of a GIFT text."""
    return read_bank(text.encode(), "a.gift")


def only(text: str) -> ParsedQuestion:
    """The one question of a GIFT text."""
    (question,) = bank(text).questions
    return question


def shown(question: ParsedQuestion) -> list[str]:
    """The choices as lines: a star marks what is right."""
    return [
        ("*" if choice.right else "") + "→".join(filter(None, (choice.text, choice.match))) + choice.tolerance
        for choice in question.choices
    ]


@pytest.mark.parametrize(
    ("text", "kind", "choices"),
    [
        ("Gì? {=a ~b ~c}", "single", ["*a", "b", "c"]),
        ("Gì? {~ a = b ~ c}", "single", ["a", "*b", "c"]),
        ("Gì?{\n~a\n= b\n~c\n}", "single", ["a", "*b", "c"]),
        ("Gì? {=a =b}", "short_text", ["*a", "*b"]),
        ("Gì? {=a\\=b}", "short_text", ["*a=b"]),
        ("Gì? {=%100%a =b}", "short_text", ["*a", "*b"]),
        ("Gì? {~%50%a ~%50%b ~%-100%c ~%0%d}", "multiple", ["*a", "*b", "c", "d"]),
        ("Gì? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d}", "multiple", ["*a", "*b", "*c", "d"]),
        ("Gì? {~%100%a ~b}", "multiple", ["*a", "b"]),
        ("Gì? {T}", "true_false", ["*Đúng", "Sai"]),
        ("Gì? {FALSE}", "true_false", ["Đúng", "*Sai"]),
        ("Gì? { TRUE # sai # đúng }", "true_false", ["*Đúng", "Sai"]),
        ("Gì? {=Đúng ~Sai}", "true_false", ["*Đúng", "Sai"]),
        ("Năm? {#1822:2}", "number", ["*18222"]),
        ("Số? {#3.14:0.005}", "number", ["*3,140,005"]),
        ("Số? {#1..5}", "number", ["*32"]),
        ("Số? {#-1.5..-0.5}", "number", ["*-10,5"]),
        ("Số? {#=5}", "number", ["*5"]),
        ("Số? {#=%100%9:0 #đúng}", "number", ["*9"]),
        ("Nối {=a -> b =c -> d}", "matching", ["*a→b", "*c→d"]),
        ("Nối {=a -> b =c -> d = -> e}", "matching", ["*a→b", "*c→d", "e"]),
        ("[html]<p>Gì?</p> {=<b>a</b> ~[plain]<b>}", "single", ["*a", "<b>"]),
        ("Gì? {=a[b] ~c-d}", "single", ["*a[b]", "c-d"]),
    ],
)
def test_each_kind_of_answers(text: str, kind: str, choices: list[str]) -> None:
    question = only(text)
    assert (question.kind, shown(question), question.faults) == (kind, choices, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Số? {#3,14}", FaultKind.BAD_NUMBER),
        ("Số? {#abc}", FaultKind.BAD_NUMBER),
        ("Số? {#*}", FaultKind.BAD_NUMBER),
        ("Số? {#nan}", FaultKind.BAD_NUMBER),
        ("Số? {#3.14:0,01}", FaultKind.BAD_NUMBER),
        ("Số? {#3:}", FaultKind.BAD_NUMBER),
        ("Số? {#3:-1}", FaultKind.BAD_NUMBER),
        ("Số? {#5..1}", FaultKind.BAD_NUMBER),
        ("Số? {#1,5..2}", FaultKind.BAD_NUMBER),
        ("Số? {#}", FaultKind.BAD_NUMBER),
        ("Số? {#=1 =2}", FaultKind.SEVERAL_KEYS),
        ("Số? {#=5:0 =%50%5:2}", FaultKind.WEIGHTS_UNCLEAR),
        ('Gì? {~%50%<a class="x">u</a> ~%50%v}', FaultKind.UNESCAPED_SIGN),
        ("Gì? {~http://x.vn/?a=1 ~b}", FaultKind.UNESCAPED_SIGN),
        ("Gì? {~x = 1 ~y}", FaultKind.UNESCAPED_SIGN),
        ("Gì? {=x=1 ~y}", FaultKind.UNESCAPED_SIGN),
        ("Gì? {=x = 1}", FaultKind.UNESCAPED_SIGN),
        ("Gì? {~%50,5%a ~%50%b}", FaultKind.BAD_NUMBER),
        ("Gì? {~%.5%a ~%100%b}", FaultKind.BAD_NUMBER),
        ("Gì? {~% 50%a ~%50%b}", FaultKind.BAD_NUMBER),
        ("Gì? {~%--50%a ~%100%b}", FaultKind.BAD_NUMBER),
        ("Gì? {~%1000%a ~b}", FaultKind.BAD_NUMBER),
        ("Gì? {~%150%a ~b}", FaultKind.BAD_NUMBER),
        ("Gì? {=%50,5%a}", FaultKind.BAD_NUMBER),
        ("Gì? {=%50%a =%50%b}", FaultKind.WEIGHTS_UNCLEAR),
        ("Gì? {=a ~%50%b ~c}", FaultKind.WEIGHTS_UNCLEAR),
        ("Gì? {~%50%a ~b}", FaultKind.WEIGHTS_UNCLEAR),
        ("Gì? {~%100%a ~%100%b}", FaultKind.WEIGHTS_UNCLEAR),
        ("Gì? {~a ~b}", FaultKind.NO_KEY),
        ("Gì? {=a =b ~c}", FaultKind.SEVERAL_KEYS),
        ("Gì? {=*}", FaultKind.KEY_UNREAD),
        ("Gì? {true}", FaultKind.KEY_UNREAD),
        ("Gì? {Đúng}", FaultKind.KEY_UNREAD),
        ("Nối {=a -> b =c}{", FaultKind.KEY_UNREAD),
        ("Nối {=a -> b}", FaultKind.ONE_CHOICE),
        ("Nối {=a -> b =a -> c}", FaultKind.EQUAL_CHOICES),
        ("Nối {=a -> =c -> d}", FaultKind.EMPTY_CHOICE),
        ("Gì? {=a", FaultKind.BROKEN_MARKUP),
        ("Gì? =a ~b}", FaultKind.BROKEN_MARKUP),
        ("Gì? } {=a ~b", FaultKind.BROKEN_MARKUP),
        ("Gì? {=\\frac{1}{2} ~b}", FaultKind.SWALLOWED_QUESTION),
        ("Gì? {={1} ~b}", FaultKind.BROKEN_MARKUP),
        ("Gì? {=a ~b}\nNữa? {=c ~d}", FaultKind.SWALLOWED_QUESTION),
        ("Gì? {a ~b =c}", FaultKind.BROKEN_MARKUP),
        ("::Tên không hết\nGì? {=a ~b}", FaultKind.BROKEN_MARKUP),
        ("Gì? {=a ~}", FaultKind.EMPTY_CHOICE),
        ("Gì? {=a ~A}", FaultKind.EQUAL_CHOICES),
        ("Gì? {=<img src='x.png'> ~b}", FaultKind.LOST_OBJECT),
        ("Gì? <script>x</script>{=a ~b}", FaultKind.LOST_OBJECT),
        ("{=a ~b}", FaultKind.EMPTY_TEXT),
        ("Viết về cải cách. {}", FaultKind.UNSUPPORTED_KIND),
        ("Chỉ là lời dẫn.", FaultKind.UNSUPPORTED_KIND),
        ("Gì? {1:MULTICHOICE:~a ~=b}", FaultKind.UNSUPPORTED_KIND),
    ],
)
def test_what_is_doubtful_is_held_back(text: str, fault: FaultKind) -> None:
    question = only(text)
    errors = [each.kind for each in question.faults if each.severity is Severity.ERROR]
    assert fault in errors
    assert not question.ready


@pytest.mark.parametrize(
    "text",
    [
        "Số? {#3,14}",
        "Gì? {~%50%x = 5 ~%50%y}",
        'Gì? {~%50%<i class="x">u</i> ~%50%v}',
        "Gì? {~x = 1 ~y}",
        "Gì? {=x = 1}",
        "Gì? {=a ~%50%b}",
        "Gì? {=*}",
    ],
)
def test_no_key_is_guessed(text: str) -> None:
    assert keys(bank(text)) == [""]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("::Tên: có hai chấm::Gì? {=a ~b}", "Gì?"),
        ("::Tên\\:::Gì? {=a ~b}", "Gì?"),
        ("Giá \\{5\\} \\= \\#1 \\~ x\\: {=a ~b}", "Giá {5} = #1 ~ x:"),
        ("$a \\\\neq b$ {=a ~b}", "$a \\neq b$"),
        ("$a \\neq b$ {=a ~b}", "$a\neq b$"),
        ("Dòng một\\nDòng hai {=a ~b}", "Dòng một\nDòng hai"),
        ("// ghi chú\nXem http://x.vn nhé {=a ~b}", "Xem http://x.vn nhé"),
        ("Việc {=này ~kia} làm trước.", "Việc _____ làm trước."),
        ("Việc này {=a ~b}.", "Việc này _____ ."),
        ("[khác]Gì? {=a ~b}", "[khác]Gì?"),
        ("[markdown]Gì? {=a ~b}", "Gì?"),
        ("  Gì?  \r\n{=a\r\n~b}", "Gì?"),
        ("\ufeffGì? {=a ~b}", "Gì?"),
    ],
)
def test_the_stem_is_what_was_meant(text: str, stem: str) -> None:
    question = only(text)
    assert (question.text, shown(question)) == (stem, ["*a", "b"]) or question.text == stem
    assert question.ready


def test_a_category_is_the_topic_of_what_follows_and_swallows_no_question() -> None:
    read = bank(
        "Một? {T}\n\n$CATEGORY: $course$/top/Luật//Nghị định/Một cửa: số\n\nHai? {T}\n\n$CATEGORY: Ba\nBa? {F}"
    )
    assert [(one.topic, one.text) for one in read.questions] == [
        ("", "Một?"),
        ("Luật/Nghị định / Một cửa: số", "Hai?"),
        ("Ba", "Ba?"),
    ]


def test_feedback_explains_and_comments_name_the_level() -> None:
    read = bank(
        "// [id:7] [tag:VD]\nGì? {=a#vì a ~b#vì b####Nói chung # thế}\n\nGì nữa? {=a#vì a ~b#vì b}\n\nThật? {T#sai#đúng}"
    )
    assert [one.explanation for one in read.questions] == ["Nói chung # thế", "vì a", "đúng"]
    assert [one.level for one in read.questions] == ["Vận dụng", "", ""]


def test_questions_are_counted_and_stand_on_their_lines() -> None:
    read = bank("// đầu\n\n// chú\nMột? {T}\n\n\nHai? {}\n\nBa? {F}\n")
    assert [(one.number, one.place) for one in read.questions] == [
        ("1", "dòng 4"),
        ("2", "dòng 7"),
        ("3", "dòng 9"),
    ]
    assert (read.format, read.found, read.ready) == ("gift", 3, 2)


def test_penalties_are_not_kept_and_said_so() -> None:
    question = only("Gì? {=a ~%-50%b ~c}")
    assert [fault.kind for fault in question.faults] == [FaultKind.SETTING_LOST]
    assert (question.ready, shown(question)) == (True, ["*a", "b", "c"])


def test_bare_signs_in_a_stem_are_read_and_pointed_out_once() -> None:
    read = bank("Câu nào đúng: {=a ~b}\n\n2+2=? {=4 ~5}\n\nThoát\\: {=a ~b}")
    assert kinds(read) == [[], [], []]
    assert [fault.kind for fault in read.faults] == [FaultKind.FILE_NOTE]
    assert "2 câu" in read.faults[0].message()


def test_several_right_choices_earn_parts_of_the_mark() -> None:
    assert only("Gì? {~%50%a ~%50%b ~c}").partial
    assert not only("Gì? {=a ~b}").partial


@pytest.mark.parametrize(
    ("text", "format_name"),
    [
        ("::a::Gì? {=x ~y}", "gift"),
        ("Gì? {=x ~y}\n\nGì nữa?{T}", "gift"),
        ("// chú\n\n$CATEGORY: x\n\nGì? {#5}", "gift"),
        ("Câu 1: Tập hợp {x ~ y} là gì?\nA. a\nB. b\nĐáp án: A", "text"),
        (
            "Câu 1: Tập {=1} là gì?\nA. a\nB. b\nĐáp án: A\n\nCâu 2: b?\nA. a\nB. b\nĐáp án: A\n\nCâu 3:\nA. a\nB. b",
            "text",
        ),
        ("STT,Câu hỏi,A,B,Đáp án\n1,Tập {=1}?,a,b,A\n2,Gì?,c,d,B", "csv"),
        ("Thủ đô?\nA. Hà Nội\nB. Huế\nANSWER: A", "aiken"),
        ("Câu 1: Thủ đô?\nA. Hà Nội\nB. Huế\nANSWER: A", "text"),
        ("[1] Thủ đô?\nA. Hà Nội\nB. Huế\nANSWER: A", "text"),
        ("Thủ đô?\nA. Hà Nội\nB. Huế\nĐáp án: A", "text"),
    ],
)
def test_text_formats_are_told_apart(text: str, format_name: str) -> None:
    assert read_bank(text.encode(), "a.txt").format == format_name
