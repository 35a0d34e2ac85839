"""`flask demo fill`: the demo's contest, made once; and what is printed about it at every start."""

import time
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from contest import chores, clock, migrations
from contest.contests import queries as contests
from contest.contests.models import Contest
from contest.database import write_transaction
from contest.demo import doubles, handovers, incidents, invented, learning, listing, organising, reporting
from contest.demo.taking_part import Crowd, take_part
from contest.errors import NotFound
from contest.participation import actions as participation
from contest.permissions import ROLE_NAMES, Actor
from contest.results import actions as results
from contest.results import queries as result_queries
from contest.web.addresses import whole_address

CROWD_OF_ROUND_1 = 1330
CROWD_OF_ROUND_2 = 240
LOWEST_NAMED = 3

demo_commands = AppGroup("demo", help="A fictional province that holds a contest.")


@demo_commands.command("fill")
def fill() -> None:
    """Make the tables and the demo contest unless they are there already; print addresses and accounts."""
    migrations.upgrade()
    contest = _there_already()
    if contest is None:
        began = time.monotonic()
        click.echo("Filling the demo: 41 units, 270 questions, three rounds, some 1,700 attempts …")
        contest = _fill(clock.now())
        click.echo(f"… done in {time.monotonic() - began:.0f} s.")
    _say(contest)


def _there_already() -> Contest | None:
    try:
        return contests.contest_by_code(organising.CODE)
    except NotFound:
        return None


def _fill(now: datetime) -> Contest:
    early = now - timedelta(days=22)
    key = str(current_app.secret_key).encode()
    organising.tree(early)
    organiser = organising.accounts(early)
    bank = organising.bank(early, organiser)
    board = organising.contest(bank, now, organiser)
    organising.gatherings(board, now)
    organising.targets(board, now)
    learning.learning(board.contest, early, organiser)
    crowd = invented.people(CROWD_OF_ROUND_1 + CROWD_OF_ROUND_2, "An Bình 2026")
    take_part(Crowd(board.past, crowd[:CROWD_OF_ROUND_1], board.past.closes_at, "round 1", key))
    incidents.evidence_of(board.past.id, "round 1")
    if now - board.open.opens_at > timedelta(hours=2):
        incidents.clock_of(board.open.id, now, organiser)
        take_part(Crowd(board.open, crowd[CROWD_OF_ROUND_1:], now, "round 2", key))
        doubles.come_again(board, now, key)
    participation.count_new(now)
    results.draft_closed(board.past.closes_at + timedelta(minutes=1))
    published_at = board.past.closes_at + timedelta(days=1, hours=9)
    _publish(board.past.id, published_at, organiser)
    organising.awards(board, published_at)
    with write_transaction():
        participation.name_lowest(board.contest, LOWEST_NAMED, organiser, now)
    listing.staff_list(board, now)
    handovers.handovers(board, now)
    doubles.merge_one(now)
    chores.run_once()
    reporting.reports(board, now)
    return board.contest


def _publish(round_id: int, when: datetime, organiser: Actor) -> None:
    newest = result_queries.sheets(round_id)[0]
    with write_transaction():
        results.publish(newest.id, when, organiser)


def _say(contest: Contest) -> None:
    click.echo(f"\n  {contest.name}")
    click.echo(f"  {whole_address('contests.home')}")
    for line in contests.rounds_of(contest.id):
        click.echo(f"    {line.name}: {whole_address('attempts.round_page', code=line.code)}")
    click.echo(f"\n  Sign in at {whole_address('staff.sign_in')}, password for all: {organising.PASSWORD}")
    for name, mailbox, role, _unit in organising.ACCOUNTS:
        click.echo(f"    {mailbox}@{organising.DOMAIN:<20} {ROLE_NAMES[role]} · {name}")
    click.echo("")
