"""What the public's and the desk's pages of participation hand to their templates and files."""

from io import BytesIO
from typing import Any

from flask import request, send_file
from flask.typing import ResponseReturnValue

from contest.participation import pictures, snapshots, tables
from contest.participation.asked import MOST_COMPARED, Asked
from contest.participation.overview import Overview, overview
from contest.participation.seen_as import View
from contest.participation.snapshots import Subject
from contest.participation.words import BANDS, ORDERS, RATES, WHOM
from contest.permissions import Actor
from contest.rules import main_rate
from contest.rules.counting import Band, tenths_in_words
from contest.units.models import HeadcountKind
from contest.units.words import HEADCOUNT_KINDS, UNIT_KINDS
from contest.web import chart_files
from contest.web.kept_pages import kept_data
from contest.web.translations import current_language, shown

MIMETYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}


def asked() -> Asked:
    """What the reader asks for in the address."""
    return Asked.read(request.args, request.args.getlist("with"))


def asked_by(actor: Actor) -> Asked:
    """The same at the desk: whoever answers for a unit answers for what has become of it, unless the address says otherwise."""
    usual = View.THEN if actor.unit_path is None else View.NOW
    return Asked.read(request.args, request.args.getlist("with"), usual)


def public_numbers(subject: Subject, now: Any) -> Overview:
    """The numbers as everybody sees them in these seconds: page, files, pictures and frames agree."""
    snapshot = kept_data(("participation", *subject.key), lambda: snapshots.read(subject, now))
    return overview(subject, asked(), now, snapshot=snapshot)


def parts_of_a_page(numbers: Overview) -> dict[str, Any]:
    """What every template of numbers needs beside them."""
    return {
        "numbers": numbers,
        "pictures": pictures,
        "orders": ORDERS,
        "measures": HEADCOUNT_KINDS,
        **rate_words(),
        "main_rate": main_rate.in_words(*numbers.figures.rule, current_language()),
        "unit_kinds": UNIT_KINDS,
        "bands": list(zip(Band, BANDS.values(), strict=True)),
        "tenths": tenths_in_words,
        "most_compared": MOST_COMPARED,
    }


def rate_words() -> dict[str, dict[HeadcountKind, str]]:
    """How rates and those they are of are called, in the reader's language: they stand within other sentences."""
    return {
        name: {kind: str(shown(text)) for kind, text in words.items()}
        for name, words in (("rate_words", RATES), ("whom", WHOM))
    }


def public_places(subject: Subject) -> dict[str, Any]:
    """The public addresses of a subject: its page, files, charts and frame, as endpoints with arguments."""
    code = {"code": subject.code}
    names = ("public_page", "download", "chart", "frame")
    if subject.round is None:
        names = ("contest_page", "contest_download", "contest_chart", "contest_frame")
    page, files, chart, frame = (f"participation.{name}" for name in names)
    return {"endpoint": page, "args": code, "files": files, "chart": chart, "frame": frame}


def file_of(numbers: Overview, kind: str) -> ResponseReturnValue:
    """All tables as a workbook, or all units as CSV."""
    content = tables.as_workbook(numbers) if kind == "xlsx" else tables.as_csv(numbers)
    name = f"tham-gia-{numbers.subject.code.lower()}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def chart_of(numbers: Overview, name: str, kind: str) -> ResponseReturnValue:
    """One chart as a picture, or the table behind it."""
    if kind == "csv":
        content = tables.as_csv(numbers, name)
    else:
        chart = pictures.CHARTS[name](numbers, pictures.WIDTHS[1])
        content = chart_files.as_svg(chart, pictures.shown_title(name), tables.notes_of(numbers))
        content = chart_files.as_png(content) if kind == "png" else content
    shown_as = f"{name}-{numbers.subject.code.lower()}.{kind}"
    return send_file(BytesIO(content), MIMETYPES[kind], as_attachment=True, download_name=shown_as)
