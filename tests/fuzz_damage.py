"""The ways in which the fuzz run damages a file: bytes, pieces, parts of a zip, elements of XML."""

import copy
import io
import zipfile
from random import Random

from lxml import etree

SPICE = (
    *(
        b"",
        b"\0",
        b"\n",
        b"\n\n",
        b"\t",
        b"A. ",
        "Câu 1: ".encode(),
        "Đáp án: ".encode(),
        b"{",
        b"}",
        b"=",
        b"~",
        b"->",
    ),
    *(
        b"#",
        b"####",
        b"::",
        b"\\",
        b"%50%",
        b"%-",
        b"ANSWER: A",
        b"-1",
        b"0",
        b"1e99",
        b"99999999999999999999",
        b"nan",
    ),
    *(
        b"../",
        b"<",
        b">",
        b"&#x0;",
        b"&lt;p&gt;",
        b"<p>",
        b"</p>",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b'"',
        b"'",
        b"\xff\xfe",
    ),
    *(
        "ư\u0323̛".encode(),
        "\u200b\u00a0".encode(),
        b"\xc3",
        b"XFD1048576",
        b" " * 3000,
        b"A" * 3000,
        b"1." * 500,
    ),
)
MARKS = (b"<", b">", b'"', b" ", b"\n", b",", b"=")
_NO_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 0xFFFE, 0xFFFF))


def damaged(seeds: dict[str, bytes], random: Random) -> tuple[str, bytes]:
    """A file of the family with some damage, under its own or another name."""
    name = random.choice(sorted(seeds))
    content = seeds[name]
    other = seeds[random.choice(sorted(seeds))]
    if content.startswith(b"PK") and random.random() < 0.85:
        content = _with_damaged_part(content, random)
    else:
        content = _damage(content, other, random)
    return (
        name if random.random() < 0.9 else random.choice(("a.docx", "a.xlsx", "a.csv", "a", "a.xml"))
    ), content


def _with_damaged_part(content: bytes, random: Random) -> bytes:
    """The zip with one or two of its parts damaged, all sound as a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.choice((1, 1, 1, 2))):
        weights = [len(part) + 500 for part in parts.values()]
        name = random.choices(list(parts), weights)[0]
        parts[name] = _damage(parts[name], random.choice(list(parts.values())), random)
        if random.random() < 0.03:
            del parts[name]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _damage(content: bytes, other: bytes, random: Random) -> bytes:
    if b"<" in content[:100] and random.random() < 0.6:
        return _with_damaged_tree(content, random)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        content = random.choice(_WAYS)(content, other, random)
    return content


def _with_damaged_tree(content: bytes, random: Random) -> bytes:
    """XML that is still well-formed, with elements lost, doubled, moved or filled with something else."""
    try:
        root = etree.fromstring(content)
    except (etree.XMLSyntaxError, ValueError):
        return content[: random.randint(0, len(content))]
    words = [each for element in root.iter() for each in (element.text, *element.attrib.values()) if each]
    words += [spice.decode("utf-8", "ignore").translate(_NO_CONTROL) for spice in SPICE]
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        _change_element(random.choice(elements), random.choice(elements), random.choice(words), random)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _change_element(element: etree._Element, other: etree._Element, word: str, random: Random) -> None:
    parent = element.getparent()
    keys = [str(key) for key in element.attrib]
    way = random.randrange(7)
    if way == 0 and parent is not None:
        parent.remove(element)
    elif way == 1 and parent is not None:
        for _ in range(random.choice((1, 1, 30))):
            parent.insert(random.randint(0, len(parent)), copy.deepcopy(element))
    elif way == 2 and element is not other and element not in other.iterancestors():
        element.append(copy.deepcopy(other))
    elif way == 3 and keys:
        element.set(random.choice(keys), word)
    elif way == 4 and keys:
        del element.attrib[random.choice(keys)]
    elif way == 5:
        element.tag = other.tag
    else:
        element.text = word


def _flip(content: bytes, _: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(min(random.choice((1, 1, 4, 30)), len(changed))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(content: bytes, _: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    return content[:start] + content[end:]


def _repeat(content: bytes, _: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    return content[:end] + content[start:end] * random.choice((1, 1, 2, 40)) + content[end:]


def _move(content: bytes, _: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    rest = content[:start] + content[end:]
    place = random.randint(0, len(rest))
    return rest[:place] + content[start:end] + rest[place:]


def _spice(content: bytes, _: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    end = random.choice((start, end))
    return content[:start] + random.choice(SPICE) + content[end:]


def _graft(content: bytes, other: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    first, last = _span(other, random)
    return content[:start] + other[first:last] + content[end:]


def _end_early(content: bytes, _: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


_WAYS = (_flip, _cut, _cut, _repeat, _repeat, _move, _spice, _spice, _spice, _graft, _end_early)


def _span(content: bytes, random: Random) -> tuple[int, int]:
    """Two places, mostly near each other and at the edge of a tag, a line or a cell."""
    start = random.randint(0, len(content))
    length = random.choice((1, 3, 10, 40, 200, 2000))
    if random.random() < 0.7:
        mark = random.choice(MARKS)
        found = content.find(mark, start)
        start = found if found >= 0 else start
        ending = content.find(random.choice((mark, b">")), min(start + length, len(content)))
        return start, ending + 1 if ending >= 0 else min(start + length, len(content))
    return start, min(start + length, len(content))
