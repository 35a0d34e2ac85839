"""Reads the questions of a Word document (.docx)."""

import io
import zipfile
from pathlib import Path

from lxml import etree

from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.word_body import Body
from contest.banks.formats.word_numbering import Numbering
from contest.banks.formats.word_pictures import RELATION, Pictures
from contest.banks.formats.word_styles import WORD, Styles
from contest.rules.parsed import ParsedBank
from contest.rules.question_text import recognise

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = ("/officeDocument",)
# A thousand questions unpack to about 3 MB; nothing honest comes near this.
_LARGEST_PART = 64 * 1024 * 1024


def read(source: bytes | Path, key_file: bytes | None = None) -> ParsedBank:
    """Every question of a .docx; `key_file` is a second .docx that holds the keys. Raises Unreadable."""
    body = _body(source.read_bytes() if isinstance(source, Path) else source)
    keys = _body(key_file).blocks if key_file else ()
    return recognise(body.blocks, "docx", keys, body.faults)


def _body(content: bytes) -> Body:
    if not content:
        raise Unreadable("empty")
    if content.startswith(_OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable("encrypted" if protected else "legacy_doc")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read_package(package)
    except zipfile.BadZipFile as error:
        raise Unreadable("broken" if content.startswith(b"PK") else "not_docx") from error
    except (RuntimeError, NotImplementedError) as error:
        # zipfile says so for entries with a password or an unknown compression.
        raise Unreadable("broken") from error
    except (etree.XMLSyntaxError, EOFError, OSError, ValueError) as error:
        raise Unreadable("broken") from error


def _read_package(package: zipfile.ZipFile) -> Body:
    main = _main_part(package)
    document = _part(package, main)
    folder = main.rpartition("/")[0]
    body = None if document is None else document.find(WORD + "body")
    if body is None:
        raise Unreadable("not_docx")
    styles = Styles(_part(package, f"{folder}/styles.xml"))
    numbering = Numbering(_part(package, f"{folder}/numbering.xml"), styles)
    file = main.rpartition("/")[2]
    pictures = Pictures(package, main, _part(package, f"{folder}/_rels/{file}.rels"))
    return Body(body, styles, numbering, pictures)


def _main_part(package: zipfile.ZipFile) -> str:
    """The name of the main part, word/document.xml unless the package says otherwise."""
    relations = _part(package, "_rels/.rels")
    if relations is not None:
        for relation in relations.iter(RELATION):
            if relation.get("Type", "").endswith(_MAIN):
                return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """An XML part without entities and network; None when the package does not have it."""
    try:
        entry = package.getinfo(name.lstrip("/"))
    except KeyError:
        return None
    if entry.file_size > _LARGEST_PART:
        raise Unreadable("too_big", limit="64 MB")
    with package.open(entry) as stream:
        content = stream.read(_LARGEST_PART + 1)
    # Word writes no DOCTYPE; one is the door to entities. UTF-16 hides it behind zero bytes.
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise Unreadable("unsafe")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)
