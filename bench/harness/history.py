"""Made-up changes of another device, in bundles: the same ones for the same numbers. docs/format.md is followed."""

import hashlib
import json
import random
import subprocess
import typing
import uuid

from .tasklist import PROJECTS, THINGS, VERBS

DEVICE = "00112233445566aa"
#: What a bundle may hold, and what is kept for its header and the line feeds.
CONTENT = 4_000_000 - 1_000
START = 1_763_000_000_000


class Change(typing.NamedTuple):
    sequence: int
    id: str
    line: bytes


class History:
    """A device's changes in files: those that make tasks, and as many more, each of one field of one task.

    No file has more than `most` of the latter.
    """

    def __init__(self, folder, tasks, count, most=None):
        author = Author(tasks)
        folder.mkdir()
        self.tasks = author.tasks
        self.creations = write_bundles(author.creations(), folder / "creations")
        self.changes = list(author.edits(count))
        self.files = write_bundles(self.changes, folder / "changes", most)


class LongHistory:
    """The same, without a list of the changes in memory."""

    def __init__(self, folder, tasks, count):
        author = Author(tasks)
        folder.mkdir()
        self.count = count
        self.creations = write_bundles(author.creations(), folder / "creations")
        self.files = write_bundles(author.edits(count), folder / "changes")


class Author:
    """A device that has seen everything: each of its operations replaces what there was."""

    def __init__(self, tasks, seed=2026):
        self._random = random.Random(seed)
        self.tasks = [str(uuid.UUID(int=self._random.getrandbits(128), version=4)) for _ in range(tasks)]
        #: The name of the operation whose write of a field counts, by task and field.
        self._current = [{} for _ in range(tasks)]
        self._sequence = 0
        self._previous = None
        self._clock = START

    def creations(self):
        """Changes that make the tasks, a thousand in each."""
        for first in range(0, len(self.tasks), 1000):
            yield self._change([
                (place, "create", {"title": self._title()})
                for place in range(first, min(first + 1000, len(self.tasks)))
            ])

    def edits(self, count):
        """So many changes, each of one field of one task."""
        random_ = self._random
        values = [
            lambda: ("title", self._title()),
            lambda: ("priority", random_.choice("HML")),
            lambda: ("project", random_.choice(PROJECTS)),
            lambda: ("completed", random_.random() < 0.5),
        ]
        for index in range(count):
            field, value = values[index % len(values)]()
            yield self._change([(random_.randrange(len(self.tasks)), "update", {field: value})])

    def _title(self):
        return f"{self._random.choice(VERBS)} {self._random.choice(THINGS)}"

    def _change(self, edits):
        """The next change, which touches no task twice."""
        operations = []
        for place, kind, fields in edits:
            self._clock += 1000
            current = self._current[place]
            over = sorted({current[field] for field in [*fields, "is_deleted"] if field in current})
            operations.append({
                "at": self._clock, "kind": kind, "over": over, "set": fields,
                "task": self.tasks[place],
            })
        self._sequence += 1
        line = json.dumps(
            {"device": DEVICE, "name": "another", "ops": operations, "prev": self._previous,
             "seq": self._sequence, "v": 1},
            ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        self._previous = hashlib.sha256(line).hexdigest()
        for index, (place, _, fields) in enumerate(edits):
            for field in [*fields, "is_deleted"]:
                self._current[place][field] = f"{self._previous[:16]}:{index}"
        return Change(self._sequence, self._previous, line)


def write_bundles(changes, folder, most=None):
    """Writes changes that follow one another into as few files as they fit into, and returns those."""
    folder.mkdir()
    contents = []
    for bundle in _bundles(changes, most):
        content = folder / f"{len(contents):04}"
        lines = [_header(bundle), *(change.line for change in bundle)]
        content.write_bytes(b"".join(line + b"\n" for line in lines))
        contents.append(content)
    subprocess.run(["zstd", "-q", "--check", "--rm", "--", *contents], check=True)
    return [
        content.with_suffix(".zst").rename(content.with_suffix(".tasks")) for content in contents
    ]


def _bundles(changes, most):
    bundle, length = [], 0
    for change in changes:
        if bundle and (length + len(change.line) >= CONTENT or len(bundle) == most):
            yield bundle
            bundle, length = [], 0
        bundle.append(change)
        length += len(change.line) + 1
    if bundle:
        yield bundle


def _header(bundle):
    span = {
        "device": DEVICE, "first": bundle[0].sequence, "last": bundle[-1].sequence,
        "tip": bundle[-1].id,
    }
    header = {"devices": [span], "format": "tasks-bundle", "version": 1}
    return json.dumps(header, separators=(",", ":")).encode()
