"""What is done with awards for units: set up, draft from what is published and counted, publish."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from contest import history
from contest.awards import queries
from contest.awards.models import AwardLine, AwardScheme, AwardSheet
from contest.awards.queries import MainRate
from contest.contests import queries as contests
from contest.contests.models import Block, Contest
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.results.models import SheetState
from contest.rules import collective, main_rate
from contest.rules.collective import Place, Rule


@dataclass(frozen=True)
class TypedAwards:
    """A set of awards as the board types it; what each field means stands with AwardScheme."""

    name: str
    measure: str
    unit_kinds: str
    firsts: int
    seconds: int
    thirds: int
    consolations: int
    first_points: int
    second_points: int
    third_points: int
    floor: bool = False
    block_id: int | None = None


def add(typed: TypedAwards, contest: Contest, actor: Actor, now: datetime) -> AwardScheme:
    """Set awards up; nothing is ranked yet."""
    scheme = AwardScheme(contest_id=contest.id, created_at=now, **vars(typed))
    db.session.add(scheme)
    db.session.flush()
    _record(contest, "contest:award", scheme.name, actor, now)
    return scheme


def remove(scheme: AwardScheme, contest: Contest, actor: Actor, now: datetime) -> None:
    """Take a set of awards away; raises Refusal once a table of it has been published."""
    if any(sheet.published_at for sheet in queries.sheets(scheme.id)):
        raise Refusal(
            _("Giải này đã công bố nên không bỏ được. Nếu có sai sót, hãy lập bảng mới rồi công bố lại.")
        )
    db.session.delete(scheme)
    _record(contest, "contest:drop_award", scheme.name, actor, now)


def draft(scheme: AwardScheme, contest: Contest, actor: Actor, now: datetime) -> AwardSheet:
    """Make a new version from what is counted and published now; an earlier draft is replaced."""
    rule = queries.rule_of(scheme)
    block = next((one for one in contests.blocks(contest.id) if one.id == scheme.block_id), None)
    entrants, measured = queries.entrants(scheme, contest, block.code if block else "", now)
    names = {entrant.unit_id: name for entrant, name in entrants}
    earlier = queries.sheets(scheme.id)
    db.session.execute(
        update(AwardSheet)
        .where(AwardSheet.scheme_id == scheme.id, AwardSheet.state == SheetState.DRAFT)
        .values(state=SheetState.REPLACED)
    )
    sheet = AwardSheet(
        scheme_id=scheme.id,
        version=1 + max((one.version for one in earlier), default=0),
        state=SheetState.DRAFT,
        name=scheme.name,
        measure=scheme.measure,
        rule_vi=_in_words(rule, block, measured, "vi"),
        rule_en=_in_words(rule, block, measured, "en"),
        drafted_at=now,
    )
    db.session.add(sheet)
    db.session.flush()
    places = collective.placed((entrant for entrant, _name in entrants), rule)
    rows = [_line(sheet.id, number, one, names) for number, one in enumerate(places, start=1)]
    if rows:
        db.session.execute(insert(AwardLine), rows)
    _record(contest, "contest:draft_award", f"{scheme.name} · {sheet.version}", actor, now)
    return sheet


def _in_words(rule: Rule, block: Block | None, measured: MainRate, language: str) -> str:
    """The whole rule as printed: of which block, by what, and over which headcount."""
    said = [f"{block.name}."] if block else []
    said.append(collective.in_words(rule, language))
    if collective.needs_headcount(rule):
        said.append(main_rate.in_words(*measured, language))
    return " ".join(said)


def _line(sheet_id: int, position: int, place: Place, names: dict[int, str]) -> dict[str, object]:
    entrant = place.entrant
    return {
        "sheet_id": sheet_id,
        "position": position,
        "rank": place.rank,
        "prize": place.prize or "",
        "unit_id": entrant.unit_id,
        "unit": names[entrant.unit_id],
        "people": entrant.people,
        "headcount": entrant.headcount,
        "right": entrant.right,
        "out_of": entrant.out_of,
        "firsts": entrant.winners[0],
        "seconds": entrant.winners[1],
        "thirds": entrant.winners[2],
        "value": "" if place.value is None else str(place.value),
        "left_out": place.left_out or "",
    }


def publish(sheet: AwardSheet, contest: Contest, actor: Actor, now: datetime) -> None:
    """Everybody may see this version from now on, in place of an earlier one; raises Refusal for an old draft."""
    if sheet.state != SheetState.DRAFT:
        raise Refusal(_("Bảng này đã được thay bằng bảng mới hơn. Hãy mở bảng mới nhất rồi công bố."))
    db.session.execute(
        update(AwardSheet)
        .where(AwardSheet.scheme_id == sheet.scheme_id, AwardSheet.state == SheetState.PUBLISHED)
        .values(state=SheetState.REPLACED)
    )
    sheet.state, sheet.published_at, sheet.published_by = SheetState.PUBLISHED, now, actor.id
    _record(contest, "contest:publish_award", f"{sheet.name} · {sheet.version}", actor, now)


def _record(contest: Contest, act: str, detail: str, actor: Actor, now: datetime) -> None:
    history.record(actor.signature, act, ("contest", contest.id, contest.name), now, detail)
