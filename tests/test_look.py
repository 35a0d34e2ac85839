"""The looks keep their promises: weight, contrast, no inline style or script, and parts that readers understand."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import StrictUndefined
from lxml import html
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from contest.web import looks

HOUSE = Path(__file__).parent.parent
STATIC = HOUSE / "static"
TEMPLATES = HOUSE / "templates"
CSS = (STATIC / "site.css").read_text(encoding="utf-8")


class EntryForm(FlaskForm):
    """One field of each kind a page may show."""

    name = StringField("Họ và tên", [DataRequired("Xin ghi họ và tên.")], description="Như trên giấy tờ")
    code = StringField("Mã số", [Optional()])
    unit = SelectField(
        "Đơn vị", choices=[SelectChoice("1", "Sở Nội vụ"), SelectChoice("2", "Xã Nghĩa Trụ Thượng")]
    )
    block = RadioField(
        "Khối", choices=[SelectChoice("a", "Cán bộ"), SelectChoice("b", "Người dân")], validators=[Optional()]
    )
    days = SelectMultipleField(
        "Ngày",
        choices=[SelectChoice("2", "Thứ Hai"), SelectChoice("3", "Thứ Ba")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    consent = BooleanField("Tôi đồng ý")


@pytest.fixture
def page() -> Iterator[Flask]:
    app = Flask("look", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.secret_key = "only for this test"
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(static_url=lambda name: f"/static/{name}", language="vi")
    app.jinja_env.globals.update(
        look=dict.fromkeys(looks.CHOICES, ""), site_foot=looks.site_foot, here_with=looks.here_with
    )
    CSRFProtect(app)
    app.add_url_rule("/styleguide", "styleguide", lambda: "", methods=["GET", "POST"])
    with app.test_request_context("/styleguide", method="POST", data={"unit": "1"}):
        yield app


@pytest.fixture
def guide(page: Flask) -> html.HtmlElement:
    form = EntryForm(meta={"csrf": False})
    form.validate()
    return html.document_fromstring(render_template("styleguide.html", form=form))


def tokens(start: str) -> dict[str, str]:
    """The hex colours named in the first rule whose selector is `start`."""
    rule = CSS[CSS.index(start + " {") :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", rule[: rule.index("}")]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHT = tokens(":root")
SCHEMES = {"light": LIGHT, "dark": LIGHT | tokens(':root[data-scheme="dark"]')}
TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "tint"), ("slate", "paper"), ("slate", "sheet"),
    ("slate-on-tint", "tint"), ("red-ink", "paper"), ("red-ink", "sheet"), ("red-ink", "red-tint"),
    ("on-red", "red"), ("on-red", "red-deep"), ("on-gold", "gold"), ("ink", "gold-tint"), ("ink", "jade-tint"),
    ("paper", "jade"), ("paper", "ink"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][text], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
def test_edges_of_controls_and_marks_stand_out(scheme: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert min(contrast(colours[mark], colours[ground]) for mark in ("edge", "jade", "red-ink")) >= 3


def test_the_dark_scheme_is_the_same_asked_for_by_device_or_by_hand() -> None:
    assert tokens('  :root:not([data-scheme="light"])') == tokens(':root[data-scheme="dark"]')


@pytest.mark.parametrize(
    ("name", "most"), [("site.css", 8_192), ("site.js", 2_048), ("drum.svg", 6_144), ("icon.svg", 1_024)]
)
def test_what_every_phone_loads_stays_light(name: str, most: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= most


def test_the_typeface_is_named_only_where_a_screen_is_wide_or_in_print() -> None:
    used = [found.start() for found in re.finditer(r'--face: "Be Vietnam Pro"', CSS)]
    assert [CSS[:at].rindex("@media print, (min-width: 56.25em)") < at for at in used] == [True]
    assert all((STATIC / address).is_file() for address in re.findall(r'url\("([^"]+)"\)', CSS))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_needs_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", text)


def test_every_control_has_a_name_readers_can_say(guide: html.HtmlElement) -> None:
    labelled = {label.get("for") for label in guide.iter("label")}
    controls = [c for c in guide.iter("input", "select", "textarea") if c.get("type") != "hidden"]
    assert [c.get("name") for c in controls if not (c.get("aria-label") or c.get("id") in labelled)] == []


def test_no_two_parts_share_an_id(guide: html.HtmlElement) -> None:
    ids = guide.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_faulty_field_points_to_its_hint_and_its_fault(guide: html.HtmlElement) -> None:
    field = guide.get_element_by_id("name")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", "name-hint name-faults")
    assert guide.get_element_by_id("name-faults").text_content().strip() == "Xin ghi họ và tên."


def test_only_what_may_be_left_out_is_marked_so(guide: html.HtmlElement) -> None:
    marked = [mark.getparent().text_content() for mark in guide.find_class("optional")]
    assert marked == ["Mã số (không bắt buộc)", "Khối (không bắt buộc)"]


def test_several_choices_share_one_legend(guide: html.HtmlElement) -> None:
    days = guide.get_element_by_id("days")
    assert days.tag == "fieldset"
    assert [label.text_content() for label in days.iter("label")] == ["Thứ Hai", "Thứ Ba"]


def test_a_bar_over_the_whole_is_drawn_full_and_flagged(page: Flask) -> None:
    source = (
        '{% from "components.html" import bars %}'
        '{{ bars([{"label": "Xã", "value": "trên 100 %", "share": 104.1, "note": "", "flagged": true}]) }}'
    )
    bar = html.fragment_fromstring(render_template_string(source))
    assert bar.xpath(".//rect[@class='share']/@width") == ["100%"]
    assert bar.xpath(".//li/@class") == ["flagged"]


@pytest.mark.parametrize(
    ("page_number", "shown"),
    [(1, "1 2 … 9 Sau"), (5, "Trước 1 … 4 5 6 … 9 Sau"), (9, "Trước 1 … 8 9")],
)
def test_the_pager_shows_the_ends_and_the_neighbours(page: Flask, page_number: int, shown: str) -> None:
    source = '{% from "components.html" import pager %}{{ pager(n, 9, "styleguide", {"q": "xã"}) }}'
    bar = html.fragment_fromstring(render_template_string(source, n=page_number).strip())
    assert " ".join(item.text_content() for item in bar.iter("li")) == shown
    assert all("q=" in address for address in bar.xpath(".//@href"))


def test_a_message_left_for_the_next_page_is_shown_calmly(page: Flask) -> None:
    with page.test_client() as client:
        page.add_url_rule("/left", "left", lambda: render_template("styleguide.html"))
        with client.session_transaction() as session:
            session["_flashes"] = [("error", "Chưa mở được đợt thi.")]
        notices = html.document_fromstring(client.get("/left").text).find_class("notice")
    assert (notices[0].get("class"), notices[0].get("role")) == ("notice error", "alert")
