"""create_app(): the table of contents of the program."""

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from contest import command_line, database, settings
from contest.api import desk_views as api_desk
from contest.api import token_views as api_tokens
from contest.api import views as api
from contest.attempts import claim_views as claims
from contest.attempts import desk_views as attempts_desk
from contest.attempts import handover_views as handover
from contest.attempts import views as attempts
from contest.awards import views as awards
from contest.banks import views as banks
from contest.contests import card_views as cards
from contest.contests import desk_views as contests_desk
from contest.contests import views as contests
from contest.corrections import desk_views as corrections_desk
from contest.desk import views as desk
from contest.duplicates import desk_views as duplicates_desk
from contest.events import assist_views as assist
from contest.events import desk_views as events_desk
from contest.events import table_views as tables_desk
from contest.events import views as events
from contest.learning import desk_views as learning_desk
from contest.learning import views as learning
from contest.participation import desk_views as participation_desk
from contest.participation import views as participation
from contest.people import desk_views as people_desk
from contest.people import leading, recognising
from contest.people import views as people
from contest.reports import desk_views as reports_desk
from contest.results import desk_views as results_desk
from contest.results import views as results
from contest.rosters import desk_views as rosters_desk
from contest.rosters import seeking
from contest.rosters import views as rosters
from contest.staff import queries as staff_queries
from contest.staff import views as staff
from contest.targets import views as targets
from contest.units import views as units
from contest.web import (
    access,
    error_pages,
    headers,
    identity,
    logs,
    looks,
    pages,
    sessions,
    static_files,
    translations,
)

csrf = CSRFProtect()

BLUEPRINTS = (
    units.blueprint,
    staff.blueprint,
    staff.history_blueprint,
    banks.blueprint,
    contests.blueprint,
    contests_desk.blueprint,
    people.blueprint,
    people_desk.blueprint,
    rosters.blueprint,
    rosters_desk.blueprint,
    events.blueprint,
    events_desk.blueprint,
    tables_desk.blueprint,
    assist.blueprint,
    attempts.blueprint,
    attempts_desk.blueprint,
    cards.blueprint,
    claims.blueprint,
    handover.blueprint,
    learning.blueprint,
    learning_desk.blueprint,
    results.blueprint,
    results_desk.blueprint,
    participation.blueprint,
    participation_desk.blueprint,
    corrections_desk.blueprint,
    duplicates_desk.blueprint,
    targets.blueprint,
    awards.blueprint,
    reports_desk.blueprint,
    desk.blueprint,
    api.blueprint,
    api_tokens.blueprint,
    api_desk.blueprint,
)


def create_app(chosen: settings.Settings | None = None) -> Flask:
    """The whole program, ready to serve. Without settings, those of the environment."""
    chosen = chosen or settings.read()
    app = Flask("contest", template_folder="../templates", static_folder=None)
    configure(app, chosen)
    logs.connect(app, chosen.log_level)
    database.connect(app, chosen)
    translations.connect(app)
    looks.connect(app)
    identity.connect(app)
    sessions.connect(app)
    csrf.init_app(app)
    access.connect(app, staff_queries.actor, api_tokens.admit)
    error_pages.connect(app)
    pages.connect(app, chosen)
    headers.connect(app)
    static_files.connect(app, chosen.instance)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # A save carries the attempt's own unguessable token and the device cookie, as JSON: nothing that
    # another site's form could send. Leaving out the session's token keeps the hot path free of sessions.
    csrf.exempt("contest.attempts.views.save")
    recognising.connect(app, seeking.line_of)
    leading.connect(app)
    access.check(app)
    command_line.connect(app)
    return app


def configure(app: Flask, chosen: settings.Settings) -> None:
    """Flask's own settings."""
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        MAX_CONTENT_LENGTH=chosen.largest_upload + 1024 * 1024,
        SESSION_COOKIE_NAME="hoi_thi",
        SESSION_COOKIE_SECURE=chosen.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=chosen.secure,
        # A phone that lay in a pocket for an hour still hands in.
        WTF_CSRF_TIME_LIMIT=None,
        SETTINGS=chosen,
        # How old a public page may be that is shown to a crowd (web/kept_pages.py).
        KEPT_SECONDS=3.0,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
