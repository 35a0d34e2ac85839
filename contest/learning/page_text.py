"""Reading pages from Markdown: pictures and files of the page itself, nothing from elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from contest.web.pages import ALLOWED_TAGS

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}}


@dataclass(frozen=True)
class Linked:
    """A file of the page: its address, and the size of a picture in pixels (None: a document)."""

    address: str
    width: int | None
    height: int | None


def as_html(text: str, files: Mapping[str, Linked]) -> Markup:
    """Safe HTML. `![…](name)` shows a picture of the page, `[…](name)` leads to a file; other pictures are left out."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.children:
            token.children = [_of_the_page(child, files) for child in token.children]
    html = nh3.clean(
        _markdown.renderer.render(tokens, _markdown.options, {}),
        tags=ALLOWED_TAGS | {"img"},
        attributes=_ATTRIBUTES,
    )
    return Markup(html)  # noqa: S704  nh3 has just cleaned it


def _of_the_page(token: Token, files: Mapping[str, Linked]) -> Token:
    if token.type == "link_open":
        found = files.get(str(token.attrGet("href")))
        if found is not None:
            token.attrSet("href", found.address)
        return token
    if token.type != "image":
        return token
    found = files.get(str(token.attrGet("src")))
    if found is None or found.width is None:
        # What it was to show is said; a picture from elsewhere would tell that place who reads here.
        return Token("text", "", 0, content=token.content)
    attributes = {"src": found.address, "width": str(found.width), "height": str(found.height)}
    for name, value in (attributes | {"loading": "lazy"}).items():
        token.attrSet(name, value)
    return token
