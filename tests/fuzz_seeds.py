"""Good files of every family, from which the fuzz run makes bad ones."""

import io
import zipfile
from pathlib import Path

from tests.formats.docx_files import docx, numbered, numbering, paragraph, run, table
from tests.formats.workbooks import HEADER, ROW, ods, ods_row, xls, xlsx

BANKS = Path(__file__).parent.parent / "question_banks"
SAMPLES = Path(__file__).parent / "formats" / "files"
ENDINGS = {
    "docx": (".docx",),
    "xlsx": (".xlsx", ".xls", ".ods"),
    "text": (".txt", ".csv", ".tsv", ".gift"),
    "xml": (".xml", ".zip"),
}

LINES = (
    "PHẦN I. THỂ CHẾ\nCâu 1: Nghị quyết số 76/NQ-CP ban hành ngày nào?\nA. 15/7/2021\tB. 08/11/2011\nC. 27/3/2021\n"
    "D. Cả A và B\nĐáp án: A\nCăn cứ: Nghị quyết số 76/NQ-CP.\n\nCâu 2 (TH). Một cửa là gì?\n*A. Nơi nộp\nB. Nơi ở\n"
    "phần nối\nC. Nơi bán\n\n3) Đúng hay sai?\nĐáp án: Đúng\n\nCâu 4: Chọn nhiều đáp án\nA. a\nB. b\nC. c\n"
    "-------- HẾT --------\nBẢNG ĐÁP ÁN\n2-A; 4-A,C\n| Câu | 1 | 2 |\n| Đáp án | A | a |\n"
)
CSV = (
    "NGÂN HÀNG CÂU HỎI;;;;;;;\nSTT;Lĩnh vực;Câu hỏi;PA A;PA B;PA C;Đáp án;Căn cứ\n"
    '1;TTHC;"Nộp ở\nđâu?";Cổng;Trang;Cả 2;A;NĐ 61/2018/NĐ-CP\n2;;Bao nhiêu?;3,5;5;7;5;\n3;;Gì?;a;b;;A,B;\n'
)
BLOOKET = (
    '"Blooket\nImport Template",,,,,,,\nQuestion #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)",'
    '"Answer 4\n(Optional)","Time Limit (sec)\n(Max: 300 seconds)","Correct Answer(s)\n(Only include Answer #)"\n'
    '1,Gì?,a,b,c,d,20,"1,2"\n'
)
TCEXAM = (
    "M=MODULE\tx\nS=SUBJECT\tx\nQ=QUESTION\tx\nA=ANSWER\tx\n\nM\t1\tCCHC\nS\t1\tMột cửa\t\n"
    "Q\t1\tGì?\tVì\tS\nA\t1\tMột\t\t0\nA\t1\tHai\t\t1\n"
)
GIFT = (
    "// [tag:NB]\n$CATEGORY: $course$/top/Luật\n\n::Tên\\:::[html]Thủ đô <b>nào</b>? {=Hà Nội#đúng ~Huế ####Vì}\n\n"
    "Hai {~%50%a ~%33.333%b ~%-100%c}\n\nSố {#3.14:0.01}\n\nKhoảng {#=%100%1..5 =%50%0..9#x}\n\nNối {=a -> b =c -> d}\n\n"
    "Thật? {T#sai#đúng}\n\nViết {}\n\n$\\\\neq$ {=x\\=1 =y} nhé\n"
)
AIKEN = "Thủ đô?\nA. Hà Nội\nB) Huế\nANSWER: A\n\nHai\ndòng?\na) x\nb)y\nANSWER:B.\n"
TEXTS = {
    "a.txt": LINES.encode(),
    "wide.txt": LINES.encode("utf-16"),
    "old.txt": LINES.encode("cp1258", "ignore"),
    "tcvn3.txt": "C©u 8. Thñ tôc hµnh chÝnh ®\xadîc niªm yÕt?\nA. Trªn Cæng\nB. T¹i n¬i\n§¸p ¸n: B\n".encode(
        "cp1252"
    ),
    "a.csv": CSV.encode("utf-8-sig"),
    "blooket.csv": BLOOKET.encode(),
    "tcexam.tsv": TCEXAM.encode(),
    "a.gift": GIFT.encode(),
    "aiken.txt": AIKEN.encode(),
}

