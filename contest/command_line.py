"""Every `flask --app wsgi …` command."""

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from contest import chores, clock, job_runner, migrations
from contest.banks.commands import bank_commands
from contest.database import write_transaction
from contest.demo.filling import demo_commands
from contest.errors import Refusal
from contest.permissions import Role
from contest.staff import actions as staff
from contest.staff import passwords
from contest.units import queries as units
from contest.web.addresses import whole_address

staff_commands = AppGroup("staff", help="Accounts of those who work on contests.")


@staff_commands.command("add")
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", default=None, help="The code of the unit; for coordinators.")
@click.option("--password", default=None, help="Without it, a one-time link to choose one is printed.")
def add_staff(name: str, email: str, role: str, unit: str | None, password: str | None) -> None:
    """Add an account; prints a one-time link with which its password is chosen."""
    now = clock.now()
    password_hash = passwords.hashed(password) if password else ""
    try:
        with write_transaction():
            unit_id = units.by_code(unit).id if unit else None
            member = staff.add(name, email, Role(role), now, unit_id=unit_id, password_hash=password_hash)
            secret = None if password else staff.password_link(member, now, None)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{member.name} <{member.email}> · {member.role}")
    if secret:
        click.echo(whole_address("staff.invitation", secret=secret))


database_commands = AppGroup("database", help="The database's tables.")


@database_commands.command("upgrade")
def upgrade_database() -> None:
    """Bring the tables to the newest version; safe to repeat."""
    migrations.upgrade()


@database_commands.command("revise")
@click.argument("what")
def revise_database(what: str) -> None:
    """Write a new migration from the difference between tables and models (for developers)."""
    migrations.revise(what)


@click.command("chores")
@with_appcontext
def run_chores() -> None:
    """Do once what the clock has made due (the server does this by itself every few seconds)."""
    chores.run_once()


@click.command("jobs")
@with_appcontext
def run_jobs() -> None:
    """Do the long work that waits (the server starts this by itself)."""
    job_runner.run_due()


def connect(app: Flask) -> None:
    """Attach the commands."""
    for group in (staff_commands, bank_commands, database_commands, demo_commands, run_chores, run_jobs):
        app.cli.add_command(group)
