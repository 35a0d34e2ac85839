"""Writes questions as a QTI 3.0 package: a zip with one item for each question and a manifest that lists them."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from contest.banks.writing.picture_parts import file_name
from contest.banks.writing.plain import LEVEL, TOPIC, Numbered, explained, numbered, one_line, tags_with_more
from contest.banks.writing.qti_answers import answers, paragraphs
from contest.banks.writing.word_package import FIRST_ZIP_MOMENT
from contest.rules.parsed import ParsedQuestion
from contest.web.printable import printable

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
FEEDBACK = "FEEDBACK"
EXPLANATION = "EXPLANATION"


def holds(question: ParsedQuestion) -> bool:
    """Every question."""
    return bool(question.choices)


def write(questions: Sequence[ParsedQuestion], title: str) -> bytes:
    """A .zip whose items read the same in any QTI 3.0 program. The same questions give the same bytes.

    Topic, level and tags are keywords in the manifest: an item has no place for them. The source is the last line
    of the feedback. A picture is a file of its own, shown above what is to be answered.
    """
    kept = numbered([question for question in questions if holds(question)])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, "imsmanifest.xml", _manifest(kept, title))
        for each in kept:
            _add(archive, _path(each), _item(each))
            if each.question.picture:
                _add_file(archive, _picture_path(each), each.question.picture.content)
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    _add_file(archive, name, (DECLARATION + content).encode())


def _add_file(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIRST_ZIP_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _path(each: Numbered) -> str:
    return f"items/cau-{each.number:04}.xml"


def _picture_path(each: Numbered) -> str:
    return f"pictures/{file_name(each.number, each.question.picture)}" if each.question.picture else ""


def _manifest(kept: Sequence[Numbered], title: str) -> str:
    general = f"<title>{_string(title)}</title>"
    return (
        f'<manifest xmlns="{PACKAGE}" identifier="hoi-thi"><metadata><schema>QTI Package</schema>'
        f"<schemaversion>3.0.0</schemaversion>{_lom(general)}</metadata><organizations/>"
        f"<resources>{''.join(map(_resource, kept))}</resources></manifest>"
    )


def _resource(each: Numbered) -> str:
    topic, level = one_line(each.question.topic), one_line(each.question.level)
    named = [f"{TOPIC}: {topic}" if topic else "", f"{LEVEL}: {level}" if level else ""]
    # The level is named in words of its own: of the tags only the others are left.
    in_parts = each.question.partial and each.question.kind != "ordering"
    tags = tags_with_more(replace(each.question, level=""), in_parts)
    keywords = "".join(f"<keyword>{_string(word)}</keyword>" for word in [*named, *tags] if word)
    files = "".join(f'<file href="{path}"/>' for path in (_path(each), _picture_path(each)) if path)
    metadata = f"<metadata>{_lom(keywords)}</metadata>" if keywords else ""
    return (
        f'<resource identifier="cau-{each.number:04}" type="imsqti_item_xmlv3p0" href="{_path(each)}">'
        f"{metadata}{files}</resource>"
    )


def _lom(general: str) -> str:
    return f'<lom xmlns="{LOM}"><general>{general}</general></lom>'


def _string(text: str) -> str:
    return f'<string language="vi">{escape(printable(one_line(text)))}</string>'


def _item(each: Numbered) -> str:
    question = each.question
    parts = answers(question)
    feedback = explained(question)
    path = _picture_path(each)
    picture = f'<p><img src="../{path}" alt=""/></p>' if path else ""
    title = quoteattr(f"Câu {each.number}")
    return (
        f'<qti-assessment-item xmlns="{ITEM}" identifier="cau-{each.number:04}" title={title}'
        ' adaptive="false" time-dependent="false" xml:lang="vi">'
        f"{parts.declaration}{_outcomes(bool(feedback))}"
        f"<qti-item-body>{picture}{parts.body}</qti-item-body>"
        f"{parts.processing}{_modal(feedback) if feedback else ''}</qti-assessment-item>"
    )


def _outcomes(with_feedback: bool) -> str:
    """The score, and an outcome that always shows the explanation."""
    score = (
        '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float">'
        "<qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>"
    )
    shown = (
        f'<qti-outcome-declaration identifier="{FEEDBACK}" cardinality="single" base-type="identifier">'
        f"<qti-default-value><qti-value>{EXPLANATION}</qti-value></qti-default-value></qti-outcome-declaration>"
    )
    return score + (shown if with_feedback else "")


def _modal(feedback: str) -> str:
    return (
        f'<qti-modal-feedback outcome-identifier="{FEEDBACK}" identifier="{EXPLANATION}" show-hide="show">'
        f"<qti-content-body>{paragraphs(feedback)}</qti-content-body></qti-modal-feedback>"
    )
