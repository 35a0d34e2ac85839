"""Public participation numbers of a round, as a page and as files."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from contest import clock
from contest.contests import queries as contests
from contest.participation import pictures, tables, verified
from contest.participation.asked import Asked
from contest.participation.overview import overview
from contest.participation.words import BANDS, ORDERS
from contest.results import queries as results
from contest.rules.counting import Band, tenths_in_words
from contest.units.words import HEADCOUNT_KINDS
from contest.web.access import public
from contest.web.kept_pages import kept

blueprint = Blueprint("participation", __name__)


@blueprint.get("/participation/<code>")
@public
@kept
def public_page(code: str) -> ResponseReturnValue:
    now, round_ = clock.now(), contests.round_by_code(code)
    numbers = overview(round_, Asked.read(request.args), now)
    return render_template(
        "participation/public.html",
        numbers=numbers,
        before=now < round_.opens_at,
        verified=verified.seen_from(numbers),
        published=results.is_published(round_.id),
        pictures=pictures,
        orders=ORDERS,
        measures=HEADCOUNT_KINDS,
        bands=list(zip(Band, BANDS.values(), strict=True)),
        tenths=tenths_in_words,
    )


@blueprint.get("/participation/<code>.<any(xlsx, csv):kind>")
@public
def download(code: str, kind: str) -> ResponseReturnValue:
    now, round_ = clock.now(), contests.round_by_code(code)
    numbers = overview(round_, Asked.read(request.args), now)
    content = tables.as_workbook(numbers) if kind == "xlsx" else tables.as_csv(numbers)
    name = f"tham-gia-{round_.code.lower()}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)
