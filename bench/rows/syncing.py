"""Exchanging changes with a server, near and far, and with a folder."""

import json
import shlex

from harness.figure import amount, counts, ratio
from harness.row import row

#: Milliseconds that a round trip takes to each host.
HOSTS = {"near": 0, "far": 100}
#: How often round trips are counted.
COUNTED = 3
#: Seconds that a round trip takes for this where the server has more to do than fits into one of the usual ones.
LONG_TRIP = 0.5
#: Pushes of one edit after which the small bundles on a remote have been folded.
FOLDING = 10
#: How much slower a push may be with a long history than with a short one and still count as flat.
FLAT = 1.2
#: Changes in a bundle where as many go into one as may.
LARGE = {"TASKS_BATCH_SIZE": "10000"}
#: Runs of programs that take half a minute for reasons that do not change, and with which nothing is judged.
FEW = 2


def over_each(name):
    """Registers a row for our own SSH client, and one for `ssh`."""

    def register(function):
        for transport, ending in [("tasks-ssh", ""), ("ssh", "-openssh")]:
            row(name + ending)(lambda lab, transport=transport: function(lab, transport))
        return function

    return register


@over_each("sync-push")
def push(lab, transport):
    """`push` after one edit of a list, beside `git push` of one commit to a repository of one short file."""
    lab.needs("git")
    tasks, environment = lab.client(transport), lab.on_the_net
    stores = {host: synced_store(lab, tasks, host) for host in HOSTS}
    repositories = {host: repository(lab, host) for host in HOSTS}
    commands, edits = {}, {}
    for host in HOSTS:
        commands["tasks", host] = [tasks, "--store", stores[host], "push"]
        edits["tasks", host] = [tasks, "--store", stores[host], "add", "Buy milk"]
        commands["git", host] = ["git", "-C", repositories[host], "push", "-q"]
        edits["git", host] = commit(repositories[host])

    trips = {
        name: lab.round_trips(commands[name, "far"], turns, environment, edits[name, "far"])
        for name, turns in [("tasks", FOLDING), ("git", COUNTED)]
    }
    times = lab.race(commands, lab.scale.long, environment, prepare=edits)
    for host in HOSTS:
        status = json.loads(lab.run(*commands["tasks", host], "--json", environment=environment))
        lab.check("changes left to push", status["push"]["changes"], 0)

    what = f"push of one edit over {transport}"
    yield counts(
        f"{what}, {HOSTS['far']} ms", trips["tasks"], "trips", 10 if transport == "tasks-ssh" else None,
        "git push", trips["git"])
    yield amount(f"one in {FOLDING} pushes, which also folds", max(trips["tasks"]), "trips")
    for host in reversed(HOSTS):
        yield ratio(
            f"{what}, {HOSTS[host]} ms", times["tasks", host], "git push", times["git", host],
            bar=1 if transport == "tasks-ssh" else None)


@over_each("sync-pull")
def pull(lab, transport):
    """`pull` where nothing is new, beside `git fetch`."""
    lab.needs("git")
    tasks, environment = lab.client(transport), lab.on_the_net
    commands = {}
    for host in HOSTS:
        commands["tasks", host] = [tasks, "--store", synced_store(lab, tasks, host), "pull"]
        commands["git", host] = ["git", "-C", repository(lab, host), "fetch", "-q"]
    trips = {
        name: lab.round_trips(commands[name, "far"], COUNTED, environment)
        for name in ["tasks", "git"]
    }
    times = lab.race(commands, lab.scale.long, environment)
    what = f"pull of nothing over {transport}"
    yield counts(
        f"{what}, {HOSTS['far']} ms", trips["tasks"], "trips", 9 if transport == "tasks-ssh" else None,
        "git fetch", trips["git"])
    for host in reversed(HOSTS):
        yield ratio(
            f"{what}, {HOSTS[host]} ms", times["tasks", host], "git fetch", times["git", host])


