"""What must be true of an uploaded file before any parser touches it."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.xml_tree import unglued

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 4000
MAX_UNZIPPED_BYTES = 300 * 1024 * 1024
# Deflate reaches 1032:1 on a bomb; the emptiest honest sheet stays under 150:1.
MAX_RATIO = 250
RATIO_FREE_BYTES = 2 * 1024 * 1024
# expat names an encoding it does not know with LookupError or ValueError.
NOT_XML = (expat.ExpatError, LookupError, ValueError)
XML_ENDINGS = (".xml", ".rels", ".vml")
CHUNK_BYTES = 64 * 1024

ENCRYPTED_FLAG = 0x1
PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class _RootFound(Exception):
    """Ends the reading of a part at its first element."""


def check_size(content: bytes) -> None:
    """Refuse a file over 20 MB."""
    if len(content) > MAX_FILE_BYTES:
        raise Unreadable("too_big", limit=f"{MAX_FILE_BYTES // 1024 // 1024} MB")


def check_zip(content: bytes) -> dict[str, str]:
    """Refuse an unsafe or broken zip; give the local name of the root element of each XML part.

    Media files are not looked into: nothing here ever parses them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return dict(_roots(archive, entries))
    except BROKEN_ZIP as error:
        raise Unreadable("broken") from error


def parse_part(stream: IO[bytes], parser: expat.XMLParserType) -> None:
    """Feed a part to a parser piece by piece, so that memory stays flat; a DOCTYPE is refused."""
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    try:
        while piece := stream.read(CHUNK_BYTES):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except NOT_XML as error:
        raise Unreadable("broken") from error


def local_name(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    # Two parts of one name: the scan would see one, the parser perhaps the other.
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names) or any(map(_leads_out, names)):
        raise Unreadable("unsafe")
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise Unreadable("encrypted")
    if any(entry.compress_type not in PLAIN_METHODS for entry in entries):
        raise Unreadable("broken")
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES or any(map(_is_bomb, entries)):
        raise Unreadable("unsafe")


def _leads_out(name: str) -> bool:
    """Whether a part's name would leave its folder: "../x", "/etc/x", "c:/x"."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FREE_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _roots(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    # Packages of questions come with declarations that only their own programs take.
    lenient = any(entry.filename.endswith("imsmanifest.xml") for entry in entries)
    for entry in entries:
        if entry.is_dir() or "/media/" in entry.filename:
            continue
        with archive.open(entry) as part:
            root = _root(part, lenient)
        # A laxer parser might still read what this one cannot.
        if not root and entry.file_size and entry.filename.lower().endswith(XML_ENDINGS):
            raise Unreadable("broken")
        if root:
            yield entry.filename, root


def _root(part: IO[bytes], lenient: bool) -> str:
    """The local name of a part's root element, "" when the part is not XML."""
    found: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        found.append(local_name(name))
        raise _RootFound

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while piece := part.read(CHUNK_BYTES):
            parser.Parse(unglued(piece) if lenient else piece, False)
    except (_RootFound, *NOT_XML):
        pass
    return found[0] if found else ""


def _refuse_doctype(*_declaration: object) -> None:
    raise Unreadable("unsafe")
