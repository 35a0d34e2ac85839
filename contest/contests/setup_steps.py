"""The way through setting up a contest: its four steps above each page, and refusals shown on the form."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from contest.contests import queries
from contest.errors import Refusal
from contest.web.translations import shown


def setup_steps(contest_id: int, current: str) -> list[dict[str, object]]:
    """The steps "settings", "rounds", "rules", "open" with what is already done."""
    rounds = queries.rounds_of(contest_id, drafts=True)
    done = {
        "settings": True,
        "rounds": bool(rounds),
        "rules": bool(queries.rules_versions(contest_id)),
        "open": bool(rounds) and all(one.published_at for one in rounds),
    }
    pages = (
        ("settings", _("Thông tin"), "contests_desk.edit"),
        ("rounds", _("Đợt thi"), "contests_desk.rounds"),
        ("rules", _("Thể lệ"), "contests_desk.rules"),
        ("open", _("Mở"), "contests_desk.show"),
    )
    return [
        {
            "label": label,
            "url": url_for(endpoint, contest_id=contest_id),
            "state": "current" if name == current else "done" if done[name] else "todo",
        }
        for name, label, endpoint in pages
    ]


@contextmanager
def refusals_on(form: Any) -> Iterator[None]:
    """A refusal inside is shown above the form instead of on a page of its own."""
    try:
        yield
    except Refusal as refusal:
        form.form_errors.append(str(shown(refusal.sentence)))
