"""Who on a unit's list has not yet taken part, in a round or in a contest: for the unit's own coordinator."""

from collections.abc import Collection

from sqlalchemy import Select, exists, func, select

from contest.contests.models import Round
from contest.database import db
from contest.errors import NotFound
from contest.participation.models import ContestPerson
from contest.people.models import Entry, MergedEntry
from contest.results.models import Participant
from contest.rosters import queries as rosters
from contest.rosters.models import VERIFIED, RosterMatch, RosterRow


def absent(
    contest_id: int, within: str, round_id: int | None, but: Collection[int] = ()
) -> Select[RosterRow]:
    """People on the lists of a subtree for whom nothing was handed in, by given name; by index for each.

    `but`: without the people of these units, whom another coordinator follows (rosters.following).
    """
    took_part = (
        exists()
        .where(RosterMatch.row_id == RosterRow.id, RosterMatch.state.in_(VERIFIED))
        .where(Entry.id == RosterMatch.entry_id)
    )
    # What somebody handed in as another entrant counts where it stands now.
    stands = select(MergedEntry.into_person_id).where(MergedEntry.entry_id == RosterMatch.entry_id)
    person = func.coalesce(stands.correlate(RosterMatch).scalar_subquery(), Entry.person_id)
    if round_id is not None:
        took_part = took_part.where(Participant.person_id == person, Participant.round_id == round_id)
    else:
        took_part = took_part.where(ContestPerson.person_id == person, ContestPerson.contest_id == contest_id)
    listed = rosters.listed(contest_id, within, but).where(~took_part, ~RosterRow.forgotten)
    return listed.order_by(RosterRow.sort_key, RosterRow.id)


def count(statement: Select[RosterRow]) -> int:
    """How many there are."""
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def published_rounds(contest_id: int) -> list[Round]:
    """The rounds one may ask about, in order."""
    statement = select(Round).where(Round.contest_id == contest_id, Round.published_at.is_not(None))
    return list(db.session.scalars(statement.order_by(Round.number)))


def chosen(rounds: list[Round], asked: str) -> Round | None:
    """The round asked for, None for the whole contest; raises NotFound for one of another contest."""
    if not asked:
        return None
    found = next((one for one in rounds if str(one.id) == asked), None)
    if found is None:
        raise NotFound
    return found
