"""Pictures in the files we write: what their files are called, how large they are shown; never one byte changed."""

from base64 import b64encode
from html import escape

from contest.banks.writing.plain import lines
from contest.rules.parsed import ParsedPicture

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
# English metric units, in which Office measures.
EMU_PER_PIXEL = 9525


def file_name(number: int, picture: ParsedPicture) -> str:
    """The name of the file of a question's picture."""
    return f"hinh-{number:04}.{ENDINGS[picture.media_type]}"


def shown_size(picture: ParsedPicture, widest: int, tallest: int) -> tuple[int, int]:
    """Width and height within these bounds, the shape kept; a small picture stays small. In pixels."""
    scale = min(1.0, widest / picture.width, tallest / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def base64(picture: ParsedPicture) -> str:
    """The bytes of a picture as letters."""
    return b64encode(picture.content).decode()


def data_address(picture: ParsedPicture) -> str:
    """An address that is the picture itself."""
    return f"data:{picture.media_type};base64,{base64(picture)}"


def in_html(text: str, picture_address: str = "") -> str:
    """A text as HTML, its line breaks kept, and below it a picture."""
    words = "<br>".join(escape(line, quote=False) for line in lines(text))
    return f'{words}<br><img src="{picture_address}" alt="">' if picture_address else words
