"""From the form of a practice set to what it means, and back."""

from collections.abc import Sequence

from contest.banks.queries import CellCount, level_order
from contest.learning.actions import TypedSet
from contest.learning.forms import SetForm
from contest.learning.models import PartKind
from contest.learning.practice_queries import Offer
from contest.rules import vietnamese


def as_typed(one: Offer) -> dict[str, object]:
    """A set as its form would have been filled in."""
    parts = {kind.value: sorted(one.parts.get(kind, ())) for kind in PartKind}
    return {"name": one.set.name, "per_go": one.set.per_go, **parts}


def choices(form: SetForm, cells: Sequence[CellCount], tags: Sequence[str], one: Offer) -> None:
    """Offer what the bank has; what was chosen and has gone from the bank since stays to be taken off."""
    topics = {cell.topic for cell in cells if cell.topic} | one.parts.get(PartKind.TOPIC, frozenset())
    levels = {cell.level for cell in cells if cell.level} | one.parts.get(PartKind.LEVEL, frozenset())
    words = {*tags} | one.parts.get(PartKind.TAG, frozenset())
    form.topic.choices = [(value, value) for value in sorted(topics, key=vietnamese.sort_key)]
    form.level.choices = [(value, value) for value in sorted(levels, key=level_order)]
    form.tag.choices = [(value, value) for value in sorted(words, key=vietnamese.sort_key)]
    for kind in PartKind:
        if not form[kind.value].choices:
            del form[kind.value]


def typed(form: SetForm) -> TypedSet:
    """What a valid form says."""
    parts = [(kind, value) for kind in PartKind if kind.value in form for value in form[kind.value].data]
    return TypedSet(form.name.data, form.per_go.data, parts)
