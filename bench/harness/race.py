"""Fair timing of whole commands.

A machine that others use is fast in one second and slow in the next. So commands that are to be compared are not run
one after the other, each twenty times, but in *turns*: every turn runs each command once, in an order of its own.
What disturbs one command then disturbs its rivals as much, and the ratio is taken turn by turn, of neighbours in time.
"""

import json
import random
import shlex
import statistics
import subprocess
import tempfile


class RaceFailed(Exception):
    """A command ended with a failure; a time would mean nothing."""


def race(commands, turns, environment, directory, warmups=1, output="pipe", seed=1, prepare=None):
    """Runs every command once a turn, by hyperfine, and returns each one's `Times`.

    - commands: for every name a list of words, or a function from the number of the run (from 0, warm-ups counted)
      to such a list, for commands that must not be the same twice: `done 7`, an import into a fresh store.
    - warmups: turns that are run and not counted.
    - prepare: for some names the words, or such a function, of a command that is run before, and not counted.
    """
    order = random.Random(seed)
    runs, preparations = [], []
    for turn in range(warmups + turns):
        names = list(commands)
        order.shuffle(names)
        for name in names:
            runs.append((turn, name, _words(commands[name], turn)))
            if prepare:
                preparations += ["--prepare", shlex.join(_words(prepare.get(name, ["true"]), turn))]

    # hyperfine runs its arguments in order, so a turn is nothing but neighbouring arguments, each run once.
    with tempfile.NamedTemporaryFile(dir=directory, suffix=".json") as file:
        arguments = [
            "hyperfine", "--shell=none", "--runs=1", "--style=none", f"--output={output}",
            f"--export-json={file.name}", *preparations,
        ]
        # /dev/null as the input: no command is to think that it sits at a terminal.
        done = subprocess.run(
            arguments + [shlex.join(words) for _, _, words in runs], env=environment,
            cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise RaceFailed(done.stderr.strip())
        results = json.load(file)["results"]

    times = {name: Times([], []) for name in commands}
    for (turn, name, _), result in zip(runs, results, strict=True):
        if turn >= warmups:
            times[name].wall.append(result["times"][0])
            times[name].processor.append(result["user"] + result["system"])
    return times


def _words(command, turn):
    return [str(word) for word in (command(turn) if callable(command) else command)]


class Times:
    """What a command took, turn by turn, in seconds."""

    def __init__(self, wall, processor):
        self.wall = wall
        #: Time on a processor, in the program and in the kernel for it.
        self.processor = processor

    @property
    def median(self):
        return statistics.median(self.wall)

    @property
    def least(self):
        return min(self.wall)

    def without(self, other):
        """What is left without the time of another command of the same race, turn by turn."""
        return Times(
            [max(a - b, 0) for a, b in zip(self.wall, other.wall, strict=True)],
            [max(a - b, 0) for a, b in zip(self.processor, other.processor, strict=True)])
