"""A text as a QR code: SVG for a page, PNG for a file."""

import struct
import zlib
from itertools import groupby

from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from contest.web.printable import one_line

# ISO/IEC 18004 asks for four empty modules on every side; scanners lose codes that have less.
QUIET_ZONE = 4
# What the largest code (version 40) holds at level M.
LONGEST_TEXT = 2331
LARGEST_IMAGE = 4096

Matrix = tuple[tuple[bool, ...], ...]


def matrix(text: str) -> Matrix:
    """The modules row by row, true for dark, the quiet zone included; error correction M.

    Raises ValueError for an empty text and for one of more than `LONGEST_TEXT` bytes in UTF-8.
    """
    size = len(text.encode())
    if not 0 < size <= LONGEST_TEXT:
        raise ValueError(f"a QR code holds 1 to {LONGEST_TEXT} bytes, not {size}")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def svg(text: str, *, title: str) -> Markup:
    """The code as an SVG whose unit is one module; it fills whatever box it stands in.

    It brings its own white ground, because scanners want dark on light in a dark page too.
    """
    modules = matrix(text)
    side = len(modules)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges"><title>{title}</title>'
        '<rect width="{side}" height="{side}" fill="#FFFFFF"/><path fill="#000000" d="{runs}"/></svg>'
    ).format(side=side, title=one_line(title), runs=_dark_runs(modules))


def png(text: str, *, pixels: int) -> bytes:
    """The code as a square one-bit PNG, `pixels` wide and high.

    Modules are whole pixels, so they stay sharp; what is left over widens the quiet zone.
    Raises ValueError if a module would be smaller than a pixel, or the image over `LARGEST_IMAGE`.
    """
    modules = matrix(text)
    scale, left_over = divmod(pixels, len(modules))
    if scale < 1 or pixels > LARGEST_IMAGE:
        raise ValueError(f"a side of {len(modules)} to {LARGEST_IMAGE} pixels is needed, not {pixels}")
    before = left_over // 2
    after = left_over - before
    blank = _packed([False] * pixels)
    rows = [blank] * before
    for modules_row in modules:
        wide = [module for module in modules_row for _ in range(scale)]
        rows += [_packed([False] * before + wide + [False] * after)] * scale
    return _one_bit_png(pixels, rows + [blank] * after)


def _dark_runs(modules: Matrix) -> str:
    """One SVG path for all dark modules, a rectangle for each unbroken run of a row."""
    parts = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(parts)


def _packed(row: list[bool]) -> bytes:
    """One row of a one-bit PNG: no filter, white is 1, the last byte filled up with white."""
    bits = "".join("0" if dark else "1" for dark in row)
    bits += "1" * (-len(bits) % 8)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _one_bit_png(side: int, rows: list[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
