"""The place of the measurements: a temporary folder with stores, and the programs that are run in it."""

import contextlib
import dataclasses
import functools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import history, race, service, tasklist
from .server import Server


HERE = Path(__file__).resolve().parent


class Unrunnable(Exception):
    """A row cannot be run here, and why."""


@dataclasses.dataclass(frozen=True)
class Scale:
    """How big the stores are and how often things are run."""

    sizes: tuple[int, int, int]
    #: How many changes a short history has, and a long one.
    changes: tuple[int, int]
    #: And one of many years.
    longest: int
    #: How many changes a device brings that was away for long.
    many: int
    #: Turns of a race between commands of a few milliseconds, and of some tenths of a second, and of seconds.
    short: int
    medium: int
    long: int
    #: Seconds that a server is asked for answers in a turn, as fast as it gives them.
    load: int

    @staticmethod
    def full():
        return Scale(
            sizes=(10, 10_000, 100_000), changes=(1_000, 100_000),
            longest=1_000_000 if os.environ.get("BENCH_FULL") == "1" else 100_000, many=10_000,
            short=60, medium=15, long=5, load=3)

    @staticmethod
    def quick():
        return Scale(
            sizes=(10, 100, 1_000), changes=(10, 1_000), longest=1_000, many=100, short=3, medium=2,
            long=1, load=1)

    @property
    def middle(self):
        """The size at which programs are compared."""
        return self.sizes[1]


