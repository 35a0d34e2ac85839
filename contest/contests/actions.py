"""What is done with a contest: create, edit, and its blocks."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.contests import queries, settings_queries
from contest.contests.models import (
    Block,
    ConsentKind,
    ConsentText,
    Contest,
    ContestField,
    DeclaredField,
    IdentifiedBy,
    Label,
    RankingLine,
)
from contest.contests.rules_text import ContestSettings, publish_consent, take_part_consent
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import vietnamese
from contest.rules.ranking import RankingKey, RankStyle, check_keys

LONGEST_CODE = 40
MOST_BLOCKS = 20

PRESETS: dict[str, tuple[RankingKey, ...]] = {
    "score": (RankingKey.SCORE, RankingKey.PREDICTION, RankingKey.DURATION, RankingKey.HANDED_IN),
    "all_right": (RankingKey.ALL_RIGHT_ONLY, RankingKey.PREDICTION, RankingKey.HANDED_IN),
    "fastest": (RankingKey.SCORE, RankingKey.DURATION, RankingKey.HANDED_IN),
}


@dataclass(frozen=True)
class Typed:
    """A contest as an organiser typed it. `fields`: what is asked, and whether it must be answered."""

    name: str
    label: Label
    organiser: str
    code: str
    introduction: str
    personal_data_until: date
    fields: tuple[tuple[DeclaredField, bool], ...]
    ranking: tuple[RankingKey, ...]
    rank_style: RankStyle
    identified_by: IdentifiedBy = IdentifiedBy.DECLARED
    minimum_age: int | None = None
    answer_first: bool = False


def address_code(text: str) -> str:
    """The code of an address made of a name: "Tìm hiểu CCHC 2026" gives "tim-hieu-cchc-2026"."""
    words = re.findall("[a-z0-9]+", vietnamese.fold(text))
    code = ""
    for word in words:
        longer = f"{code}-{word}" if code else word[:LONGEST_CODE]
        if len(longer) > LONGEST_CODE:
            break
        code = longer
    return code or "cuoc-thi"


def typed_now(contest: Contest) -> Typed:
    """The settings in force, as they would have been typed."""
    return Typed(
        name=contest.name,
        label=Label(contest.label),
        organiser=contest.organiser,
        code=contest.code,
        introduction=contest.introduction,
        personal_data_until=contest.personal_data_until,
        fields=tuple((DeclaredField(one.field), one.required) for one in queries.fields(contest.id)),
        ranking=queries.ranking_of(contest.id),
        rank_style=RankStyle(contest.rank_style),
        identified_by=IdentifiedBy(contest.identified_by),
        minimum_age=contest.minimum_age,
        answer_first=contest.answer_first,
    )


def create(typed: Typed, block_names: list[str], draw_seed: str, now: datetime, by: Actor) -> Contest:
    """Create an unpublished contest with its blocks and the first consent texts."""
    _check(typed, now)
    contest = Contest(
        code=address_code(typed.code or typed.name),
        name=typed.name,
        label=typed.label,
        organiser=typed.organiser,
        introduction=typed.introduction,
        rank_style=typed.rank_style,
        draw_seed=draw_seed,
        personal_data_until=typed.personal_data_until,
        created_at=now,
    )
    _store_entering(contest, typed)
    db.session.add(contest)
    _flush_code(contest)
    _store_fields(contest, typed)
    _store_ranking(contest, typed)
    names = list(dict.fromkeys(filter(None, block_names)))[:MOST_BLOCKS]
    for name in names:
        _new_block(contest, name)
    settings = settings_queries.contest_settings(contest)
    for kind, text in _consents(settings).items():
        db.session.add(ConsentText(contest_id=contest.id, kind=kind, version=1, text=text, created_at=now))
    history.record(by.signature, "contest:create", ("contest", contest.id, contest.name), now)
    return contest


def edit(contest: Contest, typed: Typed, now: datetime, by: Actor) -> None:
    """Change the settings. What people relied on when they entered stays once the contest is published."""
    _check(typed, now)
    before = settings_queries.contest_settings(contest)
    if contest.published_at is None:
        contest.code = address_code(typed.code or typed.name)
        contest.rank_style = typed.rank_style
        _store_entering(contest, typed)
        _store_fields(contest, typed)
        _store_ranking(contest, typed)
    contest.name, contest.label, contest.organiser = typed.name, typed.label, typed.organiser
    contest.introduction, contest.personal_data_until = typed.introduction, typed.personal_data_until
    _flush_code(contest)
    _follow(contest, before, now)
    history.record(by.signature, "contest:edit", ("contest", contest.id, contest.name), now)


def add_block(contest: Contest, name: str, now: datetime, by: Actor) -> None:
    """Add a block at the end."""
    if len(queries.blocks(contest.id)) >= MOST_BLOCKS:
        raise Refusal(_("Một cuộc thi có nhiều nhất %(most)s khối. Hãy gộp các khối nhỏ.", most=MOST_BLOCKS))
    _new_block(contest, name)
    history.record(by.signature, "contest:add_block", ("contest", contest.id, contest.name), now, name)


def rename_block(contest: Contest, block: Block, name: str, now: datetime, by: Actor) -> None:
    """Give a block another name; people stay in it."""
    detail = f"{block.name} → {name}"
    block.name = name
    history.record(by.signature, "contest:rename_block", ("contest", contest.id, contest.name), now, detail)


def move_block_up(contest: Contest, block: Block, now: datetime, by: Actor) -> None:
    """Let a block change places with the one above it; the first stays."""
    above = next((one for one in queries.blocks(contest.id) if one.position == block.position - 1), None)
    if above is None:
        return
    # Positions are unique, so one steps aside first.
    below, block.position = block.position, -1
    db.session.flush()
    above.position = below
    db.session.flush()
    block.position = below - 1
    history.record(by.signature, "contest:move_block", ("contest", contest.id, contest.name), now, block.name)


def remove_block(contest: Contest, block: Block, now: datetime, by: Actor) -> None:
    """Remove a block nobody has entered in; the constraint of the entries decides."""
    name = block.name
    try:
        db.session.execute(delete(Block).where(Block.id == block.id))
    except IntegrityError:
        sentence = _("Đã có người dự thi trong khối “%(name)s”. Hãy đổi tên khối thay vì xóa.", name=name)
        raise Refusal(sentence) from None
    db.session.expunge(block)
    for position, one in enumerate(queries.blocks(contest.id), start=1):
        one.position = position
        db.session.flush()
    history.record(by.signature, "contest:remove_block", ("contest", contest.id, contest.name), now, name)


def _check(typed: Typed, now: datetime) -> None:
    try:
        check_keys(typed.ranking)
    except ValueError:
        raise Refusal(
            _(
                "Thứ tự xếp hạng chưa dùng được: cần ít nhất một tiêu chí để so, không lặp lại, và bốc thăm đứng cuối. "
                "Hãy chọn lại."
            )
        ) from None
    if typed.personal_data_until <= now.date():
        raise Refusal(_("Ngày xóa dữ liệu cá nhân phải ở tương lai. Hãy chọn một ngày sau khi trao giải."))
    _check_entering(typed)


def _check_entering(typed: Typed) -> None:
    """What people are known by, and what tells their age, must be asked of everybody."""
    required = {field for field, must in typed.fields if must}
    if typed.identified_by == IdentifiedBy.PHONE and DeclaredField.PHONE not in required:
        raise Refusal(_("Muốn nhận ra người dự thi theo số điện thoại thì số điện thoại phải bắt buộc khai."))
    if typed.identified_by == IdentifiedBy.STAFF_CODE and DeclaredField.STAFF_CODE not in required:
        raise Refusal(_("Muốn nhận ra người dự thi theo mã cán bộ thì mã cán bộ phải bắt buộc khai."))
    asked = {field for field, _must in typed.fields}
    told_apart = asked & {DeclaredField.PHONE, DeclaredField.STAFF_CODE, DeclaredField.BIRTH_DATE}
    if typed.identified_by == IdentifiedBy.ROSTER and not told_apart:
        raise Refusal(
            _("Để tìm người trong danh sách, hãy hỏi thêm số điện thoại, mã cán bộ hoặc ngày sinh.")
        )
    if typed.minimum_age is not None and not required & {DeclaredField.BIRTH_DATE, DeclaredField.BIRTH_YEAR}:
        raise Refusal(_("Muốn đặt tuổi tối thiểu thì năm sinh hoặc ngày sinh phải bắt buộc khai."))


def _store_entering(contest: Contest, typed: Typed) -> None:
    contest.identified_by, contest.minimum_age = typed.identified_by, typed.minimum_age
    contest.answer_first = typed.answer_first


def _flush_code(contest: Contest) -> None:
    code = contest.code
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(_("Đã có cuộc thi dùng địa chỉ “%(code)s”. Hãy gõ một mã khác.", code=code)) from None


def _store_fields(contest: Contest, typed: Typed) -> None:
    db.session.execute(delete(ContestField).where(ContestField.contest_id == contest.id))
    required = dict(typed.fields)
    asked = [field for field in DeclaredField if field in required]
    for position, field in enumerate(asked, start=1):
        db.session.add(
            ContestField(contest_id=contest.id, field=field, required=required[field], position=position)
        )
    db.session.flush()


def _store_ranking(contest: Contest, typed: Typed) -> None:
    db.session.execute(delete(RankingLine).where(RankingLine.contest_id == contest.id))
    for position, key in enumerate(typed.ranking, start=1):
        db.session.add(RankingLine(contest_id=contest.id, position=position, key=key))
    db.session.flush()


def _new_block(contest: Contest, name: str) -> None:
    taken = set(db.session.scalars(select(Block.code).where(Block.contest_id == contest.id)))
    code, number = address_code(name), 1
    while code in taken:
        number += 1
        code = f"{address_code(name)[: LONGEST_CODE - 4]}-{number}"
    position = len(taken) + 1
    db.session.add(Block(contest_id=contest.id, code=code, name=name, position=position))
    db.session.flush()


def _consents(settings: ContestSettings) -> dict[ConsentKind, str]:
    return {
        ConsentKind.TAKE_PART: take_part_consent(settings),
        ConsentKind.PUBLISH: publish_consent(settings),
    }


def _follow(contest: Contest, before: ContestSettings, now: datetime) -> None:
    """Consents nobody has rewritten follow the settings: a new version, or the same while it is a draft."""
    was, will_be = _consents(before), _consents(settings_queries.contest_settings(contest))
    for kind, newest in queries.consent_texts(contest.id).items():
        if newest.text != was[kind] or newest.text == will_be[kind]:
            continue
        if contest.published_at is None:
            newest.text = will_be[kind]
        else:
            version = newest.version + 1
            db.session.add(
                ConsentText(
                    contest_id=contest.id, kind=kind, version=version, text=will_be[kind], created_at=now
                )
            )
