"""Printing the numbered papers of a round: how many at once, and a note of who took their keys."""

from datetime import datetime

from contest import history
from contest.contests.models import Round
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.permissions import Actor

# So many are typeset in a few seconds.
MOST_PAPERS = 50


def check_range(first: int, last: int, papers: int) -> None:
    """Refuse papers the round does not have, and more than one file should hold."""
    if not papers:
        raise NotFound(_("Đợt thi chưa có mã đề. Hãy công bố đợt thi trước khi in."))
    if not 1 <= first <= last <= papers:
        raise Refusal(_("Hãy ghi mã đề đầu và mã đề cuối trong khoảng từ 1 đến %(papers)s.", papers=papers))
    if last - first >= MOST_PAPERS:
        raise Refusal(
            _("Mỗi tệp in được nhiều nhất %(most)s mã đề. Hãy chia thành nhiều lần in.", most=MOST_PAPERS)
        )


def note_keys_printed(round_: Round, first: int, last: int, now: datetime, by: Actor) -> None:
    """Whoever prints keys knows them: it is written down."""
    subject = ("round", round_.id, round_.name)
    history.record(by.signature, "round:print_keys", subject, now, f"{first}–{last}")
