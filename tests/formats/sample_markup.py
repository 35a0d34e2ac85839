"""Questions as other systems export them, with the traps of each format; `make_samples.py` stores them."""

from base64 import b64encode

from tests.features.test_pictures import png
from tests.formats.test_qti12 import choices as old_choices
from tests.formats.test_qti12 import equal, interop, when
from tests.formats.test_qti12 import item as old_item
from tests.formats.test_qti_package import manifest, package

GIFT = r"""// Ngân hàng mẫu
$CATEGORY: $course$/top/Thể chế

// [tag:Nhận biết] [tag:một cửa]
::Câu 1::Cơ quan nào ban hành Nghị quyết số 76/NQ-CP? {
  ~Quốc hội
  =Chính phủ #Đúng, ngày 15/7/2021.
  ~Bộ Nội vụ
  ####Căn cứ\: Nghị quyết số 76/NQ-CP
}

Việc nào làm trực tuyến? {~%50%Khai sinh ~%50%Nộp thuế ~%-100%Lấy mẫu máu}

Cấp huyện không còn. {TRUE}

Thủ đô là? {=Hà Nội =Thủ đô Hà Nội}

Số pi? {#3.14:0.01}

Từ mấy đến mấy? {#1..5}

Ghép\: cặp {=Khai sinh -> Xã =Hộ chiếu -> Công an =Bằng lái -> Công an}

Trung tâm {=Phục vụ ~Bảo vệ} hành chính công

Viết một đoạn. {}

Đoạn này chỉ để đọc.
"""
TRAPS = r"""Địa chỉ nào? {=http\://a.vn ~http://b.vn/?x=1 ~class="x"}

Công thức \\neq là gì? {=khác ~bằng}

Số Pi viết theo kiểu Việt? {#3,14}

Trọng số viết dấu phẩy? {~%50,5%Một ~%49,5%Hai}

Ngoặc thừa? {=Một {~Hai}}

Chữ có [ngoặc vuông] và -> mũi tên? {=A > B ~A < B}
"""
AIKEN = """Cơ quan nào ban hành Nghị quyết số 76/NQ-CP?
A. Quốc hội
B. Chính phủ
ANSWER: B

Bộ phận Một cửa ở đâu?
a) Trung tâm
b) Hội đồng
ANSWER:a.

Khóa ngoài các phương án?
A. Một
B. Hai
ANSWER: C
"""
PICTURE = b64encode(png()).decode()
MOODLE = f"""<?xml version="1.0" encoding="UTF-8"?><quiz>
<question type="category"><category><text>$course$/top/Thể chế</text></category></question>
<question type="multichoice"><name><text>1</text></name><questiontext format="html"><text><![CDATA[<p>Hình nào là <b>Quốc huy</b>?</p>
<img src="@@PLUGINFILE@@/h.png" alt="">]]></text><file name="h.png" path="/" encoding="base64">{PICTURE}</file></questiontext>
<generalfeedback format="html"><text>Vì thế.</text></generalfeedback><single>true</single>
<answer fraction="100"><text>Hình A</text></answer><answer fraction="0"><text>Hình B</text></answer>
<tags><tag><text>TH</text></tag><tag><text>biểu trưng</text></tag></tags></question>
<question type="multichoice"><questiontext format="html"><text>Những gì?</text></questiontext><single>false</single>
<answer fraction="33.33333"><text>Một</text></answer><answer fraction="33.33333"><text>Hai</text></answer>
<answer fraction="33.33333"><text>Ba</text></answer><answer fraction="-100"><text>Bốn</text></answer></question>
<question type="multichoice"><questiontext format="html"><text>Điểm lạ?</text></questiontext><single>true</single>
<answer fraction="33"><text>Một</text></answer><answer fraction="0"><text>Hai</text></answer></question>
<question type="truefalse"><questiontext format="plain_text"><text>1 &lt; 2</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="shortanswer"><questiontext><text>Thủ đô?</text></questiontext><answer fraction="100"><text>Hà Nội</text></answer></question>
<question type="numerical"><questiontext><text>Số pi?</text></questiontext>
<answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer></question>
<question type="matching"><questiontext><text>Ghép</text></questiontext>
<subquestion><text>Khai sinh</text><answer><text>Xã</text></answer></subquestion>
<subquestion><text>Hộ chiếu</text><answer><text>Công an</text></answer></subquestion></question>
<question type="ordering"><questiontext><text>Xếp</text></questiontext><gradingtype>ALL_OR_NOTHING</gradingtype>
<answer fraction="2"><text>Sau</text></answer><answer fraction="1"><text>Trước</text></answer></question>
<question type="essay"><questiontext><text>Viết.</text></questiontext></question>
<question type="cloze"><questiontext><text>Điền {{1:SA:=x}}</text></questiontext></question>
</quiz>"""


