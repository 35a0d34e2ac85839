"""Bringing the tables of an installation to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import current_app

FOLDER = Path(__file__).parent


def configuration() -> Config:
    """Alembic's settings for the database of the current program."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(FOLDER / "versions"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["database_url"] = current_app.config["SETTINGS"].database_url
    return config


def upgrade() -> None:
    """Run every migration that has not run yet."""
    command.upgrade(configuration(), "head")


def revise(what: str) -> None:
    """Write a migration from the difference between tables and models."""
    number = sum(1 for path in (FOLDER / "versions").glob("*.py")) + 1
    command.revision(configuration(), what, autogenerate=True, rev_id=f"{number:04d}")