class Lab:
    """Makes stores and runs commands, with nothing of the person's own around: no settings, hooks or lists."""

    def __init__(self, tasks, directory, scale, keep=False):
        self.scale = scale
        self._keep = keep
        self._counter = 0
        self._programs = tasks.resolve().parent
        self.directory = Path(tempfile.mkdtemp(prefix="tasks-bench.", dir=directory))
        # A copy, as `make install` makes: the linker leaves its file in the page cache in pieces, and a program
        # starts up to a millisecond later from those.
        self.tasks = str(shutil.copy(tasks.resolve(), self.directory / "tasks"))
        home = self.directory / "home"
        home.mkdir()
        self.environment = {
            "HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC",
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if "server" in self.__dict__:
            self.server.close()
        if self._keep:
            print(f"The stores are in {self.directory}")
        else:
            shutil.rmtree(self.directory, ignore_errors=True)

    # Programs

    def needs(self, *programs):
        """Raises `Unrunnable` unless these are installed."""
        missing = [name for name in programs if shutil.which(name) is None]
        if missing:
            raise Unrunnable(f"not installed: {', '.join(missing)}")

    def needs_command(self, name):
        """Raises `Unrunnable` unless `tasks` has the command."""
        done = subprocess.run(
            [self.tasks, name, "--help"], env=self.environment, cwd=self.directory,
            stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode != 0:
            raise Unrunnable(f"tasks has no command '{name}' yet")

    def run(self, *words, environment=None, text=None):
        """Runs a command to prepare or check something, and returns what it prints."""
        words = [str(word) for word in words]
        done = subprocess.run(
            words, env=environment or self.environment, cwd=self.directory, input=text or "",
            capture_output=True, text=True)
        if done.returncode != 0:
            raise Unrunnable(f"{' '.join(words)[:200]}: {done.stderr.strip()[:500]}")
        return done.stdout

    def race(self, commands, turns, environment=None, **options):
        """`race.race` in this place. The disk is given time to write what was prepared."""
        self.needs("hyperfine")
        os.sync()
        try:
            return race.race(
                commands, turns, environment or self.environment, self.directory, **options)
        except race.RaceFailed as failure:
            raise Unrunnable(str(failure)) from failure

    def peak_memory(self, *words):
        """Runs a command, and returns how many megabytes of memory it had at most."""
        self.needs("/usr/bin/time")
        kilobytes = self.path("peak")
        self.run("/usr/bin/time", "--format=%M", f"--output={kilobytes}", *words)
        return round(int(kilobytes.read_text()) * 1024 / 1e6, 1)

    def round_trips(self, words, turns, environment=None, prepare=None, taking=None):
        """Runs a command several times, and returns how many round trips to the far host it waited for each time.

        - taking: seconds that one takes meanwhile, if that is not what it always does.
        """
        counted, usual = [], self.server.far.round_trip
        self.server.far.round_trip = taking or usual
        for turn in range(turns):
            if prepare:
                self.run(*prepare(turn) if callable(prepare) else prepare, environment=environment)
            self.server.far.begin()
            self.run(*words(turn) if callable(words) else words, environment=environment)
            counted.append(self.server.far.round_trips(until=time.monotonic()))
        self.server.far.round_trip = usual
        return counted

    def check(self, what, found, wanted):
        """Raises `Unrunnable` if two things are not equal: figures of commands that did not do their work mean nothing."""
        if found != wanted:
            raise Unrunnable(f"{what}: {found} instead of {wanted}")

    # Servers

    @functools.cached_property
    def server(self):
        """A server with SSH, and a far one."""
        self.needs("ssh", "ssh-keygen", "sftp")
        if Server.program() is None:
            raise Unrunnable("not installed: sshd")
        try:
            return Server(self.path("server"), self.environment)
        except OSError as error:
            raise Unrunnable(str(error)) from error

    @functools.cached_property
    def on_the_net(self):
        """The environment of commands that talk to the servers."""
        settings = self.path("rclone").with_suffix(".conf")
        settings.write_text(self.server.rclone_settings)
        person = {
            f"GIT_{role}_{what}": value for role in ["AUTHOR", "COMMITTER"]
            for what, value in [("NAME", "Bench"), ("EMAIL", "bench@localhost")]
        }
        return self.environment | person | {
            "TASKS_SSH_CONFIG": str(self.server.settings), "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_SSH_COMMAND": f"ssh -F {self.server.settings}", "RCLONE_CONFIG": str(settings),
            "RESTIC_PASSWORD": "bench", "RESTIC_PROGRESS_FPS": "0.01",
        }

    def client(self, transport):
        """Our program, as it is installed where SSH is done by `tasks-ssh`, or where that is missing and `ssh` does it."""
        return self.tasks if transport == "ssh" else self.tasks_with("tasks-ssh")

    @functools.cache
    def tasks_with(self, helper):
        """Our program beside another one of ours, which it starts."""
        for place in [self._programs, self._programs.parent / "libexec/tasks"]:
            if os.access(place / helper, os.X_OK):
                folder = self.path(f"with-{helper}")
                folder.mkdir()
                shutil.copy(place / helper, folder)
                return str(shutil.copy(self.tasks, folder))
        raise Unrunnable(f"there is no {helper} in {self._programs}")

    @contextlib.contextmanager
    def services(self, count):
        """`tasks serve` and its peer at work, with the same tasks, so many: two `Service`s, for the caller alone."""
        self.needs("wrk")
        python = HERE.parents[1] / ".build/bench/flask/bin/python"
        if not (python.parents[1] / "requirements.txt").exists():
            raise Unrunnable("Flask is not installed: scripts/dependencies bench")
        store, database = self.store(count), self.path("flask").with_suffix(".db")
        # Nothing of the peer is compiled beside its source.
        environment = self.environment | {
            "TASKS_DB": str(database), "PYTHONPATH": str(HERE.parent / "peers"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        # Both have them in the order in which they came to ours.
        tasks = json.loads(self.run(self.tasks, "--store", store, "list", "--all", "--json"))
        places = {
            task["uuid"]: place
            for place, task in enumerate(json.loads(self.exported(count).read_text("utf-8")))
        }
        tasks.sort(key=lambda task: places[task["id"]])
        self.run(
            python, "-m", "flask_tasks.fill", environment=environment, text=json.dumps(tasks))
        with contextlib.ExitStack() as stack:
            yield [
                stack.enter_context(service.running(words, environment, self.path("log")))
                for words in [service.tasks(self.tasks_with("tasks-serve"), store), service.flask(python)]
            ]

    @functools.cached_property
    def champion(self):
        """The words that run `champion.py`, up to what it is to do."""
        folder = HERE.parents[1] / ".build/bench/taskchampion"
        if not (folder / "ready").exists():
            raise Unrunnable("TaskChampion is not installed: scripts/dependencies bench")
        return [folder / "bin/python", HERE / "champion.py"]

    # Stores

    def path(self, name):
        """A path nobody has used yet."""
        self._counter += 1
        return self.directory / f"{name}-{self._counter}"

    @functools.cache
    def exported(self, count):
        """A file with so many tasks, as Taskwarrior exports them."""
        path = self.path(f"tasks-{count}").with_suffix(".json")
        path.write_text(tasklist.taskwarrior_json(count), encoding="utf-8")
        return path

    @functools.cache
    def _pristine_store(self, count):
        path = self.path(f"store-{count}")
        self.run(self.tasks, "--store", path, "import", self.exported(count))
        return path

    def store(self, count):
        """A store of ours with so many tasks, for the caller alone."""
        return self.copy(self._pristine_store(count))

    @functools.cache
    def _pristine_taskwarrior(self, count):
        environment = self.empty_taskwarrior()
        self.run("task", "import", self.exported(count), environment=environment)
        # The first report after an import tidies up: closed tasks move to a file of their own.
        self.run("task", "list", environment=environment)
        return Path(environment["TASKDATA"])

    def taskwarrior(self, count):
        """The environment in which `task` has so many tasks, for the caller alone."""
        self.needs("task")
        environment = self.empty_taskwarrior()
        data = Path(environment["TASKDATA"])
        data.rmdir()
        shutil.copytree(self._pristine_taskwarrior(count), data)
        return environment

    def empty_taskwarrior(self):
        """An environment in which `task` has an empty folder for its data, and its own settings but for two.

        Without a settings file it would ask whether to make one, and a new version offers its news.
        """
        self.needs("task")
        data, settings = self.path("taskwarrior"), self.path("taskrc")
        data.mkdir()
        settings.write_text("confirmation=no\nnews.version=2.6.0\n")
        return self.environment | {"TASKDATA": str(data), "TASKRC": str(settings)}

    @functools.cache
    def history(self, tasks, count, most=None):
        """What another device did: it made so many tasks, then so many changes, at most `most` in each file."""
        self.needs("zstd")
        return history.History(self.path("history"), tasks, count, most)

    @functools.cache
    def _pristine_store_before(self, history):
        path = self.path("store-before")
        self.run(self.tasks, "--store", path, "bundle", "apply", *history.creations)
        return path

    def store_before(self, history):
        """A store with the tasks of a history and not yet its changes, for the caller alone."""
        return self.copy(self._pristine_store_before(history))

    @functools.cache
    def _pristine_store_after(self, history):
        path = self.store_before(history)
        self.run(self.tasks, "--store", path, "bundle", "apply", *history.files)
        return path

    def store_after(self, history):
        """A store with a whole history, for the caller alone."""
        return self.copy(self._pristine_store_after(history))

    @functools.cache
    def long_history(self, tasks, count):
        """The same as `history`, for as many changes as nobody wants in memory."""
        self.needs("zstd")
        return history.LongHistory(self.path("history"), tasks, count)

    def store_with(self, history):
        """A store with a whole history, made for the caller."""
        path = self.path("store-with")
        self.run(self.tasks, "--store", path, "bundle", "apply", *history.creations)
        self.run(self.tasks, "--store", path, "bundle", "apply", *history.files)
        return path

    def table(self, count):
        """An SQLite database with one table of so many rows, in WAL mode, for the caller alone."""
        self.needs("sqlite3")
        path = self.path("table").with_suffix(".db")
        self.run(
            "sqlite3", path,
            "PRAGMA journal_mode=WAL;"
            "CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL);"
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
            "INSERT INTO tasks (title, created_at) SELECT 'Task number ' || i, datetime('now') FROM n;")
        return path

    def copy(self, folder):
        """A copy of a store, for the caller alone."""
        copy = self.path(folder.name)
        # As it lies on the disk, and no faster for having just been written.
        shutil.copytree(folder, copy)
        return copy
