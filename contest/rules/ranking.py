"""Who stands before whom, and the rule printed in words from the same setting."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction

from contest.rules.prediction import format_number

# Viet Nam has had one zone without summer time since 1975; rules print moments in it.
_VIET_NAM = timezone(timedelta(hours=7))


class RankingKey(StrEnum):
    """What is compared, in the order a contest chooses."""

    SCORE = "score"  # higher first
    ALL_RIGHT_ONLY = "all_right_only"  # whoever has not everything right gets no rank
    PREDICTION = "prediction"  # nearer first, over and under alike; none is last
    DURATION = "duration"  # shorter first, in whole seconds
    HANDED_IN = "handed_in"  # earlier first, to the second
    DRAW = "draw"  # by lot, see `lot`


class RankStyle(StrEnum):
    """How ranks go on after equals."""

    SKIP = "skip"  # 1-2-2-4
    DENSE = "dense"  # 1-2-2-3


class Counting(StrEnum):
    """Which of a person's attempts counts."""

    BEST = "best"  # higher score, then shorter, then earlier
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True)
class Contender:
    """One entry with the attempt that counts.

    `ranked` False: takes part out of competition. `out_of`: questions on the paper, where the score counts
    right answers; it is only used to say the score in words.
    """

    entry_id: int
    attempt_id: int
    score: Fraction | int
    all_right: bool
    prediction_distance: Fraction | None
    duration_seconds: int
    handed_in_at: datetime
    ranked: bool = True
    out_of: int | None = None

    def __post_init__(self) -> None:
        if self.handed_in_at.utcoffset() is None:
            raise ValueError("a moment needs its time zone")


@dataclass(frozen=True)
class Place:
    """A line of the standings; `rank` None: listed, not ranked."""

    rank: int | None
    contender: Contender


def standings(
    contenders: Iterable[Contender],
    keys: Sequence[RankingKey],
    style: RankStyle = RankStyle.SKIP,
    draw_seed: str = "",
) -> tuple[Place, ...]:
    """Everybody in order: those ranked, then those without a rank, each by the same keys.

    Equals share a rank and are listed by entry. ValueError for keys that make no rule (see `check_keys`)
    and for a draw without a seed.
    """
    check_keys(keys)
    if RankingKey.DRAW in keys and not draw_seed:
        raise ValueError("a draw needs a seed")
    compared = [(_compared(one, keys, draw_seed), one) for one in contenders]
    compared.sort(key=lambda row: (row[0], row[1].entry_id, row[1].attempt_id))
    competing = [(values, one) for values, one in compared if _competes(one, keys)]
    ranks = _ranks([values for values, _ in competing], style)
    places = [Place(rank, one) for rank, (_, one) in zip(ranks, competing, strict=True)]
    return (*places, *(Place(None, one) for _, one in compared if not _competes(one, keys)))


def check_keys(keys: Sequence[RankingKey]) -> None:
    """ValueError unless the keys make a rule: at least one that compares, none twice, the draw last."""
    if not set(keys) - {RankingKey.ALL_RIGHT_ONLY}:
        raise ValueError("a ranking needs something to compare")
    if len(set(keys)) < len(keys):
        raise ValueError("a ranking key is named twice")
    if RankingKey.DRAW in keys[:-1]:
        raise ValueError("nothing can be compared after the draw")


def lot(draw_seed: str, entry_id: int) -> str:
    """The lot of an entry: SHA-256, in hexadecimal, of the UTF-8 text `seed:entry`; the smallest is first.

    Anyone can repeat it: `printf '%s' 'seed:17' | sha256sum`.
    """
    return hashlib.sha256(f"{draw_seed}:{entry_id}".encode()).hexdigest()


def best_attempt(attempts: Iterable[Contender], counting: Counting) -> Contender:
    """The attempt of one person that counts; ValueError when there is none."""
    in_time = sorted(attempts, key=lambda one: (one.handed_in_at, one.attempt_id))
    if not in_time:
        raise ValueError("there is no attempt")
    if counting is Counting.BEST:
        return min(in_time, key=lambda one: (-one.score, one.duration_seconds))
    return in_time[-1] if counting is Counting.LAST else in_time[0]


