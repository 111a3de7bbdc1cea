"""Commands that change one task, on stores of three sizes."""

import json

from harness.figure import ratio
from harness.row import row

#: How much slower a command may be on the largest store than on the smallest and still count as flat.
FLAT = 1.3


@row("add")
def add(lab):
    """`tasks add` against one durable insert by `sqlite3`, on an empty machine and a full one, and against `task add`."""
    title = "Buy milk"
    insert = (
        "PRAGMA synchronous=FULL;"
        f"INSERT INTO tasks (title, created_at) VALUES ('{title}', datetime('now'))"
    )
    commands = {}
    for size in lab.scale.sizes:
        commands["tasks", size] = [lab.tasks, "--store", lab.store(size), "add", title]
        commands["sqlite3", size] = ["sqlite3", lab.table(size), insert]
    # sqlite3 copies its log into the database when it exits, which we do once in a while: not so here, to see what
    # the database's own care costs and what our work costs.
    commands["log kept"] = [
        "sqlite3", "-cmd", ".dbconfig no_ckpt_on_close on", lab.table(lab.scale.middle), insert]
    times = lab.race(commands, lab.scale.short)
    for size in lab.scale.sizes:
        yield ratio(
            f"add, {size:,} tasks", times["tasks", size], "sqlite3 INSERT", times["sqlite3", size],
            bar=1.5)
    size = lab.scale.middle
    yield ratio(
        f"add, {size:,} tasks", times["tasks", size], "the same, log kept", times["log kept"])
    yield flat("add", lab, times)


@row("add-taskwarrior")
def add_taskwarrior(lab):
    """`tasks add` against `task add`."""
    size = lab.scale.middle
    times = lab.race(
        {
            "tasks": [lab.tasks, "--store", lab.store(size), "add", "Buy milk"],
            "task": ["task", "add", "Buy milk"],
        }, lab.scale.medium, environment=lab.taskwarrior(size))
    yield ratio(f"add, {size:,} tasks", times["tasks"], "task add", times["task"], bar=1 / 4)


@row("done")
def done(lab):
    """`tasks done`, each time of another task. Every store gets the same tasks to do, beside those it has."""
    turns = lab.scale.short
    commands = {}
    for size in lab.scale.sizes:
        store = lab.store(size)
        titles = "".join(f"Chore number {index}\n" for index in range(turns + 1))
        added = lab.run(lab.tasks, "--store", store, "add", "--stdin", "--json", text=titles)
        numbers = [task["number"] for task in json.loads(added)]
        commands["tasks", size] = lambda turn, store=store, numbers=numbers: [
            lab.tasks, "--store", store, "done", numbers[turn]]
    yield flat("done", lab, lab.race(commands, turns))


@row("show")
def show(lab):
    """`tasks show` of one task."""
    commands = {
        ("tasks", size): [lab.tasks, "--store", lab.store(size), "show", "3"]
        for size in lab.scale.sizes
    }
    yield flat("show", lab, lab.race(commands, lab.scale.short))


def flat(command, lab, times):
    """The largest store against the smallest."""
    small, large = lab.scale.sizes[0], lab.scale.sizes[-1]
    return ratio(
        f"{command}, {large:,} tasks", times["tasks", large], f"the same, {small:,}",
        times["tasks", small], bar=FLAT)
