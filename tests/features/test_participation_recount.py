"""Whatever happens in a contest, every number shown is what a recount from the attempts as they lie there gives."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contest.attempts.models import Attempt
from contest.clock import VIETNAM
from contest.contests.models import Contest, Round
from contest.corrections import actions as corrections
from contest.database import db
from contest.duplicates import actions as duplicates
from contest.duplicates.models import DuplicatePair
from contest.errors import Refusal
from contest.participation import actions, snapshots
from contest.participation.asked import Asked
from contest.participation.overview import overview
from contest.participation.seen_as import View
from contest.people.models import Entry, MergedEntry
from contest.results.models import Exclusion
from contest.rules.counting import Band, Tally, band_of
from contest.units import actions as units
from contest.units.changing import Share, Wanted, enter
from contest.units.models import ChangeKind, HeadcountKind, Unit
from tests.conftest import NOW
from tests.features.test_rosters_matching import member
from tests.taking_part import take_part

PEOPLE = 5
# Three leaves with headcounts, a department above two of them, and no unit at all.
LEAVES, PLACES = 3, 5
KINDS = (HeadcountKind.OFFICIALS, HeadcountKind.RESIDENTS)
HEADS = ((3, 10), (10, 0), (20, 30))

leaf, person, round_number = st.integers(0, LEAVES - 1), st.integers(0, PEOPLE - 1), st.integers(0, 1)
takes = st.tuples(
    st.just("take"), person, round_number, st.integers(0, PLACES - 1), st.integers(0, 5), st.integers(0, 3000)
)
others = st.one_of(
    st.tuples(st.just("count"), st.integers(1, 50)),
    st.tuples(st.just("correct"), person, leaf),
    st.tuples(st.just("same person"), person, person),
    st.tuples(st.just("exclude"), st.integers(0, 30)),
    st.tuples(st.just("merge"), leaf, leaf),
    st.tuples(st.just("split"), leaf),
    st.tuples(st.just("move"), leaf, st.booleans()),
)
stories = st.lists(st.one_of(takes, takes, others), min_size=5, max_size=22)


class Story:
    """A contest of two rounds, one tree, and everything that happens in it; `gone` and `heads` follow the units."""

    def __init__(self, app, make, by):
        self.app, self.make, self.by = app, make, by
        self.contest = make.contest(f"recount-{next(make.serial)}")
        self.rounds = [make.round(self.contest, attempts=9, counting=rule) for rule in ("best", "last")]
        self.top = make.unit("Tỉnh", kind="province")
        self.departments = [make.unit(name, self.top, kind="department") for name in ("Sở A", "Sở B")]
        self.leaves = [
            make.unit(
                f"Phòng {n}", self.departments[n % 2], kind="department", officials=o, residents=r or None
            )
            for n, (o, r) in enumerate(HEADS)
        ]
        self.places = [*self.leaves, self.departments[0], None]
        self.entries = [
            make.entry(self.contest, f"Người {n}", self.leaves[n % LEAVES], block=1 + n % 2)
            for n in range(PEOPLE)
        ]
        self.heads = {one.id: list(heads) for one, heads in zip(self.leaves, HEADS, strict=True)}
        self.gone = {}

    def live(self, steps):
        """Let everything happen; what the house refuses does not happen."""
        for act, *about in steps:
            try:
                getattr(self, f"_{act.replace(' ', '_')}")(*about)
            except Refusal:
                continue
        with self.app.app_context():
            actions.count_new(NOW)

    def _take(self, who, number, where, score, minutes):
        entry = self.entries[who]
        with self.app.app_context():
            if db.session.get(MergedEntry, entry.id) is not None:
                return
        after = timedelta(minutes=minutes)
        take_part(self.make, self.rounds[number], entry, score=score, unit=self.places[where], after=after)
        if self.places[where] is None:
            with self.make.writing():
                db.session.query(Attempt).order_by(Attempt.id.desc()).first().unit_id = None

    def _count(self, most):
        with self.app.app_context():
            actions.count_batch(NOW, most=most)

    def _correct(self, who, where):
        with self.make.writing():
            entry = db.session.get_one(Entry, self.entries[who].id)
            corrections.correct(entry, db.session.get_one(Unit, self.leaves[where].id), "Nhầm", NOW, self.by)

    def _same_person(self, one, other):
        if one == other:
            return
        first, second = sorted((self.entries[one].id, self.entries[other].id))
        about = {"first_id": first, "second_id": second}
        with self.make.writing():
            pair = db.session.query(DuplicatePair).filter_by(**about).one_or_none()
            if pair is None:
                more = {"likeness": "possible", "state": "open", "found_at": NOW}
                self.make.add(DuplicatePair(contest_id=self.contest.id, **about, **more))
                pair = db.session.query(DuplicatePair).filter_by(**about).one()
            if pair.state == "merged":
                duplicates.undo(pair, NOW, self.by)
            else:
                duplicates.merge(pair, self.entries[one].id, NOW, self.by)

    def _exclude(self, place):
        """Who is taken out of the standings has taken part all the same."""
        with self.make.writing():
            found = self._attempts()
            if found:
                one = found[place % len(found)]
                if db.session.query(Exclusion).filter_by(attempt_id=one.id).first() is None:
                    more = {"reason": "Nhờ người khác", "excluded_at": NOW, "excluded_by": self.by.id}
                    self.make.add(Exclusion(attempt_id=one.id, **more))

    def _merge(self, one, into):
        if one != into:
            self._change(ChangeKind.MERGE, one, [(into, 10_000, True)])

    def _split(self, one):
        first, second = (n for n in range(LEAVES) if n != one)
        self._change(ChangeKind.SPLIT, one, [(first, 6_000, True), (second, 4_000, False)])

    def _change(self, kind, one, parts):
        with self.make.writing():
            unit = db.session.get_one(Unit, self.leaves[one].id)
            shares = [Share(db.session.get_one(Unit, self.leaves[n].id), *rest) for n, *rest in parts]
            wanted = Wanted(kind, NOW.date(), "Nghị quyết 1", into=shares)
            # Whole tenths, so that no rule of rounding is asked.
            lost = self.heads[unit.id]
            if kind == ChangeKind.SPLIT and any(number % 5 for number in lost):
                return
            enter(unit, wanted, NOW.date(), self.by, NOW)
            for each in shares:
                for place, number in enumerate(lost):
                    self.heads[each.unit.id][place] += number * each.share // 10_000
            self.heads[unit.id] = [0, 0]
            self.gone[unit.id] = next(each.unit.id for each in shares if each.takes_people)

    def _move(self, one, where):
        with self.make.writing():
            unit = db.session.get_one(Unit, self.leaves[one].id)
            units.move(unit, db.session.get_one(Unit, self.departments[where].id))

    def _attempts(self):
        query = db.session.query(Attempt).filter(Attempt.round_id.in_([one.id for one in self.rounds]))
        return query.order_by(Attempt.id).all()


class Recount:
    """What is to be shown of a round, or (None) of the contest, from the attempts one by one."""

    def __init__(self, story, number, view):
        self.story, self.view = story, view
        wanted = story.rounds if number is None else [story.rounds[number]]
        rules = dict(zip((one.id for one in story.rounds), (self._best, self._last), strict=True))
        self.attempts = [
            one for one in story._attempts() if one.round_id in {r.id for r in wanted} and one.handed_in_at
        ]
        of = {}
        for one in self.attempts:
            of.setdefault((one.round_id, one.person_id), []).append(one)
        self.standing = [min(made, key=rules[key[0]]) for key, made in of.items()]
        order = [one.id for one in story.rounds]
        latest = sorted(self.standing, key=lambda one: order.index(one.round_id))
        self.people = list({one.person_id: one for one in latest}.values())
        self.parent = dict(db.session.query(Unit.id, Unit.parent_id))

    @staticmethod
    def _best(one):
        return -one.score, one.duration_seconds, one.handed_in_at, one.id

    @staticmethod
    def _last(one):
        return -one.handed_in_at.timestamp(), -one.id

    def inside(self, made, unit_id, block_ids=None):
        """How many of these stand in a unit, with all below it."""
        return sum(
            unit_id in self._above(one.unit_id)
            for one in made
            if block_ids is None or one.block_id in block_ids
        )

    def _above(self, unit_id):
        while self.view == View.NOW and unit_id in self.story.gone:
            unit_id = self.story.gone[unit_id]
        found = []
        while unit_id is not None:
            found.append(unit_id)
            unit_id = self.parent[unit_id]
        return found

    def rate(self, unit_id, kind, block_id):
        """People over headcount: of the unit itself where it has one, else of those below that do."""
        number = self.story.heads.get(unit_id, [0, 0])[KINDS.index(kind)]
        if number:
            return self.inside(self.people, unit_id, {block_id}), number
        below = [self.rate(one, kind, block_id) for one, above in self.parent.items() if above == unit_id]
        return sum(people for people, _heads in below), sum(heads for _people, heads in below)


@given(steps=stories)
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_number_is_a_recount_of_the_attempts(app, make, steps):
    story = Story(app, make, member(app, make))
    story.live(steps)
    later = NOW + timedelta(days=60)
    for number in (0, 1, None):
        for view in View:
            with app.app_context():
                agrees(story, Recount(story, number, view), number, later)


def agrees(story, recount, number, later):
    """Everything of one page."""
    subject = (
        snapshots.of_contest(db.session.get_one(Contest, story.contest.id))
        if number is None
        else snapshots.of_round(db.session.get_one(Round, story.rounds[number].id))
    )
    numbers = overview(subject, Asked(view=recount.view), later)
    blocks = {kind: block.id for kind, block in zip(KINDS, numbers.all_blocks, strict=True)}
    for unit in (story.top, *story.departments, *story.leaves):
        figure = numbers.figures.at(numbers.figures.tree.by_id[unit.id])
        counted = (recount.inside(recount.people, unit.id), recount.inside(recount.attempts, unit.id))
        assert figure.tally == Tally(*counted)
        if recount.view == View.NOW:
            for one in figure.rates:
                people, heads = recount.rate(unit.id, one.kind, blocks[one.kind])
                assert (one.rate.people, one.rate.headcount or 0) == (people, heads)
                assert one.rate.share == (Fraction(people, heads) if heads else None)
    assert numbers.total == Tally(len(recount.people), len(recount.attempts))
    assert numbers.free == Tally(
        sum(one.unit_id is None for one in recount.people),
        sum(one.unit_id is None for one in recount.attempts),
    )
    for line in numbers.blocks:
        assert line.tally == Tally(
            sum(one.block_id == line.block.id for one in recount.people),
            sum(one.block_id == line.block.id for one in recount.attempts),
        )
    assert sum(line.tenths for line in numbers.blocks) in (0, 1000)
    found = Counter(band_of(Fraction(one.score, one.out_of)) for one in recount.standing)
    assert numbers.bands[0].bands.people == tuple(found[band] for band in Band)
    when = [one.handed_in_at.astimezone(VIETNAM) for one in recount.attempts]
    assert numbers.hours == ([Counter(at.hour for at in when)[hour] for hour in range(24)] if when else [])
    assert {day: made for day, made in numbers.days if made} == Counter(at.date() for at in when)
