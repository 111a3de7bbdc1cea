"""The peer of `tasks serve`: the same five endpoints as a Flask developer would write them, with SQLAlchemy and SQLite.

    TASKS_DB=FILE gunicorn --workers 2 flask_tasks:create_app()
    TASKS_DB=FILE python -m flask_tasks.fill TASKS.JSON
"""

from .app import create_app

__all__ = ["create_app"]
