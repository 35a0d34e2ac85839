"""Setting what is wanted: tiers by size, a number for one unit, the headcount each block is held against."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from contest import history
from contest.contests.models import Block, Contest
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.participation.models import BlockMeasure
from contest.permissions import Actor
from contest.rules.targets import Tier
from contest.targets.models import TargetKind, TargetTier, UnitTarget
from contest.units.models import Unit


def set_tiers(
    contest: Contest, tiers: Sequence[Tier], kinds: Collection[str], actor: Actor, now: datetime
) -> None:
    """From now on these tiers hold, in whatever order they are given; none means no target by size.

    `kinds`: for units of which kinds; none means every kind below a province or ministry.
    """
    if len({tier.from_size for tier in tiers}) < len(tiers):
        raise Refusal(_("Hai mức cùng bắt đầu từ một quy mô. Hãy ghi mỗi quy mô một lần."))
    if any(tier.share is None and tier.people is None for tier in tiers):
        raise Refusal(_("Mỗi mức cần một tỷ lệ hoặc một số người. Hãy ghi ít nhất một trong hai."))
    db.session.execute(delete(TargetTier).where(TargetTier.contest_id == contest.id))
    db.session.add_all(
        TargetTier(contest_id=contest.id, from_size=tier.from_size, share=tier.share, people=tier.people)
        for tier in tiers
    )
    db.session.execute(delete(TargetKind).where(TargetKind.contest_id == contest.id))
    db.session.add_all(TargetKind(contest_id=contest.id, kind=kind) for kind in sorted(set(kinds)))
    said = "; ".join(
        f"từ {tier.from_size}: {_percent(tier.share)}{'' if tier.people is None else f' ≥ {tier.people} người'}"
        for tier in tiers
    )
    history.record(actor.signature, "contest:targets", ("contest", contest.id, contest.name), now, said)


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share / 100:g} %"


def set_own(contest: Contest, unit: Unit, people: int | None, actor: Actor, now: datetime) -> None:
    """So many people are wanted of this unit, whatever its size; None: its tier holds again."""
    key = {"contest_id": contest.id, "unit_id": unit.id}
    row = db.session.get(UnitTarget, key)
    if people is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(UnitTarget(**key, people=people))
    else:
        row.people = people
    detail = f"{unit.name}: {'theo quy mô' if people is None else people}"
    history.record(actor.signature, "contest:unit_target", ("contest", contest.id, contest.name), now, detail)


def set_kinds(
    contest: Contest, blocks: Sequence[Block], kinds: Mapping[int, str], actor: Actor, now: datetime
) -> None:
    """Whom the people of each block are held against, by block id; "" for each unit's own kind."""
    changed = []
    for block in blocks:
        row = db.session.get(BlockMeasure, block.id)
        kind = kinds[block.id]
        if row is None:
            db.session.add(BlockMeasure(block_id=block.id, kind=kind))
            changed.append(f"{block.name}: {kind or '–'}")
        elif row.kind != kind:
            row.kind = kind
            changed.append(f"{block.name}: {kind or '–'}")
    if changed:
        subject = ("contest", contest.id, contest.name)
        history.record(actor.signature, "contest:measures", subject, now, "; ".join(changed))
