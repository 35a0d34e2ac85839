"""What gunicorn serves: `gunicorn -c contest/gunicorn_config.py wsgi:app`."""

from contest.program import create_app

app = create_app()
