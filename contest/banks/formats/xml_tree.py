"""Opens the XML of a question file without entities, network or depth that could do harm."""

import re
from collections.abc import Iterator

from lxml import etree

from contest.banks.formats.unreadable import Unreadable

# Canvas writes this declaration without the space before "encoding".
_GLUED = re.compile(rb"^(\s*<\?xml version=(?:\"1\.0\"|'1\.0'))(encoding=)")
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_HEAD_BYTES = 4096
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def root_name(content: bytes) -> str:
    """The name of the root element as the beginning of a file shows it, "" when it does not look like XML."""
    head = content[:_HEAD_BYTES]
    encoding = next((name for start, name in _WIDE if head.startswith(start)), "utf-8")
    found = _ROOT.match(head.decode(encoding, "ignore").removeprefix("\ufeff"))
    return found[1] if found else ""


def parse(content: bytes, glued_declaration: bool = False) -> etree._Element:
    """The root of an XML file, without comments; Unreadable when it is broken or has a DOCTYPE.

    `glued_declaration` also takes a declaration that lacks the space before "encoding".
    """
    # An honest question file has no DOCTYPE; UTF-16 would hide one behind zero bytes.
    if b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
        raise Unreadable("unsafe")
    if glued_declaration:
        content = unglued(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable("broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unsafe")
    return root


def unglued(content: bytes) -> bytes:
    """The same file with the space that its declaration lacks before "encoding"."""
    return _GLUED.sub(rb"\1 \2", content)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of these names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name."""
    return None if element is None else next(children(element, name), None)


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All elements of these names within an element, in document order."""
    return (each for each in element.iter() if each is not element and local(each) in names)


def all_text(element: etree._Element | None) -> str:
    """All letters within an element."""
    return "" if element is None else "".join(str(part) for part in element.itertext())