def _competes(one: Contender, keys: Sequence[RankingKey]) -> bool:
    return one.ranked and (one.all_right or RankingKey.ALL_RIGHT_ONLY not in keys)


_COMPARE: dict[RankingKey, Callable[[Contender], tuple[Fraction | int, ...]]] = {
    RankingKey.SCORE: lambda one: (-one.score,),
    RankingKey.ALL_RIGHT_ONLY: lambda one: (),
    RankingKey.PREDICTION: lambda one: (one.prediction_distance is None, one.prediction_distance or 0),
    RankingKey.DURATION: lambda one: (one.duration_seconds,),
    RankingKey.HANDED_IN: lambda one: (int(one.handed_in_at.timestamp()),),
}


def _compared(one: Contender, keys: Sequence[RankingKey], draw_seed: str) -> tuple[Fraction | int, ...]:
    values: list[Fraction | int] = []
    for key in keys:
        values += [int(lot(draw_seed, one.entry_id), 16)] if key is RankingKey.DRAW else _COMPARE[key](one)
    return tuple(values)


def _ranks(compared: Sequence[tuple[Fraction | int, ...]], style: RankStyle) -> list[int]:
    ranks: list[int] = []
    for index, value in enumerate(compared):
        if index and value == compared[index - 1]:
            ranks.append(ranks[-1])
        elif style is RankStyle.DENSE and ranks:
            ranks.append(ranks[-1] + 1)
        else:
            ranks.append(index + 1)
    return ranks


_RULE: dict[str, dict[str, str]] = {
    "vi": {
        "first": "Người dự thi {better} được xếp trên.",
        "then": "Nếu bằng nhau, người dự thi {better} được xếp trên.",
        "still": "Nếu vẫn bằng nhau, người dự thi {better} được xếp trên.",
        "only_draw": "Thứ tự do bốc thăm công khai quyết định, ai cũng có thể kiểm tra lại.",
        "draw": "Nếu vẫn bằng nhau, thứ tự do bốc thăm công khai quyết định, ai cũng có thể kiểm tra lại.",
        RankingKey.ALL_RIGHT_ONLY: "Chỉ người dự thi trả lời đúng tất cả các câu hỏi mới được xếp hạng.",
        RankingKey.SCORE: "có kết quả cao hơn",
        RankingKey.PREDICTION: "dự đoán gần kết quả thực tế hơn (lệch trên hay lệch dưới được tính như nhau, "
        "không dự đoán thì xếp sau)",
        RankingKey.DURATION: "có thời gian làm bài ngắn hơn (tính đến giây)",
        RankingKey.HANDED_IN: "nộp bài sớm hơn (tính đến giây)",
        RankStyle.SKIP: "Những người bằng nhau ở mọi tiêu chí được xếp đồng hạng và các hạng kế tiếp được bỏ "
        "trống tương ứng (1-2-2-4).",
        RankStyle.DENSE: "Những người bằng nhau ở mọi tiêu chí được xếp đồng hạng và hạng kế tiếp không bị "
        "bỏ trống (1-2-2-3).",
    },
    "en": {
        "first": "Whoever {better} is placed higher.",
        "then": "Between equals, whoever {better} is placed higher.",
        "still": "If they are still equal, whoever {better} is placed higher.",
        "only_draw": "The order is decided by a public draw that anyone can repeat.",
        "draw": "If they are still equal, the order is decided by a public draw that anyone can repeat.",
        RankingKey.ALL_RIGHT_ONLY: "Only those who answered every question right are ranked.",
        RankingKey.SCORE: "has the higher score",
        RankingKey.PREDICTION: "predicted closer to the actual number (over and under count alike, and no "
        "prediction comes last)",
        RankingKey.DURATION: "took less time (in whole seconds)",
        RankingKey.HANDED_IN: "handed in earlier (to the second)",
        RankStyle.SKIP: "Those equal in everything share a rank, and the next ranks are skipped (1-2-2-4).",
        RankStyle.DENSE: "Those equal in everything share a rank, and no rank is skipped (1-2-2-3).",
    },
}


