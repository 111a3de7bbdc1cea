"""What an app does with a client generated from /openapi.json, and with nothing else: see scripts/generated-client."""

import datetime
import pathlib
import subprocess
import sys
import uuid

from tasks_client import AuthenticatedClient
from tasks_client.api.conflicts import list_conflicts, settle_conflict
from tasks_client.api.service import get_health, get_root
from tasks_client.api.sync import get_sync_status, list_queue, sync_batch, sync_or_trigger, trigger_sync
from tasks_client.api.tasks import (
    create_task, delete_task, get_task, list_tasks, patch_task, replace_task, run_batch)
from tasks_client.models import (
    BatchCreate, BatchDelete, BatchRequest, BatchUpdate, ConflictKeep, ConflictTake, HealthStatus, NewNote, NewTask,
    OfflineTask, Priority, Problem, SyncBatch, SyncItem, SyncItemOperation, TaskPatch, TaskReplacement, WrittenNote)

BASE, TOKEN, PROGRAM, PLACE = sys.argv[1:]
CLIENT = AuthenticatedClient(base_url=BASE, token=pathlib.Path(TOKEN).read_text().strip())


def same(found, expected):
    if found != expected:
        raise SystemExit(f"{found!r} instead of {expected!r}")


def done(endpoint, status, **arguments):
    """What the server answers, with the head, if it is what it must be."""
    answer = endpoint.sync_detailed(client=CLIENT, **arguments)
    if answer.status_code != status:
        raise SystemExit(f"{endpoint.__name__}: {answer.status_code} {answer.content[:500]}")
    return answer


def titles(**filters):
    return [task.title for task in done(list_tasks, 200, **filters).parsed]


def desk(*words):
    subprocess.run([PROGRAM, "--store", f"{PLACE}/desk", *words], check=True, capture_output=True)


def everyday():
    """Making, reading, changing, ending and bringing back."""
    name = uuid.uuid4()
    new = NewTask(
        id=name, title="Water the plants", project="home.garden", priority=Priority.H, due=datetime.date(2031, 5, 4),
        tags=["garden"], notes=[NewNote(text="Not the cactus.")])
    task = done(create_task, 201, body=new).parsed
    same((task.id, task.title, task.priority, task.due), (name, new.title, "H", new.due))
    # A request that is sent again does no harm.
    same(done(create_task, 200, body=new).parsed.id, name)
    tag = done(get_task, 200, id=name).headers["etag"]
    same(done(get_task, 304, id=name, if_none_match=tag).parsed, None)

    moment = datetime.datetime(2031, 5, 4, 9, 30, tzinfo=datetime.timezone.utc)
    note = WrittenNote(id=task.notes[0].id, text="Not the cacti.")
    patch = TaskPatch(due=moment, priority=None, notes=[note])
    changed = done(patch_task, 200, id=name, body=patch, if_match=tag).parsed
    same((changed.due, changed.priority, changed.notes[0].text), (moment, None, "Not the cacti."))
    problem = done(patch_task, 412, id=name, body=TaskPatch(title="Too late"), if_match=tag).parsed
    same(type(problem), Problem)
    # What was read can be changed and sent back.
    whole = TaskReplacement.from_dict(changed.to_dict())
    whole.completed = True
    same(done(replace_task, 200, id=name, body=whole).parsed.completed, True)
    same(done(patch_task, 200, id=name, body=TaskPatch(completed=False)).parsed.completed_at, None)
    done(delete_task, 204, id=name)
    done(get_task, 404, id=name)
    same(done(patch_task, 200, id=name, body=TaskPatch(is_deleted=False)).parsed.title, new.title)
    return name


def lists(known):
    """Many at once, and finding them again."""
    items = [BatchCreate(operation="create", data=NewTask(title=f"Task {number}", tags=["many"])) for number in range(5)]
    results = done(run_batch, 200, body=BatchRequest(items=items)).parsed.results
    same([result.status for result in results], [201] * 5)
    first, second = (result.task.id for result in results[:2])
    items = [
        BatchUpdate(operation="update", id=first, data=TaskPatch(completed=True)),
        BatchDelete(operation="delete", id=second),
        BatchDelete(operation="delete", id=uuid.uuid4()),
    ]
    results = done(run_batch, 200, body=BatchRequest(items=items)).parsed.results
    same([result.status for result in results], [200, 204, 404])

    same(titles(tag="many", completed=False, sort="-title"), ["Task 4", "Task 3", "Task 2"])
    same(titles(project="home", q="plant"), ["Water the plants"])
    same(titles(due_before=datetime.date(2031, 5, 4)), [])
    same(titles(due_after=datetime.date(2031, 5, 3)), ["Water the plants"])
    same(len(titles(include_deleted=True)), 6)
    page = done(list_tasks, 200, limit=2, sort="title")
    same((page.headers["x-total-count"], 'rel="next"' in page.headers["link"]), ("5", True))
    same(done(get_task, 200, id=known).parsed.project, "home.garden")


def offline():
    """What happened while there was no connection."""
    then = datetime.datetime(2024, 1, 15, 10, 30, tzinfo=datetime.timezone.utc)

    def item(operation, title, at, **more):
        return SyncItem(
            client_id="phone", operation=operation, data=OfflineTask(id="offline-1", title=title, updated_at=at), **more)

    batch = SyncBatch(items=[
        item(SyncItemOperation.CREATE, "Buy bread", then),
        item(SyncItemOperation.UPDATE, "Buy rye bread", then + datetime.timedelta(minutes=1), base=then),
    ])
    results = done(sync_batch, 200, body=batch).parsed.results
    same([(result.status, result.error) for result in results], [("applied", None)] * 2)
    same(done(get_task, 200, id=results[0].server_id).parsed.title, "Buy rye bread")
    results = done(sync_or_trigger, 200, body=batch).parsed.results
    same([result.status for result in results], ["duplicate"] * 2)


def syncing(task):
    """With another device, which writes the same at the same time, twice."""
    same(len(done(list_queue, 200).parsed) > 0, True)
    for choice in [ConflictKeep(action="keep"), ConflictTake(action="take", loser=0)]:
        status = done(trigger_sync, 200, wait=True).parsed
        same((status.pending, status.online), (0, True))
        same(done(list_queue, 200).parsed, [])
        if pathlib.Path(f"{PLACE}/desk").exists():
            desk("sync")
        else:
            desk("clone", f"{PLACE}/remote")
        desk("edit", str(task), "--title", f"Water the {choice.action} plants")
        desk("sync")
        done(patch_task, 200, id=task, body=TaskPatch(title=f"Water no {choice.action} plant"))
        done(trigger_sync, 200, wait=True)
        conflict, = done(list_conflicts, 200).parsed
        shown, other = conflict.winner.value, conflict.losers[0].value
        done(settle_conflict, 200, id=conflict.id, body=choice)
        same(done(list_conflicts, 200).parsed, [])
        same(done(get_task, 200, id=task).parsed.title, shown if choice.action == "keep" else other)
    same(done(get_sync_status, 200).parsed.last_error, None)


same(done(get_root, 200).parsed.name, "tasks")
same(done(get_health, 200).parsed.status, HealthStatus.OK)
known = everyday()
lists(known)
offline()
syncing(known)
