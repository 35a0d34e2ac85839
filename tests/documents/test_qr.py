"""A code that is shown can be read."""

import io
import re

import pytest
import typst
import zxingcpp
from lxml import etree
from PIL import Image

from contest.web import qr

ADDRESS = "https://hoithi.vinhan.gov.vn/d/K7M2QX?unit=P-01"


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def rastered(svg: str, pixels: int) -> Image.Image:
    page = """#set page(width: 100pt, height: 100pt, margin: 0pt)
    #image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
    png = typst.compile(page.encode(), format="png", ppi=pixels * 0.72, sys_inputs={"svg": str(svg)})
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "K7M2QX",
        "1",
        "https://hội-thi.vn/đợt-1?đơn-vị=Phường Vĩnh An",
        "https://hoithi.vn/d/K7M2QX?next=" + "a" * 400,
    ],
)
def test_a_png_reads_back_what_was_written(text):
    assert read(Image.open(io.BytesIO(qr.png(text, pixels=600)))) == [text]


@pytest.mark.parametrize("pixels", [41, 100, 164, 165, 233, 1024])
def test_a_png_has_exactly_the_size_that_was_asked_for_and_sharp_modules(pixels):
    image = Image.open(io.BytesIO(qr.png(ADDRESS, pixels=pixels)))
    assert (image.size, image.mode) == ((pixels, pixels), "1")
    scale, left_over = divmod(pixels, 41)
    for row, modules in enumerate(qr.matrix(ADDRESS)):
        y = left_over // 2 + row * scale
        shown = [image.getpixel((left_over // 2 + x * scale, y)) == 0 for x in range(41)]
        assert tuple(shown) == modules


@pytest.mark.parametrize("pixels", [-5, 0, 40, 4097])
def test_a_png_too_small_to_show_a_module_or_too_large_is_refused(pixels):
    with pytest.raises(ValueError, match=f"41 to 4096 pixels is needed, not {pixels}"):
        qr.png(ADDRESS, pixels=pixels)


@pytest.mark.parametrize("text", ["", "x" * 2332, "đ" * 1166])
def test_a_text_that_no_code_can_hold_is_refused(text):
    with pytest.raises(ValueError, match="holds 1 to 2331 bytes"):
        qr.matrix(text)


def test_the_longest_text_fits():
    assert len(qr.matrix("x" * 2331)) == 177 + 2 * 4


def test_four_modules_on_every_side_stay_empty():
    modules = qr.matrix(ADDRESS)
    turned = tuple(zip(*modules, strict=True))
    for edge in (modules[:4], modules[-4:], turned[:4], turned[-4:]):
        assert not any(any(row) for row in edge)
    assert any(modules[4])


def test_an_svg_reads_back_what_was_written():
    assert read(rastered(qr.svg(ADDRESS, title="Mã QR"), 300)) == [ADDRESS]


def test_an_svg_draws_exactly_the_dark_modules():
    path = re.search(r' d="([^"]+)"', qr.svg(ADDRESS, title="Mã QR"))
    assert path is not None
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path[1]):
        drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
    expected = {(x, y) for y, row in enumerate(qr.matrix(ADDRESS)) for x, dark in enumerate(row) if dark}
    assert drawn == expected


def test_an_svg_is_named_dark_on_light_and_free_of_styles():
    drawing = etree.fromstring(qr.svg(ADDRESS, title='Vào thi "Đợt 1" <nhanh> & gọn'))
    svg = "{http://www.w3.org/2000/svg}"
    assert drawing.get("role") == "img"
    assert [child.tag for child in drawing] == [svg + "title", svg + "rect", svg + "path"]
    assert drawing.findtext(svg + "title") == 'Vào thi "Đợt 1" <nhanh> & gọn'
    assert [child.get("fill") for child in drawing] == [None, "#FFFFFF", "#000000"]
    assert not drawing.xpath("//@style")