def item2(body: str, declared: str, template: str = "match_correct") -> str:
    """An item of QTI 2.1."""
    return (
        '<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t">'
        f"{declared}<itemBody>{body}</itemBody>"
        f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{template}"/></assessmentItem>'
    )


def declared2(cardinality: str, *values: str, more: str = "") -> str:
    """A declared response of identifiers."""
    inner = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">'
        f"<correctResponse>{inner}</correctResponse>{more}</responseDeclaration>"
    )


CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{}"><prompt>Ai ban hành?</prompt>'
    '<simpleChoice identifier="x1">Quốc hội</simpleChoice><simpleChoice identifier="y2">Chính phủ</simpleChoice>'
    '<simpleChoice identifier="z3" fixed="true">Cả hai cơ quan trên</simpleChoice></choiceInteraction>'
)
SINGLE = item2(CHOICE.format(1), declared2("single", "y2"))
SEVERAL = item2(CHOICE.format(0), declared2("multiple", "x1", "y2"))
SHOWN = item2('<p><img src="../hinh/h.png" alt=""/></p>' + CHOICE.format(1), declared2("single", "y2"))
SLIDER = item2(
    '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>',
    declared2("single", "1"),
)
ITEM3 = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="t">'
    '<qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier"><qti-correct-response>'
    "<qti-value>B</qti-value><qti-value>A</qti-value></qti-correct-response></qti-response-declaration><qti-item-body>"
    '<qti-order-interaction response-identifier="RESPONSE"><qti-prompt>Xếp các bước</qti-prompt>'
    '<qti-simple-choice identifier="A">Sau</qti-simple-choice><qti-simple-choice identifier="B">Trước</qti-simple-choice>'
    "</qti-order-interaction></qti-item-body>"
    '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
    "</qti-assessment-item>"
)
LISTED3 = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"><resources>'
    '<resource identifier="r" type="imsqti_item_xmlv3p0" href="a.xml"><metadata><lom><general>'
    "<keyword><string>Chủ đề: Thủ tục</string></keyword><keyword><string>Mức độ: Vận dụng</string></keyword>"
    '<keyword><string>một cửa</string></keyword></general></lom></metadata><file href="a.xml"/></resource></resources></manifest>'
)
CANVAS = interop(
    old_item("multiple_choice_question", old_choices("Quốc hội", "Chính phủ"), when(equal("2"))),
    old_item(
        "essay_question", "<response_str ident='r' rcardinality='Single'><render_fib/></response_str>", ""
    ),
)
SAMPLES: dict[str, bytes] = {
    "gift-kinds.gift": GIFT.encode(),
    "gift-traps.gift": TRAPS.encode(),
    "aiken.txt": AIKEN.encode(),
    "moodle.xml": MOODLE.encode(),
    "qti-2.1-item.xml": SINGLE.encode(),
    "qti-2.1-package.zip": package(
        {
            "imsmanifest.xml": manifest("c/a.xml", "c/b.xml", "c/d.xml", "c/gone.xml"),
            "c/a.xml": SEVERAL,
            "c/b.xml": SHOWN,
            "c/d.xml": SLIDER,
            "hinh/h.png": png(),
        }
    ),
    "qti-2.2-item.xml": SINGLE.replace("imsqti_v2p1", "imsqti_v2p2").encode(),
    "qti-3.0-package.zip": package({"imsmanifest.xml": LISTED3, "a.xml": ITEM3}),
    "qti-1.2-canvas.xml": CANVAS,
}
