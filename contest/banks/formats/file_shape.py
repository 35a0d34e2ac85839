"""What an uploaded file really is, by its content; its name is only compared with that afterwards."""

import io
import zipfile
from enum import StrEnum

from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.xml_tree import root_name

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A stream's name stands at the start of a 128-byte directory entry ([MS-CFB] 2.6.1).
OLE_ENTRY_BYTES = 128
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
HEAD_BYTES = 2048


class FileShape(StrEnum):
    """The families of files that hold questions; the value is how a person calls it."""

    DOCX = "Word (.docx)"
    XLSX = "Excel (.xlsx)"
    XLS = "Excel 97–2003 (.xls)"
    ODS = "OpenDocument (.ods)"
    MOODLE_XML = "Moodle (.xml)"
    QTI = "QTI (.xml)"
    QTI12 = "QTI 1.2 (.xml)"
    QTI_PACKAGE = "gói QTI (.zip)"
    TEXT = "văn bản (.txt, .csv, .gift)"


SHAPE_OF_EXTENSION = {
    "docx": FileShape.DOCX,
    "docm": FileShape.DOCX,
    "dotx": FileShape.DOCX,
    "xlsx": FileShape.XLSX,
    "xlsm": FileShape.XLSX,
    "xltx": FileShape.XLSX,
    "xls": FileShape.XLS,
    "ods": FileShape.ODS,
    "csv": FileShape.TEXT,
    "tsv": FileShape.TEXT,
    "txt": FileShape.TEXT,
    "gift": FileShape.TEXT,
    "zip": FileShape.QTI_PACKAGE,
}

SHAPE_OF_ROOT = {
    "quiz": FileShape.MOODLE_XML,
    "questestinterop": FileShape.QTI12,
    "assessmentItem": FileShape.QTI,
    "qti-assessment-item": FileShape.QTI,
}
MANIFEST = "imsmanifest.xml"

# First bytes of files that people take for documents: what to say about each.
FOREIGN_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "unknown_format"),
    (b"\x89PNG", "unknown_format"),
    (b"\xff\xd8\xff", "unknown_format"),
    (b"GIF8", "unknown_format"),
    (b"Rar!", "unknown_format"),
    (b"7z\xbc\xaf", "unknown_format"),
    (b"{\\rtf", "not_docx"),
)


def shape_of(content: bytes) -> FileShape:
    """The family of a file by its content; Unreadable when it is none that can be read."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    if content.startswith(b"PK"):
        return _zip_shape(content)
    if content.startswith(OLE_SIGNATURE):
        return _ole_shape(content)
    for start, kind in FOREIGN_STARTS:
        if content.startswith(start):
            raise Unreadable(kind)
    root = root_name(content)
    if root in SHAPE_OF_ROOT:
        return SHAPE_OF_ROOT[root]
    if root:
        _refuse_pages(content[:HEAD_BYTES].lower())
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise Unreadable("unknown_format")
    return FileShape.TEXT


def extension_of(filename: str) -> str:
    """The extension in lower case without its dot, "" when there is none."""
    return filename.rpartition(".")[2].lower().strip() if "." in filename else ""


def disagreement(shape: FileShape, filename: str) -> str:
    """The extension, with its dot, when it promises another family than the content; else ""."""
    extension = extension_of(filename)
    promised = SHAPE_OF_EXTENSION.get(extension)
    return f".{extension}" if promised is not None and promised is not shape else ""


def _refuse_pages(head: bytes) -> None:
    """Web pages and XML saved under the name of a spreadsheet, as some portals export them."""
    if b"<html" in head or b"<table" in head or b"schemas-microsoft-com:office:spreadsheet" in head:
        raise Unreadable("not_sheet")


def _zip_shape(content: bytes) -> FileShape:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable("broken") from error
    if any(name.startswith("word/") for name in names):
        return FileShape.DOCX
    if "xl/workbook.bin" in names:
        raise Unreadable("legacy_sheet")
    if any(name.startswith("xl/") for name in names):
        return FileShape.XLSX
    if kind.startswith(ODS_TYPE):
        return FileShape.ODS
    if any(name.rpartition("/")[2] == MANIFEST for name in names):
        return FileShape.QTI_PACKAGE
    raise Unreadable("not_docx" if kind.startswith(ODT_TYPE) else "unknown_format")


def _ole_shape(content: bytes) -> FileShape:
    if _has_stream(content, "EncryptedPackage"):
        raise Unreadable("encrypted")
    if _has_stream(content, "WordDocument"):
        raise Unreadable("legacy_doc")
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return FileShape.XLS
    raise Unreadable("unknown_format")


def _has_stream(content: bytes, name: str) -> bool:
    wanted = (name + "\0").encode("utf-16-le")
    place = content.find(wanted)
    while place >= 0 and place % OLE_ENTRY_BYTES:
        place = content.find(wanted, place + 1)
    return place >= 0
