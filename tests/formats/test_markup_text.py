"""HTML in a question becomes text with line breaks; nothing that was written is lost without a word."""

import pytest

from contest.banks.formats.markup_text import plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Một</p><p>Hai<br/>Ba</p>", "Một\nHai\nBa"),
        ("<b class='x'>Đúng</b>&nbsp;&amp; <em>đủ</em>", "Đúng & đủ"),
        ("H<sub>2</sub>O, 10<sup>6</sup>, x<sup>n+1</sup>, 1<sup>er</sup>", "H₂O, 10⁶, xⁿ⁺¹, 1^(er)"),
        ("a<b và c>d", "a<b và c>d"),
        ("x < 5 và y > 3", "x < 5 và y > 3"),
        ("Theo <Nghị định 61>", "Theo <Nghị định 61>"),
        ("Theo <b Nghị định> nào", "Theo <b Nghị định> nào"),
        ("a <!-- ghi chú --> b", "a b"),
        ("a <!-- chưa đóng", "a <!-- chưa đóng"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 | 2\n3"),
        ("một\nhai", "một hai"),
        ("Chữ<o:p></o:p>", "Chữ"),
        ("Đa\u0301p", "Đáp"),
        ("&lt;p&gt;", "<p>"),
    ],
)
def test_tags_become_text(markup: str, text: str) -> None:
    assert plain(markup).text == text
    assert plain(markup).lost == ()


@pytest.mark.parametrize(
    ("markup", "text", "lost"),
    [
        ('Hình <img src="a/b.png" alt=""> này', "Hình này", ("hình ảnh (b.png)",)),
        ("a<script>alert('<p>')</script>b", "a b", ("đoạn mã (script)",)),
        ("a<script>alert(1)", "a", ("đoạn mã (script)",)),
        ("x <math><mi>y</mi></math> z", "x z", ("công thức",)),
        ("x <svg/> z <iframe src='q'></iframe>", "x z", ("hình vẽ", "nội dung nhúng")),
        ("<style>p {}</style>a", "a", ()),
    ],
)
def test_what_cannot_be_text_is_named(markup: str, text: str, lost: tuple[str, ...]) -> None:
    assert plain(markup).text == text
    assert plain(markup).lost == lost


def test_line_breaks_stay_where_the_format_says_so() -> None:
    assert plain("một\n\nhai <b>ba</b>", keep_breaks=True).text == "một\nhai ba"


@pytest.mark.parametrize("piece", ["<a x=", '<a x="', "<!--", "<script", "<sup>", "</", "<a ", "< ", "&lt;"])
def test_a_long_text_of_half_a_tag_takes_no_time(piece: str) -> None:
    assert plain(piece * 20_000).text is not None