def rule_in_words(keys: Sequence[RankingKey], style: RankStyle, language: str = "vi") -> str:
    """The rule in complete sentences, in "vi" or "en", for printing under every table."""
    check_keys(keys)
    words = _RULE[language]
    sentences = [words[RankingKey.ALL_RIGHT_ONLY]] if RankingKey.ALL_RIGHT_ONLY in keys else []
    comparing = [key for key in keys if key not in (RankingKey.ALL_RIGHT_ONLY, RankingKey.DRAW)]
    for key, frame in zip(comparing, ["first", "then", *["still"] * len(comparing)], strict=False):
        sentences.append(words[frame].format(better=words[key]))
    if RankingKey.DRAW in keys:
        return " ".join([*sentences, words["draw" if comparing else "only_draw"]])
    return " ".join([*sentences, words[style]])


_WHY = {
    "vi": {
        "same": "cùng {value}",
        "differs": "{value} so với {other}",
        "draw": "thứ tự do bốc thăm",
        "equal": "bằng nhau ở mọi tiêu chí nên đồng hạng",
        "out": "người sau dự thi không xét giải",
        "not_all": "người sau chưa trả lời đúng tất cả các câu hỏi",
        "right": "{} câu đúng",
        "points": "{} điểm",
        "off": "dự đoán lệch {}",
        "none": "không dự đoán",
        "duration": "làm bài trong {}",
        "minutes": "{minutes} phút {seconds:02} giây",
        "handed_in": "nộp lúc {}",
        "moment": "{at:%H:%M:%S} ngày {at:%d/%m/%Y}",
    },
    "en": {
        "same": "both {value}",
        "differs": "{value} against {other}",
        "draw": "order decided by the draw",
        "equal": "equal in everything, so they share the rank",
        "out": "the second takes part out of competition",
        "not_all": "the second did not answer every question right",
        "right": "{} right",
        "points": "{} points",
        "off": "prediction off by {}",
        "none": "no prediction",
        "duration": "took {}",
        "minutes": "{minutes} min {seconds:02} s",
        "handed_in": "handed in at {}",
        "moment": "{at:%H:%M:%S} on {at:%d/%m/%Y}",
    },
}


def why_ahead(ahead: Contender, behind: Contender, keys: Sequence[RankingKey], language: str = "vi") -> str:
    """Which key separated two neighbours: "cùng 20/20 câu đúng, dự đoán lệch 12 so với 15"."""
    words = _WHY[language]
    if _competes(ahead, keys) and not _competes(behind, keys):
        return words["not_all" if behind.ranked else "out"]
    said: list[str] = []
    for key in keys:
        if key is RankingKey.DRAW:
            return ", ".join([*said, words["draw"]])
        if key is RankingKey.ALL_RIGHT_ONLY:
            continue
        frame, value = _said(ahead, key, language)
        if _COMPARE[key](ahead) != _COMPARE[key](behind):
            other = _said(behind, key, language)[1]
            return ", ".join([*said, words["differs"].format(value=frame.format(value), other=other)])
        said.append(words["same"].format(value=frame.format(value)))
    return words["equal"]


def _said(one: Contender, key: RankingKey, language: str) -> tuple[str, str]:
    """The phrase a value stands in, and the value."""
    words = _WHY[language]
    if key is RankingKey.SCORE:
        score = format_number(one.score, language)
        return (words["points"], score) if one.out_of is None else (words["right"], f"{score}/{one.out_of}")
    if key is RankingKey.PREDICTION:
        distance = one.prediction_distance
        return (
            ("{}", words["none"]) if distance is None else (words["off"], format_number(distance, language))
        )
    if key is RankingKey.DURATION:
        minutes, seconds = divmod(one.duration_seconds, 60)
        return words["duration"], words["minutes"].format(minutes=minutes, seconds=seconds)
    return words["handed_in"], words["moment"].format(at=one.handed_in_at.astimezone(_VIET_NAM))
