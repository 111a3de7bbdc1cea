"""The server, asked by many at once, beside a Flask service of the same tasks."""

import json
import re

from harness.figure import amount, delay, rate
from harness.lab import Unrunnable
from harness.row import row
from harness.service import CONNECTIONS, ServiceFailed

PEER = "Flask"
#: Megabytes.
MEMORY = 64
#: Seconds that the slowest reads of a hundred may take.
PATIENCE = 0.01
#: How many tasks are asked for, one after the other.
ASKED = 1000
PAGE = 50
NEW_TASK = json.dumps({
    "title": "Buy milk and bread", "project": "home", "priority": "H", "due": "2026-12-24",
    "tags": ["shop"],
})


def serving(name):
    """Registers a row `(lab, services)` that gets both servers at work, and looks at the memory of ours in the end."""

    def register(function):
        @row(name)
        def measured(lab):
            try:
                with lab.services(lab.scale.middle) as services:
                    yield from function(lab, services)
                    yield memory(f"{name}: memory", services[0])
            except ServiceFailed as failure:
                raise Unrunnable(str(failure)) from failure

        return function

    return register


@serving("serve-get")
def get(lab, services):
    """GET of one task, each time another of a thousand."""
    listed = services[0].ask(f"/api/tasks?limit={min(ASKED, lab.scale.middle)}")[2]
    paths = [f"/api/tasks/{task['id']}" for task in listed]
    for service in services:
        status, _, task = service.ask(paths[-1])
        lab.check("the task that was asked for", (status, task["id"]), (200, listed[-1]["id"]))
        lab.check("its title", task["title"], listed[-1]["title"])
    yield from compare(
        "GET of one task", load(lab, services, paths, paths), bar=10,
        patience=PATIENCE)


@serving("serve-list")
def list_(lab, services):
    """GET of a page of the list."""
    path = f"/api/tasks?limit={PAGE}"
    pages = []
    for service in services:
        status, headers, page = service.ask(path)
        lab.check("status of a list", status, 200)
        lab.check("X-Total-Count", headers["X-Total-Count"], str(lab.scale.middle))
        pages.append([task["id"] for task in page])
    lab.check("tasks on a page", len(pages[0]), min(PAGE, lab.scale.middle))
    lab.check("whether the pages are the same", pages[0] == pages[1], True)
    what = f"GET of {PAGE} of {lab.scale.middle:,} tasks"
    yield from compare(what, load(lab, services, [path], [path]), bar=10, patience=PATIENCE)
    # Ours keeps a few pages until something is written. Of so many it has kept none that is asked for.
    yield from compare(
        f"{what}, a page each time", load(lab, services, *pages_of_each(lab, services)), bar=None)


def pages_of_each(lab, services):
    """The addresses of all pages: ours tells the next one with each, and the peer takes numbers."""
    ours, path = [], f"/api/tasks?limit={PAGE}"
    while path:
        ours.append(path)
        link = services[0].ask(path)[1]["Link"]
        path = link and re.match(r'<([^>]+)>; rel="next"$', link)[1]
    theirs = [
        f"/api/tasks?limit={PAGE}&offset={first}" for first in range(0, lab.scale.middle, PAGE)]
    lab.check("pages", len(ours), len(theirs))
    return ours, theirs


@serving("serve-post")
def post(lab, services):
    """POST of new tasks: an answer says that its task is on the disk."""
    before = [count(service) for service in services]
    loads = load(lab, services, ["/api/tasks"], ["/api/tasks"], NEW_TASK)
    for service, there, told in zip(services, before, loads, strict=True):
        answers = sum(turn.answers for turn in told)
        # When the time is up, every connection may have a request under way.
        under_way = CONNECTIONS * len(told)
        if not answers <= count(service) - there <= answers + under_way:
            raise Unrunnable(f"{count(service) - there} tasks are new after {answers} answers")
    yield from compare("POST of a task", loads, bar=3)


@row("serve-memory")
def memory_of_all(lab):
    """Memory of ours after each kind of request."""
    try:
        with lab.services(lab.scale.middle) as (ours, _):
            path = f"/api/tasks/{ours.ask('/api/tasks?limit=1')[2][0]['id']}"
            for _ in range(2):
                ours.load(lab.scale.load, [path])
                ours.load(lab.scale.load, [f"/api/tasks?limit={PAGE}"])
                ours.load(lab.scale.load, ["/api/tasks"], NEW_TASK)
            yield memory("memory after GET, lists and POST", ours)
    except ServiceFailed as failure:
        raise Unrunnable(str(failure)) from failure


def load(lab, services, our_paths, peer_paths, body=None):
    """How both did, turn by turn; the first turn is to warm them up. They take turns in going first."""
    paths = [our_paths, peer_paths]
    told = [[] for _ in services]
    for turn in range(1 + lab.scale.long):
        for place in [0, 1] if turn % 2 else [1, 0]:
            told[place].append(services[place].load(lab.scale.load, paths[place], body))
    return told


def compare(what, loads, bar, patience=None):
    ours, peer = [turns[1:] for turns in loads]
    yield rate(
        what, [turn.rate for turn in ours], PEER, [turn.rate for turn in peer], bar=bar)
    yield delay(
        f"{what}: slowest of 100", [turn.p99 for turn in ours], patience, PEER,
        [turn.p99 for turn in peer])


def memory(what, service):
    return amount(what, service.peak_memory, "MB", MEMORY)


def count(service):
    return int(service.ask("/api/tasks?limit=1")[1]["X-Total-Count"])
