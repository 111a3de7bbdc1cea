"""Bringing in a list from elsewhere."""

from harness.figure import ratio
from harness.row import row


@row("import")
def import_(lab):
    """Taskwarrior's JSON into an empty store, a new one for every run."""
    size, turns, warmups = lab.scale.middle, lab.scale.long, 1
    file = lab.exported(size)
    stores = [lab.path("imported") for _ in range(warmups + turns)]
    environment = lab.empty_taskwarrior()
    folders = [lab.path("imported-taskwarrior") for _ in range(warmups + turns)]
    for folder in folders:
        folder.mkdir()
    times = lab.race(
        {
            "tasks": lambda turn: [lab.tasks, "--store", stores[turn], "import", file],
            "task": lambda turn: ["task", f"rc.data.location={folders[turn]}", "import", file],
        }, turns, environment=environment, warmups=warmups)

    found = int(lab.run(lab.tasks, "--store", stores[-1], "count", "--all"))
    theirs = lab.run("task", f"rc.data.location={folders[-1]}", "count", environment=environment)
    lab.check("imported tasks", found, int(theirs))
    yield ratio(f"import, {size:,} tasks", times["tasks"], "task import", times["task"], bar=1 / 2)
