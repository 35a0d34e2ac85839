"""Reads any file of questions: looks at its content first, then hands it to the reader of that format."""

from dataclasses import replace

from contest.banks.formats import (
    aiken,
    csv_text,
    gift,
    moodle_xml,
    qti,
    qti12,
    qti_package,
    sheets,
    text,
    word,
)
from contest.banks.formats.file_shape import FileShape, disagreement, extension_of, shape_of
from contest.banks.formats.gift_blocks import looks_like_gift
from contest.banks.formats.safety import check_size, check_zip
from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import FaultKind, ParsedBank, fault

# What a text cannot be, whatever its name says: people rename a file hoping that it will open.
NOT_TEXT = {
    "docx": "not_docx",
    "doc": "not_docx",
    "xlsx": "not_sheet",
    "xlsm": "not_sheet",
    "ods": "not_sheet",
}
MISNAMED = "Tên tệp có đuôi {extension} nhưng nội dung là {shape}; hệ thống đã đọc theo nội dung."
KEY_FILE_UNUSED = "Tệp đáp án kèm theo chỉ dùng được với tệp Word hoặc văn bản, nên đã bỏ qua."


def read_bank(content: bytes, filename: str, key_file: bytes | None = None) -> ParsedBank:
    """The bank in a file of any known format; `key_file` is a second document with the key table.

    Parses in this process: an upload goes through `child.read_in_child`. Unreadable when the file
    gives no questions at all.
    """
    for part in filter(None, (content, key_file)):
        check_size(part)
        if part.startswith(b"PK"):
            check_zip(part)
    shape = shape_of(content)
    bank = _read_shape(shape, content, filename, key_file)
    notes = []
    if extension := disagreement(shape, filename):
        notes.append(MISNAMED.format(extension=extension, shape=shape.value))
    if key_file is not None and bank.format not in ("docx", "text"):
        notes.append(KEY_FILE_UNUSED)
    faults = (fault(FaultKind.FILE_NOTE, filename, note=note) for note in notes)
    return replace(bank, faults=(*bank.faults, *faults))


def _read_shape(shape: FileShape, content: bytes, filename: str, key_file: bytes | None) -> ParsedBank:
    if shape is FileShape.DOCX:
        return word.read(content, key_file)
    if shape is FileShape.TEXT:
        return _read_text(content, filename, key_file)
    return _READERS.get(shape, sheets.read)(content)


_READERS = {
    FileShape.MOODLE_XML: moodle_xml.read,
    FileShape.QTI: qti.read,
    FileShape.QTI12: qti12.read,
    FileShape.QTI_PACKAGE: qti_package.read,
}


def _read_text(content: bytes, filename: str, key_file: bytes | None) -> ParsedBank:
    """A table by its header, GIFT by its braces, Aiken by its "ANSWER:" lines, else lines as in a document."""
    extension = extension_of(filename)
    if extension in NOT_TEXT:
        raise Unreadable(NOT_TEXT[extension])
    decoded = csv_text.decode(content)
    if csv_text.best_delimiter(decoded):
        return csv_text.read_text(decoded)
    if extension == "gift" or looks_like_gift(decoded):
        return gift.read_text(decoded)
    if aiken.looks_like_aiken(decoded):
        return aiken.read_text(decoded)
    bank = text.read_text(decoded, csv_text.decode(key_file) if key_file else "")
    return bank if bank.found or extension not in ("csv", "tsv") else csv_text.read_text(decoded)
