"""How the ranking rule reads, and what is said between two neighbours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from contest.rules.ranking import Contender, RankingKey, RankStyle, rule_in_words, why_ahead

SCORE, ALL_RIGHT, PREDICTION, DURATION, HANDED_IN, DRAW = RankingKey
NOON = datetime(2026, 3, 5, 5, tzinfo=UTC)
ANA = Contender(1, 101, 20, True, Fraction(12), 312, NOON, out_of=20)


def like_ana(entry_id: int, **changes: object) -> Contender:
    """A contender equal to Ana in everything that is compared, but for the changes."""
    return replace(ANA, entry_id=entry_id, attempt_id=100 + entry_id, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "style", "language", "expected"),
    [
        (
            [SCORE, PREDICTION, DURATION, HANDED_IN],
            RankStyle.SKIP,
            "vi",
            "Người dự thi có kết quả cao hơn được xếp trên. "
            "Nếu bằng nhau, người dự thi dự đoán gần kết quả thực tế hơn (lệch trên hay lệch dưới được tính "
            "như nhau, không dự đoán thì xếp sau) được xếp trên. "
            "Nếu vẫn bằng nhau, người dự thi có thời gian làm bài ngắn hơn (tính đến giây) được xếp trên. "
            "Nếu vẫn bằng nhau, người dự thi nộp bài sớm hơn (tính đến giây) được xếp trên. "
            "Những người bằng nhau ở mọi tiêu chí được xếp đồng hạng và các hạng kế tiếp được bỏ trống tương "
            "ứng (1-2-2-4).",
        ),
        (
            [ALL_RIGHT, DURATION, DRAW],
            RankStyle.SKIP,
            "vi",
            "Chỉ người dự thi trả lời đúng tất cả các câu hỏi mới được xếp hạng. "
            "Người dự thi có thời gian làm bài ngắn hơn (tính đến giây) được xếp trên. "
            "Nếu vẫn bằng nhau, thứ tự do bốc thăm công khai quyết định, ai cũng có thể kiểm tra lại.",
        ),
        ([DRAW], RankStyle.SKIP, "en", "The order is decided by a public draw that anyone can repeat."),
        (
            [SCORE, HANDED_IN],
            RankStyle.DENSE,
            "en",
            "Whoever has the higher score is placed higher. "
            "Between equals, whoever handed in earlier (to the second) is placed higher. "
            "Those equal in everything share a rank, and no rank is skipped (1-2-2-3).",
        ),
    ],
)
def test_the_rule_is_printed_in_complete_sentences(
    keys: list[RankingKey], style: RankStyle, language: str, expected: str
) -> None:
    assert rule_in_words(keys, style, language) == expected


@pytest.mark.parametrize("language", ["vi", "en"])
def test_different_rules_never_read_alike(language: str) -> None:
    others = [ALL_RIGHT, PREDICTION, DURATION, HANDED_IN, DRAW]
    chains = [[SCORE, *rest] for size in range(6) for rest in combinations(others, size)]
    assert len({rule_in_words(chain, RankStyle.SKIP, language) for chain in chains}) == len(chains) == 32


CHAIN = [SCORE, PREDICTION, DURATION, HANDED_IN, DRAW]


@pytest.mark.parametrize(
    ("behind", "keys", "language", "expected"),
    [
        (like_ana(2, score=19), CHAIN, "vi", "20/20 câu đúng so với 19/20"),
        (
            like_ana(2, prediction_distance=Fraction(1500)),
            CHAIN,
            "vi",
            "cùng 20/20 câu đúng, dự đoán lệch 12 so với 1.500",
        ),
        (
            like_ana(2, prediction_distance=None),
            CHAIN,
            "vi",
            "cùng 20/20 câu đúng, dự đoán lệch 12 so với không dự đoán",
        ),
        (
            like_ana(2, duration_seconds=400),
            [SCORE, DURATION],
            "vi",
            "cùng 20/20 câu đúng, làm bài trong 5 phút 12 giây so với 6 phút 40 giây",
        ),
        (
            like_ana(2, handed_in_at=NOON + timedelta(seconds=61)),
            [ALL_RIGHT, HANDED_IN],
            "vi",
            "nộp lúc 12:00:00 ngày 05/03/2026 so với 12:01:01 ngày 05/03/2026",
        ),
        (like_ana(2), [DURATION, DRAW], "vi", "cùng làm bài trong 5 phút 12 giây, thứ tự do bốc thăm"),
        (like_ana(2), [SCORE], "vi", "bằng nhau ở mọi tiêu chí nên đồng hạng"),
        (like_ana(2, ranked=False), [SCORE], "vi", "người sau dự thi không xét giải"),
        (
            like_ana(2, all_right=False),
            [ALL_RIGHT, SCORE],
            "vi",
            "người sau chưa trả lời đúng tất cả các câu hỏi",
        ),
        (
            like_ana(2, duration_seconds=400),
            [SCORE, DURATION],
            "en",
            "both 20/20 right, took 5 min 12 s against 6 min 40 s",
        ),
    ],
)
def test_what_separated_two_neighbours_is_said_in_words(
    behind: Contender, keys: list[RankingKey], language: str, expected: str
) -> None:
    assert why_ahead(ANA, behind, keys, language) == expected


def test_a_score_in_points_is_said_as_points() -> None:
    ahead, behind = replace(ANA, score=Fraction(39, 2), out_of=None), like_ana(2, score=18, out_of=None)
    assert why_ahead(ahead, behind, [SCORE]) == "19,5 điểm so với 18"


def test_two_without_a_prediction_are_equal_in_it() -> None:
    ahead, behind = (like_ana(entry, prediction_distance=None, duration_seconds=entry) for entry in (1, 2))
    why = why_ahead(ahead, behind, [PREDICTION, DURATION])
    assert why == "cùng không dự đoán, làm bài trong 0 phút 01 giây so với 0 phút 02 giây"
