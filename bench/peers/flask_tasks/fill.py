"""Puts tasks into the database of the service: an array of them, as it answers itself, on the standard input.

They are numbered anew, in their order.
"""

import json
import os
import sys

from sqlalchemy import insert
from sqlalchemy.orm import Session

from .models import Task, connect

with Session(connect(os.environ["TASKS_DB"])) as session:
    tasks = json.load(sys.stdin)
    session.execute(
        insert(Task), [task | {"number": place} for place, task in enumerate(tasks, start=1)])
    session.commit()
