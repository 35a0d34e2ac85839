"""Reads a QTI package: a zip whose manifest lists the files of its items."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from contest.banks import picture_files
from contest.banks.formats import qti, qti12
from contest.banks.formats.file_shape import MANIFEST
from contest.banks.formats.gift import bank_of
from contest.banks.formats.safety import check_zip
from contest.banks.formats.sketch import Sketch
from contest.banks.formats.unreadable import Unreadable
from contest.banks.formats.xml_tree import all_text, descendants, parse
from contest.rules.parsed import Fault, FaultKind, ParsedBank, ParsedQuestion, Severity, fault

ITEM_ROOTS = frozenset({"assessmentItem", "qti-assessment-item"})
OLD_ROOT = "questestinterop"
ENDING = ".xml"
# A keyword that names the topic of an item.
TOPIC = "Chủ đề: "
MISSING = "Gói thiếu tệp {name}, nên câu trong đó không đọc được."
UNLISTED = "Tệp {name} có câu hỏi nhưng không có trong danh mục của gói; vẫn được đọc."
NO_PART = "Tệp {name} bị hỏng nên không đọc được câu trong đó."


def read(content: bytes) -> ParsedBank:
    """The bank in a package; places are the names of its parts. Unreadable when it is unsafe."""
    roots = check_zip(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        manifest = min((name for name in names if posixpath.basename(name) == MANIFEST), key=len)
        about: dict[str, tuple[str, ...]] = {}
        for name, keywords in _listed(archive.read(manifest), posixpath.dirname(manifest)):
            about.setdefault(name, keywords)
        listed = list(about)
        items = [name for name in roots if roots[name] in ITEM_ROOTS or roots[name] == OLD_ROOT]
        notes = [_note(MISSING, name, Severity.ERROR) for name in listed if name not in names]
        rest = [name for name in items if name not in listed]
        notes += [_note(UNLISTED, name, Severity.WARNING) for name in rest]
        questions: list[ParsedQuestion] = []
        for name in [*(name for name in listed if name in items), *rest]:
            files = _Files(archive, name)
            questions += _part(files, roots[name], len(questions), about.get(name, ()))
    old = {roots[name] for name in items} == {OLD_ROOT}
    return bank_of("qti12" if old else "qti", questions, notes)


class _Files:
    """The files of a package as one of its items calls them."""

    def __init__(self, archive: zipfile.ZipFile, item: str) -> None:
        self._archive = archive
        self.item = item

    def content(self) -> bytes:
        """The item itself."""
        return self._archive.read(self.item)

    def picture(self, address: str) -> bytes:
        """A file by its address relative to the item; b"" when there is none or it is too large for a picture."""
        try:
            entry = self._archive.getinfo(_inside(address, posixpath.dirname(self.item)))
        except (KeyError, Unreadable):
            return b""
        return self._archive.read(entry) if entry.file_size <= picture_files.LARGEST else b""


def _listed(manifest: bytes, folder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each XML part that the manifest calls a resource, with its keywords.

    Unreadable("unsafe") when a name leads out of the zip.
    """
    root = parse(manifest)
    for resource in descendants(root, "resource"):
        files = [resource.get("href", ""), *(file.get("href", "") for file in descendants(resource, "file"))]
        keywords = tuple(" ".join(all_text(each).split()) for each in descendants(resource, "keyword"))
        for href in filter(None, files):
            name = _inside(href, folder)
            if name.lower().endswith(ENDING):
                yield name, keywords


def _inside(href: str, folder: str) -> str:
    """The name of a part within the zip, "" for an address outside of it."""
    try:
        parts = urlsplit(href.replace("\\", "/"))
    except ValueError as error:
        raise Unreadable("unsafe") from error
    if parts.scheme in ("http", "https"):
        return ""
    name = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if parts.scheme or name.startswith(("/", "..")):
        raise Unreadable("unsafe")
    return name


def _part(files: _Files, root: str, before: int, keywords: Sequence[str]) -> list[ParsedQuestion]:
    """The questions of one part; a broken one leaves a question that says so."""
    name = files.item
    topics = [each.removeprefix(TOPIC) for each in keywords if each.startswith(TOPIC)]
    others = [each for each in keywords if not each.startswith(TOPIC)]
    try:
        if root == OLD_ROOT:
            return qti12.read_items(parse(files.content(), glued_declaration=True), before, f"{name}, ")
        question = qti.read_item(parse(files.content()), str(before + 1), name, files.picture, others)
        return [replace(question, topic=topics[0])] if topics else [question]
    except Unreadable:
        sketch = Sketch(str(before + 1), name)
        sketch.fault(FaultKind.FILE_NOTE, Severity.ERROR, note=NO_PART.format(name=name))
        return [sketch.finish()]


def _note(sentence: str, name: str, severity: Severity) -> Fault:
    return fault(FaultKind.FILE_NOTE, name, severity, note=sentence.format(name=name))
