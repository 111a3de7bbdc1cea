"""Reading a long list, through a pipe."""

import json

from harness.figure import ratio
from harness.row import row

BAR = 1 / 4


@row("list")
def list_(lab):
    """All open tasks."""
    return compare(lab, "list", ["list"], ["list"])


@row("list-screen")
def list_screen(lab):
    """A first screen of open tasks. The peer is asked for no more, either."""
    return compare(lab, "list --limit 25", ["list", "--limit", "25"], ["limit:25", "list"])


@row("list-json")
def list_json(lab):
    """Everything, for a program. Both must write the same tasks."""
    size = lab.scale.middle
    ours = json.loads(lab.run(lab.tasks, "--store", lab.store(size), "list", "--all", "--json"))
    theirs = json.loads(lab.run("task", "export", environment=lab.taskwarrior(size)))
    lab.check("tasks in JSON", len(ours), len(theirs))
    return compare(lab, "list --all --json", ["list", "--all", "--json"], ["export"])


def compare(lab, what, ours, theirs):
    size = lab.scale.middle
    times = lab.race(
        {"tasks": [lab.tasks, "--store", lab.store(size)] + ours, "task": ["task"] + theirs},
        lab.scale.medium, environment=lab.taskwarrior(size))
    yield ratio(
        f"{what}, {size:,} tasks", times["tasks"], "task " + " ".join(theirs), times["task"], bar=BAR)
