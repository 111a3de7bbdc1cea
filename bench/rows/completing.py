"""What a person waits for after pressing Tab."""

from harness.figure import duration, ratio
from harness.row import row

#: Seconds: what nobody notices.
BAR = 0.020


@row("complete-words")
def complete(lab):
    """Completion of task numbers, projects and tags, and how much of that is starting any process at all."""
    size = lab.scale.middle
    store = lab.store(size)
    kinds = ["tasks", "projects", "tags"]
    commands = {kind: [lab.tasks, "--store", store, "complete-words", kind] for kind in kinds}
    times = lab.race(commands | {"true": ["/bin/true"]}, lab.scale.short)
    for kind in kinds:
        yield duration(f"complete {kind}, {size:,} tasks", times[kind], bar=BAR)
    yield ratio(f"complete tasks, {size:,} tasks", times["tasks"], "/bin/true", times["true"])


@row("start")
def start(lab):
    """The least that any command costs."""
    times = lab.race(
        {"tasks": [lab.tasks, "--version"], "true": ["/bin/true"]}, lab.scale.short)
    yield ratio("start (--version)", times["tasks"], "/bin/true", times["true"])
