"""How gunicorn runs us: gevent workers, one process on SQLite, chores in the background of each."""

import gc
import os

from gunicorn.workers.base import Worker

from contest import settings

_chosen = settings.read()

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gevent"
workers = _chosen.web_processes
worker_connections = 8000
keepalive = 30
graceful_timeout = 20
timeout = 60
accesslog = None
loglevel = "warning"


def post_worker_init(worker: Worker) -> None:
    """Start the chores once the program is loaded."""
    from contest import chores  # noqa: PLC0415  only after gevent has patched the worker
    from wsgi import app  # noqa: PLC0415

    chores.start(app)
    # What is loaded stays loaded. Looked through again and again, it would hold up every phone for a tenth of a second.
    gc.collect()
    gc.freeze()
