"""After answering first: the attempts of somebody who has now said who they are go to their unit and block."""

from datetime import datetime

from sqlalchemy import select

from contest.attempts.models import Attempt, ClaimedAttempt
from contest.contests.models import Round
from contest.database import db
from contest.errors import NotFound, Refusal
from contest.language import _
from contest.people import actions as people
from contest.people import queries as people_queries
from contest.people.actions import Declaration
from contest.people.models import Entry


def claimable(round_: Round, person_id: int | None, now: datetime) -> bool:
    """Whether this person has answered first here, and there is still time to say who they are."""
    if person_id is None or now > people_queries.declare_until(round_):
        return False
    entry = people_queries.entry_of(round_.contest_id, person_id)
    return entry is not None and entry.anonymous


def entry_to_claim(round_: Round, person_id: int, now: datetime) -> Entry:
    """The entry that waits for its name; NotFound without one, Refusal when it is too late."""
    entry = people_queries.entry_of(round_.contest_id, person_id)
    if entry is None:
        raise NotFound
    if now > people_queries.declare_until(round_):
        raise Refusal(
            _(
                "Đã hết thời gian khai thông tin cho đợt thi này. Bài của bạn vẫn được đếm là một người tham gia."
            )
        )
    return entry


def claim(entry: Entry, declared: Declaration, key: bytes, now: datetime) -> None:
    """Say who it was. Attempts in rounds that still wait for it are ranked and count for the unit declared.

    Raises people.AlreadyEntered when somebody has entered with the same phone or code.
    """
    people.declare(entry, declared, key, now)
    statement = (
        select(Attempt, Round)
        .join(Round, Round.id == Attempt.round_id)
        .where(Attempt.entry_id == entry.id, Attempt.anonymous)
        .order_by(Attempt.id)
        # Against counting at the same moment: whoever comes second sees what the first has written.
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    )
    for attempt, round_ in db.session.execute(statement):
        if now > people_queries.declare_until(round_):
            continue
        if attempt.counted:
            # The tallies have it where it was: they move it themselves, see participation.claims.
            db.session.add(ClaimedAttempt(attempt_id=attempt.id))
        else:
            attempt.anonymous, attempt.unit_id, attempt.block_id = False, entry.unit_id, entry.block_id