@row("sync-push-many")
def push_many(lab):
    """`push` of many small bundles, beside the same bytes in one, and beside programs that send the same files."""
    lab.needs("restic", "rclone")
    tasks, environment = lab.client("tasks-ssh"), lab.on_the_net | {"TASKS_BATCH_SIZE": "1"}
    in_one = environment | LARGE
    number, turns = lab.scale.sizes[1] // 100, min(lab.scale.long, FEW)
    store = lab.path("store")
    lab.run(tasks, "--store", store, "init")
    lab.run(tasks, "--store", store, "add", "The first")
    remotes = [
        add_remote(lab, tasks, store, "far", environment) for _ in range(turns + 2 * COUNTED)]
    for index in range(number):
        lab.run(tasks, "--store", store, "add", f"Chore number {index}")
        lab.run(tasks, "--store", store, "commit")
    files = bundles_of(lab, tasks, store, environment)

    def push_to(name):
        return [tasks, "--store", store, "push", name]

    trips = {}
    for kind, setting in [("one", in_one), ("many", environment)]:
        names = [remotes.pop() for _ in range(COUNTED)]
        trips[kind] = lab.round_trips(
            lambda turn: push_to(names[turn]), COUNTED, setting, taking=LONG_TRIP)
    commands = {"tasks": lambda turn: push_to(remotes[turn])} | senders(lab, files, turns)
    times = lab.race(commands, turns, environment, warmups=0)
    sent = json.loads(lab.run(*push_to(remotes[-1]), "--json", environment=environment))
    lab.check("changes left to push", sent["push"]["changes"], 0)

    what = f"push of {number} bundles, {HOSTS['far']} ms"
    yield counts(what, trips["many"], "trips", max(trips["one"]) + 1, "all in one", trips["one"])
    for peer in times:
        if peer != "tasks":
            yield ratio(what, times["tasks"], peer, times[peer])


