"""Pictures inside a Word file: the paragraph that shows one, and the parts of the package that hold it."""

from collections.abc import Sequence

from contest.banks.writing.picture_parts import EMU_PER_PIXEL, ENDINGS, file_name, shown_size
from contest.rules.parsed import ParsedPicture

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# In pixels, at 96 to the inch: two thirds of a line of A4, a fifth of its height.
_WIDEST, _TALLEST = 420, 230


def paragraph_of(number: int, picture: ParsedPicture) -> str:
    """A paragraph with the picture of this number (from 1) of those the package is given."""
    width, height = (pixels * EMU_PER_PIXEL for pixels in shown_size(picture, _WIDEST, _TALLEST))
    name = f'id="{number}" name="Hình {number}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {name}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_id(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def relations(pictures: Sequence[ParsedPicture]) -> str:
    """What ties the pictures to the document."""
    return "".join(
        f'<Relationship Id="{_id(number)}" Type="{_RELATION}/image" Target="media/{file_name(number, one)}"/>'
        for number, one in enumerate(pictures, start=1)
    )


def content_types(pictures: Sequence[ParsedPicture]) -> str:
    """The kinds of pictures there are."""
    kinds = sorted({picture.media_type for picture in pictures})
    return "".join(f'<Default Extension="{ENDINGS[kind]}" ContentType="{kind}"/>' for kind in kinds)


def files(pictures: Sequence[ParsedPicture]) -> dict[str, bytes]:
    """The parts of the package that are the pictures themselves."""
    return {f"word/media/{file_name(at, one)}": one.content for at, one in enumerate(pictures, start=1)}


def _id(number: int) -> str:
    return f"rIdPicture{number}"
