"""The demo's crowd: invented people come in, answer with varied skill, hand in; some come twice."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from contest.attempts import actions, paper_queries
from contest.attempts.models import Answer, Attempt
from contest.contests import queries as contests
from contest.contests.models import Round
from contest.database import db, write_transaction
from contest.demo.invented import Invented
from contest.events.models import Door
from contest.people import actions as people
from contest.people.models import Entry
from contest.rules import vietnamese
from contest.rules.prediction import Target, parse
from contest.units import queries as units
from contest.units.models import Unit

AT_ONCE = 100
# When people take part: an office's morning and afternoon, a family's evening.
HOURS = (8, 9, 9, 10, 10, 11, 14, 14, 15, 16, 19, 20, 20, 20, 21, 21, 22)
BLOCK_OF_KIND = {"commune": 3, "school": 2, "youth_union": 2, "branch": 2}


@dataclass(frozen=True)
class Crowd:
    """Whom to let in: a round's people, in which units, until when, and with which chance."""

    round: Round
    people: list[Invented]
    until: datetime
    seed: str
    key: bytes


def take_part(crowd: Crowd) -> int:
    """Let everybody in; returns how many attempts were handed in."""
    chance = random.Random(crowd.seed)  # noqa: S311  a demo, not a draw
    eager = _eagerness(chance, crowd.round.opens_at.date())
    doors = _doors(crowd.round)
    made = 0
    for start in range(0, len(crowd.people), AT_ONCE):
        with write_transaction():
            for person in crowd.people[start : start + AT_ONCE]:
                unit = chance.choices(list(eager), weights=list(eager.values()))[0]
                made += let_in(crowd, person, unit, doors, chance)
    return made


def _eagerness(chance: random.Random, day: date) -> dict[Unit, float]:
    """Units take part by their size and very unevenly, two not at all; one names more people than it has."""
    numbers = units.headcounts_on(day)
    able = [unit for unit in units.everything() if unit.kind != "province"]
    weights = {
        unit: numbers.get((unit.id, "officials"), 20) * chance.triangular(0.25, 1.0, 0.6) for unit in able
    }
    *silent, loud = chance.sample(able, 3)
    for unit in silent:
        weights[unit] = 0.0
    weights[loud] *= 2.5
    return weights


def _doors(round_: Round) -> list[Door]:
    return list(db.session.scalars(select(Door).where(Door.round_id == round_.id)))


def let_in(crowd: Crowd, person: Invented, unit: Unit, doors: list[Door], chance: random.Random) -> int:
    """Let one person in, for this unit and perhaps through one of these doors; returns their attempts."""
    moment = _moment(crowd, chance)
    entry = _entry(crowd, person, unit, moment)
    door = chance.choice(doors) if doors and chance.random() < 0.12 else None
    attempts = 2 if chance.random() < 0.13 else 1
    for number in range(attempts):
        began = moment + timedelta(minutes=25 * number)
        _attempt(crowd, person.skill + 0.06 * number, entry, began, door, chance)
    return attempts


def _moment(crowd: Crowd, chance: random.Random) -> datetime:
    """When somebody begins: some day of the round, more on its last ones."""
    span = min(crowd.until, crowd.round.closes_at) - crowd.round.opens_at
    days = max(1, span.days)
    day = min(days - 1, int(chance.triangular(0, days, days)))
    began = crowd.round.opens_at + timedelta(
        days=day, hours=chance.choice(HOURS), seconds=chance.randrange(3600)
    )
    latest = min(crowd.until, crowd.round.closes_at) - timedelta(minutes=50)
    if began <= latest:
        return began
    return crowd.round.opens_at + (latest - crowd.round.opens_at) * chance.random()


def _entry(crowd: Crowd, person: Invented, unit: Unit, moment: datetime) -> Entry:
    contest = contests.contest_of(crowd.round)
    blocks = contests.blocks(contest.id)
    texts = contests.consent_texts(contest.id)
    declared = people.Declaration(
        name=vietnamese.tidy_name(person.name),
        name_as_typed=person.name,
        birth_year=person.birth_year,
        phone=person.phone,
        staff_code=None,
        identity=f"phone:{person.phone}",
        unit=unit,
        block_id=blocks[BLOCK_OF_KIND.get(unit.kind, 1) - 1].id,
        assisted=person.birth_year < 1960,
        consents=[text for kind, text in texts.items() if kind == "take_part" or person.publishes_name],
    )
    return people.enter(contest, declared, None, person.phone, crowd.key, moment).entry


def _attempt(
    crowd: Crowd, skill: float, entry: Entry, began: datetime, door: Door | None, chance: random.Random
) -> None:
    token = f"demo{chance.getrandbits(90):018x}"
    attempt = actions.start(crowd.round, entry, token, began, door.id if door else None)
    seconds = _answer(attempt, skill, chance)
    guess = max(1, round(chance.lognormvariate(7.15, 0.35)))
    attempt.prediction = f"{parse(str(guess), Target.PEOPLE):f}"
    attempt.prediction_as_typed = str(guess)
    db.session.flush()
    actions.hand_in(attempt, crowd.round, began + timedelta(seconds=seconds))


def _answer(attempt: Attempt, skill: float, chance: random.Random) -> int:
    """Answer most of the paper, right as often as the skill says; returns the seconds it took."""
    rows, seconds = [], 0.0
    for position, key in enumerate(paper_queries.keys(attempt.paper_id), start=1):
        seconds += chance.triangular(6, 45, 16)
        if chance.random() < 0.012:
            continue
        right = min(key.right)
        place = right if chance.random() < skill else chance.choice([n for n in range(4) if n != right])
        rows.append(
            {
                "attempt_id": attempt.id,
                "position": position,
                "response": str(place),
                "revision": 1,
                "flagged": False,
                "saved_at": attempt.started_at + timedelta(seconds=seconds),
            }
        )
    db.session.execute(insert(Answer), rows)
    return int(seconds)