@row("sync-many-changes")
def many_changes(lab):
    """`push` and `pull` of what a device did that was away for long, beside programs that carry the same files."""
    lab.needs("restic", "rclone")
    tasks, environment = lab.client("tasks-ssh"), lab.on_the_net
    count, turns = lab.scale.many, min(lab.scale.long, FEW)
    history = lab.history(lab.scale.middle // 10, count)
    store = lab.store_before(history)
    remotes = [add_remote(lab, tasks, store, "far", environment) for _ in range(turns)]
    # What is pulled lies where the folder remote is that the same was pushed to.
    folder = lab.path("remote")
    lab.run(tasks, "--store", store, "remote", "add", "folder", folder)
    lab.run(tasks, "--store", store, "push", "folder")
    reader = lab.store_before(history)
    lab.run(tasks, "--store", reader, "remote", "add", "origin", f"sftp://far{folder}")
    lab.run(tasks, "--store", reader, "pull", environment=environment)
    lab.run(tasks, "--store", store, "bundle", "apply", *history.files)
    lab.run(tasks, "--store", store, "push", "folder")
    readers = [lab.copy(reader) for _ in range(turns)]

    commands = {"tasks": lambda turn: [tasks, "--store", store, "push", remotes[turn]]}
    commands |= senders(lab, folder / "bundles", turns, ["rclone copy", "restic backup"])
    times = lab.race(commands, turns, environment, warmups=0)
    what = f"push of {count:,} new changes, {HOSTS['far']} ms"
    for peer in times:
        if peer != "tasks":
            yield ratio(what, times["tasks"], peer, times[peer])

    commands = {"tasks": lambda turn: [tasks, "--store", readers[turn], "pull"]}
    commands |= receivers(lab, folder / "bundles", turns)
    times = lab.race(commands, turns, environment, warmups=0)
    again = json.loads(
        lab.run(tasks, "--store", readers[-1], "pull", "--json", environment=environment))
    lab.check("changes left to pull", again["pull"]["changes"], 0)
    what = f"pull of {count:,} new changes, {HOSTS['far']} ms"
    for peer in times:
        if peer != "tasks":
            yield ratio(what, times["tasks"], peer, times[peer])


@row("sync-clone")
def clone(lab):
    """`clone` of a list from a folder, beside TaskChampion's first sync of the same list."""
    size, turns, warmups = lab.scale.middle, lab.scale.long, 1
    champion = lab.champion
    server = lab.path("champion-server")
    server.mkdir()
    lab.run(*champion, "fill", lab.exported(size), lab.path("replica"), server)
    replicas = [lab.path("replica") for _ in range(warmups + turns)]
    stores = [lab.path("clone") for _ in range(warmups + turns)]
    folder = pushed_folder(lab, size)
    times = lab.race(
        {
            "tasks": lambda turn: [lab.tasks, "--store", stores[turn], "clone", folder],
            "pull": lambda turn: [*champion, "pull", replicas[turn], server],
            "start": [*champion, "start"],
        }, turns, warmups=warmups)
    found = int(lab.run(lab.tasks, "--store", stores[-1], "count", "--all"))
    lab.check("cloned tasks", found, int(lab.run(*champion, "count", replicas[-1])))
    # It is a library, and what Python takes to start is not its affair.
    yield ratio(
        f"clone of {size:,} tasks from a folder", times["tasks"], "TaskChampion sync",
        times["pull"].without(times["start"]), bar=1 / 4)


@row("sync-clone-git")
def clone_git(lab):
    """`clone` of a list from a folder, beside `git clone` of a repository with a file for each of the tasks."""
    lab.needs("git")
    size, turns, warmups = lab.scale.middle, lab.scale.long, 1
    environment = lab.on_the_net
    folder = pushed_folder(lab, size)
    source = lab.path("repository")
    git(lab, "init", "-q", "-b", "main", source)
    for index, task in enumerate(json.loads(lab.exported(size).read_text(encoding="utf-8"))):
        (source / f"{index}.json").write_text(json.dumps(task), encoding="utf-8")
    git(lab, "-C", source, "add", ".")
    git(lab, "-C", source, "commit", "-q", "-m", "All")
    stores = [lab.path("clone") for _ in range(warmups + turns)]
    copies = [lab.path("git-clone") for _ in range(warmups + turns)]
    times = lab.race(
        {
            "tasks": lambda turn: [lab.tasks, "--store", stores[turn], "clone", folder],
            "git": lambda turn: ["git", "clone", "-q", f"file://{source}", copies[turn]],
        }, turns, environment, warmups=warmups)
    yield ratio(
        f"clone of {size:,} tasks from a folder", times["tasks"], "git clone", times["git"])


@row("sync-history")
def long_history(lab):
    """`push` after one edit with a long history and with a short one, to a folder and to a server."""
    few, many = lab.scale.changes[0], lab.scale.longest
    tasks, environment = lab.tasks, lab.on_the_net
    commands, edits, stores = {}, {}, {}
    for count in [few, many]:
        store = stores[count] = lab.store_with(lab.long_history(lab.scale.middle, count))
        for place, host in [("a folder", ""), ("near", "sftp://near")]:
            name, folder = place.split()[-1], lab.path("remote")
            lab.run(tasks, "--store", store, "remote", "add", name, f"{host}{folder}")
            leave_for_years(lab, [tasks, "--store", store, "push", name], folder)
            commands[place, count] = [tasks, "--store", store, "push", name]
            edits[place, count] = [tasks, "--store", store, "add", "Buy milk"]
    times = lab.race(commands, lab.scale.medium, environment, prepare=edits)
    for place, where in [("a folder", "to a folder"), ("near", "over ssh, 0 ms")]:
        yield ratio(
            f"push {where}, {many:,} changes", times[place, many], f"the same, {few:,}",
            times[place, few], bar=FLAT)


# Ours


def on(lab, host):
    """The address of a new folder on a host."""
    return f"sftp://{host}{lab.path('remote')}"


def add_remote(lab, tasks, store, host, environment):
    """Makes a remote of a store, and returns its name. It has what the store has now."""
    name = lab.path("remote").name
    lab.run(tasks, "--store", store, "remote", "add", name, on(lab, host))
    lab.run(tasks, "--store", store, "push", name, environment=environment)
    return name


def leave_for_years(lab, push, folder):
    """Fills a remote, and leaves it as it is when it has been folded long ago: in few files, and none of what was folded."""
    environment = lab.on_the_net | LARGE
    lab.run(*push, environment=environment)
    before = set(folder.glob("bundles/*.tasks"))
    lab.run(*push, environment=environment)
    if set(folder.glob("bundles/*.tasks")) > before:
        for file in before:
            file.unlink()
        lab.run(*push, environment=environment)


def synced_store(lab, tasks, host):
    """A list whose only remote, on a host, has all of it."""
    store = lab.store(lab.scale.middle)
    add_remote(lab, tasks, store, host, lab.on_the_net)
    return store


def pushed_folder(lab, size):
    """A remote in a folder, with a list."""
    store, folder = lab.store(size), lab.path("remote")
    lab.run(lab.tasks, "--store", store, "remote", "add", "origin", folder)
    lab.run(lab.tasks, "--store", store, "push")
    return folder


def bundles_of(lab, tasks, store, environment):
    """The folder with the bundles of a whole store, as they are sent."""
    folder = lab.path("remote")
    lab.run(tasks, "--store", store, "remote", "add", folder.name, folder)
    lab.run(tasks, "--store", store, "push", folder.name, environment=environment)
    return folder / "bundles"


# Peers


def git(lab, *words):
    return lab.run("git", *words, environment=lab.on_the_net)


def repository(lab, host):
    """A repository of one short file, whose only remote, on a host, has all of it."""
    bare, path = lab.path("bare"), lab.path("repository")
    git(lab, "init", "-q", "--bare", bare)
    git(lab, "init", "-q", "-b", "main", path)
    git(lab, "-C", path, "remote", "add", "origin", f"{host}:{bare}")
    lab.run(*commit(path), environment=lab.on_the_net)
    git(lab, "-C", path, "push", "-q", "-u", "origin", "main")
    return path


def commit(repository):
    """Commits one more line."""
    return [
        "sh", "-c",
        f"cd {shlex.quote(str(repository))} && date +%N >>list && git add list && git commit -q -m Edit"]


def restic(lab, repository, *words):
    command = f"ssh -F {lab.server.settings} far -s sftp"
    return ["restic", "-q", "-r", f"sftp:far:{repository}", "-o", f"sftp.command={command}", *words]


def sftp(lab, name, *commands):
    batch = lab.path(name)
    batch.write_text("".join(f"{command}\n" for command in commands))
    return ["sftp", "-q", "-F", lab.server.settings, "-b", batch, "far"]


def senders(lab, files, runs, wanted=("sftp put", "rclone copy", "restic backup")):
    """Commands that send the files of a folder to the far host, each time to another place."""
    places = [lab.path("sent") for _ in range(runs)]
    batches = []
    for place in places:
        (place / "sftp").mkdir(parents=True)
        lab.run("restic", "-q", "-r", place / "restic", "init", environment=lab.on_the_net)
        batches.append(sftp(lab, "batch", f"put {files}/*.tasks {place}/sftp/"))
    commands = {
        "sftp put": lambda turn: batches[turn],
        "rclone copy": lambda turn: ["rclone", "copy", files, f"far:{places[turn]}/rclone"],
        "restic backup": lambda turn: restic(lab, places[turn] / "restic", "backup", files),
    }
    return {name: commands[name] for name in wanted}


def receivers(lab, files, runs):
    """Commands that get the files of a folder on the far host, each time into another folder."""
    repository = lab.path("restic")
    lab.run("restic", "-q", "-r", repository, "init", environment=lab.on_the_net)
    lab.run("restic", "-q", "-r", repository, "backup", files, environment=lab.on_the_net)
    places = [lab.path("got") for _ in range(runs)]
    return {
        "rclone copy": lambda turn: ["rclone", "copy", f"far:{files}", places[turn] / "rclone"],
        "restic restore": lambda turn: restic(
            lab, repository, "restore", "latest", "--target", places[turn] / "restic"),
    }
