"""What is kept beside the words of a question: how long its source holds, and its tags."""

from dataclasses import dataclass
from datetime import date

from contest.rules import vietnamese

MOST_TAGS = 20
LONGEST_TAG = 60


@dataclass(frozen=True)
class Keeping:
    """The first and last day on which the source holds (both count, None where not known), and tags."""

    valid_from: date | None = None
    valid_to: date | None = None
    tags: tuple[str, ...] = ()


NOTHING_KEPT = Keeping()


def tags_of(typed: str) -> tuple[str, ...]:
    """Tags as typed, between commas: each once, whatever its case and accents, in the order typed."""
    found: dict[str, str] = {}
    for part in typed.split(","):
        tag = vietnamese.clean(part)
        if tag:
            found.setdefault(vietnamese.fold(tag), tag)
    return tuple(found.values())


def as_spelled(tags: tuple[str, ...], known: list[str]) -> tuple[str, ...]:
    """The same tags as the bank already spells them, so that "Một cửa" and "một cửa" are one."""
    spelled = {vietnamese.fold(tag): tag for tag in known}
    return tuple(dict.fromkeys(spelled.get(vietnamese.fold(tag), tag) for tag in tags))
