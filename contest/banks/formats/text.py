"""Reads questions pasted or saved as plain text, in Unicode or an older Vietnamese encoding."""

import codecs

from contest.banks.formats.unreadable import Unreadable
from contest.rules.parsed import ParsedBank
from contest.rules.question_text import recognise_text
from contest.rules.vietnamese_legacy import Legacy, decode, legacy_of_lines, syllables

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(content: bytes, key_file: bytes | None = None) -> ParsedBank:
    """Every question of a text file; `key_file` is a second text that holds the keys."""
    return read_text(decoded(content), decoded(key_file) if key_file else "")


def read_text(text: str, keys: str = "") -> ParsedBank:
    """Every question of a pasted text; Unreadable when there is nothing in it."""
    if not text.strip():
        raise Unreadable("empty")
    return recognise_text(_in_unicode(text), "text", _in_unicode(keys))


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1258 or the bytes as they are.

    TCVN3 and VNI files come out as Western European letters, which `read_text` converts.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:4096]:
        raise Unreadable("bad_encoding")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        western = "".join(_western(byte) for byte in content)
    vietnamese = content.decode("cp1258", "replace")
    in_old_fonts = max(syllables(western, legacy) for legacy in Legacy)
    return western if in_old_fonts > syllables(vietnamese) else vietnamese


def _western(byte: int) -> str:
    """Windows-1252, with Latin-1 for its five empty places."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _in_unicode(text: str) -> str:
    lines = text.splitlines()
    encodings = legacy_of_lines(lines)
    return "\n".join(
        decode(line, encoding) if encoding else line for line, encoding in zip(lines, encodings, strict=True)
    )
