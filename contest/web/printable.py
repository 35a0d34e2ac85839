"""Text made fit for a file that people open elsewhere."""

import re
import unicodedata

# What XML 1.0 forbids: a single one of these and Excel or a browser calls the whole file damaged.
_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SPACE = re.compile("(?:(?!\u00a0%)\\s)+")


def printable(text: str) -> str:
    """NFC, line ends as LF, without the characters XML forbids. Tabs and line ends stay."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN_IN_XML.sub("", unified))


def one_line(text: str, longest: int | None = None) -> str:
    """`printable` on one line, cut with "…" so that it has at most `longest` characters.

    A number and its "%" stay together where they came so.
    """
    line = _SPACE.sub(" ", printable(text)).strip()
    if longest is None or len(line) <= longest:
        return line
    return line[: longest - 1].rstrip() + "…"
