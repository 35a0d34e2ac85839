"""The not-yet list as a page, a file and a message to send on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from contest.contests.models import Contest, Round
from contest.contests.moments import spoken_end
from contest.database import db
from contest.errors import NotFound
from contest.paging import Page, page_of
from contest.participation import absent_queries as queries
from contest.permissions import Actor
from contest.rosters import following
from contest.rosters import queries as rosters
from contest.rosters.models import RosterRow
from contest.rosters.queries import RowLine
from contest.units import lineage
from contest.units import queries as units
from contest.units.models import Unit
from contest.web.addresses import whole_address
from contest.web.spreadsheets import Column, Kind, Sheet, workbook

# A printed list longer than this is a job for the file.
MOST_PRINTED = 2000


@dataclass(frozen=True)
class Absent:
    """Who of `listed` people has not yet taken part; `round` None: in no round of the contest.

    `elsewhere`: units, by id, whose people coordinators below follow; nobody of them is in it.
    """

    contest: Contest
    rounds: list[Round]
    round: Round | None
    unit: Unit
    listing: list[Unit]
    elsewhere: frozenset[int]
    listed: int
    page: Page[RosterRow]
    lines: list[RowLine]


def absent(
    contest_id: int, actor: Actor, asked_round: str, asked_unit: str, page: str | None, size: int = 50
) -> Absent:
    """The list of a coordinator's own unit, or of one below it that has no coordinator; raises NotFound for others."""
    if actor.unit_path is None or actor.unit_id is None:
        raise NotFound
    contest, own = rosters.contest(contest_id), units.by_id(actor.unit_id)
    unit = lineage.by_code(asked_unit, actor.unit_path) if asked_unit else own
    rounds = queries.published_rounds(contest_id)
    round_ = queries.chosen(rounds, asked_round)
    below = following.followed_below(contest_id, actor.unit_path)
    if unit.id in below:
        raise NotFound
    found = page_of(queries.absent(contest_id, unit.path, round_.id if round_ else None, below), page, size)
    return Absent(
        contest,
        rounds,
        round_,
        unit,
        [one for one in rosters.listing_units(contest_id, actor.unit_path) if one.id not in below],
        below,
        queries.count(rosters.listed(contest_id, unit.path, below)),
        found,
        rosters.lines(found.rows),
    )


def message(one: Absent, now: datetime) -> str:
    """A short text to send on: how many, what, until when, where. No names: it goes to a group."""
    open_round = next((each for each in one.rounds if each.opens_at <= now < each.closes_at), None)
    target = one.round if one.round is not None and now < one.round.closes_at else open_round
    words = _(
        "%(unit)s: còn %(count)s người chưa dự thi “%(contest)s”.",
        unit=one.unit.name,
        count=one.page.total,
        contest=one.contest.name,
    )
    if target is None:
        return f"{words} {whole_address('contests.page', code=one.contest.code)}"
    how = _(
        "Mời vào thi %(round)s trước %(end)s, làm trên điện thoại, không cần tài khoản: %(link)s",
        round=target.name,
        end=spoken_end(target.closes_at),
        link=whole_address("attempts.round_page", code=target.code),
    )
    return f"{words} {how}"


def as_workbook(one: Absent, now: datetime) -> bytes:
    """Everybody on the list, by given name."""
    columns = [
        Column(_("TT"), Kind.INTEGER, 6),
        Column(_("Họ và tên"), width=30),
        Column(_("Mã cán bộ"), width=14),
        Column(_("Số điện thoại"), width=14),
        Column(_("Đơn vị"), width=34),
        Column(_("Phòng, bộ phận"), width=30),
    ]
    statement = queries.absent(
        one.contest.id, one.unit.path, one.round.id if one.round else None, one.elsewhere
    )
    rows = list(db.session.scalars(statement))
    names = {unit.id: unit.name for unit in one.listing}
    title = [_("Chưa dự thi: %(unit)s", unit=one.unit.name), one.contest.name, period(one)]
    sheet = Sheet(_("Chưa dự thi"), columns, list(_values(rows, names)), title_lines=title)
    return workbook([sheet], made_at=now)


def period(one: Absent) -> str:
    """What the list is about: a round, or the whole contest."""
    return one.round.name if one.round else _("Cả cuộc thi")


def _values(rows: Iterable[RosterRow], names: dict[int, str]) -> Iterable[list[str | int]]:
    for number, row in enumerate(rows, start=1):
        unit = names.get(row.unit_id, "")
        yield [number, row.name, row.code or "", row.phone or "", unit, row.place]
