"""Sealing changes, taking them in, and what a long history costs."""

import json

from harness.figure import amount, duration, ratio
from harness.row import row

#: How much slower a command may be with a long history than with a short one and still count as flat.
FLAT = 1.2
#: And how much slower in seconds, for a command that takes only a few milliseconds anyway.
FLAT_SECONDS = 0.001


@row("apply")
def apply(lab):
    """`bundle apply` of many one-field changes by one device, in one process."""
    count, tasks = lab.scale.changes[-1], lab.scale.middle
    lab.needs("zstd", "sqlite3")
    history = lab.history(tasks, count)
    lab.run(lab.tasks, "bundle", "verify", *history.files)
    lines = lab.path("changes").with_suffix(".jsonl")
    lines.write_bytes(b"".join(change.line + b"\n" for change in history.changes))
    turns, warmups = lab.scale.long, 1
    stores = [lab.store_before(history) for _ in range(warmups + turns)]
    tables = [lab.path("lines").with_suffix(".db") for _ in range(warmups + turns)]
    # One transaction, one prepared statement: the least that keeping these lines can cost.
    insert = [
        "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE lines (line TEXT)",
        ".mode ascii", r'.separator "\037" "\n"', f".import {lines} lines",
    ]
    times = lab.race(
        {
            "tasks": lambda turn: apply_all(lab, stores[turn], history),
            "sqlite3": lambda turn: [
                "sqlite3", tables[turn], *(word for line in insert for word in ("-cmd", line)), ""],
        }, turns, warmups=warmups)
    found = int(lab.run("sqlite3", tables[-1], "SELECT count(*) FROM lines"))
    lab.check("inserted lines", found, count)
    check_applied(lab, stores[-1], history)

    what = f"apply {count:,} changes of {tasks:,} tasks"
    yield duration(what, times["tasks"], bar=1.5)
    yield ratio(what, times["tasks"], "sqlite3 .import", times["sqlite3"])
    peak = lab.peak_memory(*apply_all(lab, lab.store_before(history), history))
    yield amount("memory for that", peak, "MB", bar=64)


@row("apply-few")
def apply_few(lab):
    """The same, of a tenth of the tasks."""
    count, tasks = lab.scale.changes[-1], lab.scale.middle // 10
    history = lab.history(tasks, count)
    turns, warmups = lab.scale.long, 1
    stores = [lab.store_before(history) for _ in range(warmups + turns)]
    times = lab.race(
        {"tasks": lambda turn: apply_all(lab, stores[turn], history)}, turns, warmups=warmups)
    check_applied(lab, stores[-1], history)
    yield duration(f"apply {count:,} changes of {tasks:,} tasks", times["tasks"])
    peak = lab.peak_memory(*apply_all(lab, lab.store_before(history), history))
    yield amount("memory for that", peak, "MB")


@row("commit")
def commit(lab):
    """`commit` of new tasks, none of which was sealed."""
    size, turns, warmups = lab.scale.middle, lab.scale.long, 1
    lab.needs_command("commit")
    store = lab.path("uncommitted")
    titles = "".join(f"Chore number {index}\n" for index in range(size))
    lab.run(lab.tasks, "--store", store, "add", "--stdin", text=titles)
    stores = [lab.copy(store) for _ in range(warmups + turns)]
    times = lab.race(
        {"tasks": lambda turn: [lab.tasks, "--store", stores[turn], "commit"]}, turns,
        warmups=warmups)
    again = json.loads(lab.run(lab.tasks, "--store", stores[-1], "commit", "--json"))
    lab.check("operations left to commit", again["operations"], 0)
    yield duration(f"commit of {size:,} new tasks", times["tasks"], bar=0.3)


@row("log")
def log(lab):
    """`log` of the last changes."""
    return flat(lab, "log", lambda history: ["log", "-n", "20"])


@row("show-change")
def show_change(lab):
    """`show` of a change from the middle of the history."""
    return flat(lab, "show", lambda history: [
        "show", f"change:{history.changes[len(history.changes) // 2].id[:16]}"], name="show change:X")


@row("show-history")
def show_task(lab):
    """`show` of a task."""
    return flat(lab, "show", lambda history: ["show", history.tasks[3]], name="show ID")


@row("conflicts")
def conflicts(lab):
    """`conflicts`, of which there are none."""
    return flat(lab, "conflicts", lambda history: ["conflicts"])


@row("fsck")
def fsck(lab):
    """The check of everything, and everything made anew."""
    tasks, count = lab.scale.middle, lab.scale.changes[-1]
    lab.needs_command("fsck")
    store = lab.store_after(lab.history(tasks, count))
    times = lab.race({
        "fsck": [lab.tasks, "--store", store, "fsck"],
        "rebuild": [lab.tasks, "--store", store, "fsck", "--rebuild"],
    }, lab.scale.long)
    yield duration(f"fsck, {count:,} changes", times["fsck"])
    yield duration(f"fsck --rebuild, {count:,} changes", times["rebuild"])


@row("gc")
def gc(lab):
    """`gc` of many small files."""
    lab.needs_command("gc")
    tasks, count = lab.scale.middle // 10, lab.scale.changes[0]
    history = lab.history(tasks, count, most=1)
    store = lab.store_before(history)
    lab.run(*apply_all(lab, store, history))
    turns, warmups = lab.scale.long, 1
    stores = [lab.copy(store) for _ in range(warmups + turns)]
    times = lab.race(
        {"gc": lambda turn: [lab.tasks, "--store", stores[turn], "gc"]}, turns, warmups=warmups)
    yield duration(f"gc of {count:,} one-change files", times["gc"])


def apply_all(lab, store, history):
    return [lab.tasks, "--store", store, "bundle", "apply", *history.files]


def check_applied(lab, store, history):
    again = json.loads(lab.run(*apply_all(lab, store, history), "--json"))
    lab.check("changes left to apply", (again["changes"], again["missing"]), (0, 0))


def flat(lab, command, words, name=None):
    """A command with a long history against the same with a short one."""
    lab.needs_command(command)
    few, many = lab.scale.changes
    histories = {count: lab.history(lab.scale.middle, count) for count in (few, many)}
    times = lab.race(
        {
            count: [lab.tasks, "--store", lab.store_after(history), *words(history)]
            for count, history in histories.items()
        }, lab.scale.short)
    yield ratio(
        f"{name or ' '.join(words(histories[few]))}, {many:,} changes", times[many],
        f"the same, {few:,}", times[few],
        bar=max(FLAT, 1 + FLAT_SECONDS / times[few].median))
