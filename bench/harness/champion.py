"""TaskChampion, Taskwarrior 3's library, at work. Its own Python runs this, where `scripts/dependencies bench` put it.

    champion.py fill TASKS.JSON REPLICA SERVER     makes a replica of what Taskwarrior exported, and syncs it
    champion.py pull REPLICA SERVER                makes a replica of what was synced
    champion.py count REPLICA                      says how many tasks it has
    champion.py start                              does nothing: what Python and the library take to start
"""

import sys

import taskchampion

#: Servers in a folder never ask for a snapshot anyway.
AVOIDS_SNAPSHOTS = True


def replica(path):
    return taskchampion.Replica.new_on_disk(path, True)


def fill(tasks, path, server):
    import datetime
    import json

    def instant(text):
        return datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(
            tzinfo=datetime.timezone.utc)

    mine, operations = replica(path), taskchampion.Operations()
    with open(tasks, encoding="utf-8") as file:
        items = json.load(file)
    for item in items:
        task = mine.create_task(item["uuid"], operations)
        task.set_description(item["description"], operations)
        task.set_entry(instant(item["entry"]), operations)
        is_done = item["status"] == "completed"
        task.set_status(
            taskchampion.Status.Completed if is_done else taskchampion.Status.Pending, operations)
        for name in ["project", "priority"]:
            if name in item:
                task.set_value(name, item[name], operations)
        if "due" in item:
            task.set_due(instant(item["due"]), operations)
        for tag in item.get("tags", []):
            task.add_tag(taskchampion.Tag(tag), operations)
        for note in item.get("annotations", []):
            annotation = taskchampion.Annotation(instant(note["entry"]), note["description"])
            task.add_annotation(annotation, operations)
        task.set_modified(instant(item["modified"]), operations)
    mine.commit_operations(operations)
    mine.sync_to_local(server, AVOIDS_SNAPSHOTS)


def main(word, *paths):
    if word == "fill":
        fill(*paths)
    elif word == "pull":
        replica(paths[0]).sync_to_local(paths[1], AVOIDS_SNAPSHOTS)
    elif word == "count":
        print(len(replica(paths[0]).all_task_uuids()))


main(*sys.argv[1:])