MOODLE = (
    '<?xml version="1.0" encoding="UTF-8"?><quiz><question type="category"><category><text>$course$/top/Luật</text>'
    '</category></question><question type="multichoice"><questiontext format="html"><text><![CDATA[<p>Gì <sup>2</sup>'
    "</p>]]></text></questiontext><generalfeedback><text>Vì</text></generalfeedback><single>false</single>"
    '<answer fraction="50" format="html"><text>a &lt;br&gt;</text></answer><answer fraction="50"><text>b</text></answer>'
    '<answer fraction="-100"><text>c</text></answer><tags><tag><text>TH</text></tag></tags></question>'
    '<question type="numerical"><questiontext><text>Số</text></questiontext><answer fraction="100"><text>3.14</text>'
    '<tolerance>0.5</tolerance></answer></question><question type="matching"><questiontext><text>Nối</text>'
    "</questiontext><subquestion><text>a</text><answer><text>b</text></answer></subquestion><subquestion><text>c</text>"
    '<answer><text>d</text></answer></subquestion></question><question type="truefalse"><questiontext><text>Đ?</text>'
    '</questiontext><answer fraction="100"><text>true</text></answer></question><question type="ordering"><questiontext>'
    '<text>Xếp</text></questiontext><answer fraction="1"><text>a</text></answer><answer fraction="2"><text>b</text>'
    "</answer></question></quiz>"
)
ITEM = (
    '<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
    ' identifier="i"><responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">'
    '<correctResponse><value>x</value><value>z</value></correctResponse><mapping lowerBound="0" upperBound="2"'
    ' defaultValue="0"><mapEntry mapKey="x" mappedValue="1"/><mapEntry mapKey="z" mappedValue="1"/></mapping>'
    '</responseDeclaration><itemBody><p>Dẫn</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true"'
    ' maxChoices="0"><prompt>Gì?</prompt><simpleChoice identifier="x">Một</simpleChoice><simpleChoice identifier="y"'
    ' fixed="true">Hai</simpleChoice><simpleChoice identifier="z">Ba</simpleChoice></choiceInteraction></itemBody>'
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/><correct"
    " identifier='RESPONSE'/></match><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue>"
    "</setOutcomeValue></responseIf></responseCondition></responseProcessing></assessmentItem>"
)
ORDER = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"><qti-response-declaration'
    ' identifier="RESPONSE" cardinality="ordered" base-type="identifier"><qti-correct-response><qti-value>b</qti-value>'
    "<qti-value>a</qti-value></qti-correct-response></qti-response-declaration><qti-item-body><qti-order-interaction"
    ' response-identifier="RESPONSE"><qti-prompt>Xếp</qti-prompt><qti-simple-choice identifier="a">a</qti-simple-choice>'
    '<qti-simple-choice identifier="b">b</qti-simple-choice></qti-order-interaction></qti-item-body></qti-assessment-item>'
)
CANVAS = (
    '<?xml version="1.0"encoding="UTF-8"?><questestinterop><assessment><section title="s"><item ident="i"><itemmetadata>'
    "<qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>multiple_answers_question"
    "</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext"
    ' texttype="text/html">&lt;p&gt;Gì?&lt;/p&gt;</mattext></material><response_lid ident="r" rcardinality="Multiple">'
    '<render_choice><response_label ident="1"><material><mattext>a</mattext></material></response_label>'
    '<response_label ident="2"><material><mattext>b</mattext></material></response_label></render_choice></response_lid>'
    '</presentation><resprocessing><outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes><respcondition>'
    '<conditionvar><and><varequal respident="r">1</varequal><not><varequal respident="r">2</varequal></not></and>'
    '</conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item><item'
    ' ident="j"><presentation><response_num ident="n"><render_fib/></response_num></presentation><resprocessing>'
    '<respcondition><conditionvar><vargte respident="n">1</vargte><varlte respident="n">5</varlte></conditionvar>'
    "<setvar>100</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>"
)
MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources><resource identifier="a"'
    ' type="imsqti_item_xmlv2p1" href="items/a.xml"><file href="items/a.xml"/></resource><resource identifier="b"'
    ' type="imsqti_item_xmlv3p0" href="b.xml"/></resources></manifest>'
)


def families() -> dict[str, dict[str, bytes]]:
    """The seed files of each family by their names, the samples of every variant among them."""
    samples = {path.name: path for path in sorted(SAMPLES.iterdir()) if not path.match("*.expected.txt")}
    return {
        family: seeds
        | {name: path.read_bytes() for name, path in samples.items() if name.endswith(ENDINGS[family])}
        for family, seeds in _own().items()
    }


def _own() -> dict[str, dict[str, bytes]]:
    banks = {path.name: path.read_bytes() for path in sorted(BANKS.iterdir())}
    sheet_rows = [
        HEADER,
        ROW,
        (2, "Đúng hay sai?", "Đúng", "Sai", None, None, 1),
        (3, "Số?", 5, 7.5, 9, 11, "7,5"),
    ]
    return {
        "docx": {name: content for name, content in banks.items() if name.endswith(".docx")} | _documents(),
        "xlsx": {name: content for name, content in banks.items() if name.endswith(".xlsx")}
        | {
            "a.xlsx": xlsx(sheet_rows),
            "a.ods": ods(ods_row(HEADER) + ods_row(ROW)),
            "a.xls": xls([HEADER, ROW]),
        },
        "text": TEXTS,
        "xml": {
            "moodle.xml": MOODLE.encode(),
            "item.xml": ITEM.encode(),
            "order.xml": ORDER.encode(),
            "canvas.xml": CANVAS.encode(),
            "package.zip": zipped(
                {"imsmanifest.xml": MANIFEST, "items/a.xml": ITEM, "b.xml": ORDER, "c.xml": CANVAS}
            ),
        },
    }


def zipped(parts: dict[str, str]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _documents() -> dict[str, bytes]:
    """Small documents of each shape: lines, automatic numbers, tables, emphasis."""
    lists = numbering(("decimal", "Câu %1."), ("upperLetter", "%2."))
    return {
        "lines.docx": docx(*LINES.split("\n")),
        "numbers.docx": docx(
            numbered("Một cửa là gì?", 0),
            numbered("Nơi nộp", 1, properties="<w:b/>"),
            numbered("Nơi ở", 1),
            numbered("Hai?", 0),
            numbered("a", 1, properties='<w:color w:val="FF0000"/>'),
            numbered("b", 1),
            numbering=lists,
        ),
        "table.docx": docx(
            table(("STT", "Câu hỏi", "Phương án", "Đáp án"), ("1", "Gì?", "A. a\nB. b", "A")),
            paragraph("Câu 2: ", run("Nào?", "<w:u/>")),
            "A. a\tB. b",
            table(("Câu", "1", "2"), ("Đáp án", "A", "b")),
        ),
    }
