"""Made-up task lists that look like people's: the same one for the same count, but for the day it is made on."""

import datetime
import json
import random
import uuid

VERBS = (
    "Call Write Buy Fix Review Plan Cancel Renew Book Check Clean Send Prepare Return Update Order Read Ask Move Print "
    "Measure Repair Sort Answer Draft Compare Install Water Sell Pick up"
).split()
THINGS = (
    "the tax return|Ann about Friday|milk and bread|the bicycle's brakes|the quarterly report|a table for six|"
    "the insurance|the dentist|tickets to Lisbon|the backup drive|the slides for Monday|Grandma's birthday present|"
    "the kitchen tap|the lease|notes of the meeting|an answer to the council|the parser's error messages|"
    "the release checklist|two litres of white paint|the école's form|das Fahrrad aus der Werkstatt|a new passport|"
    "the garden shed|the photos from summer|the broken build|the budget for next year|the spare key|the CV of the new "
    "colleague|the library books|a good pair of shoes"
).split("|")
PROJECTS = (
    "home home.garden home.kitchen home.repairs work work.release work.release.docs work.team work.budget family "
    "family.school health travel travel.lisbon money money.tax club reading music errands"
).split()
TAGS = (
    "phone mail shop errand deep quick waiting car online office weekend evening someday kids bank form print ask "
    "idea bug"
).split()
NOTES = (
    "left a message, will call back|see the mail of last week|the form is in the blue folder|cheaper on Tuesdays|"
    "needs a signature first|ask for the receipt"
).split("|")


def taskwarrior_json(count, seed=2026):
    """So many tasks, as `task export` writes them: an array, a task a line.

    Four of five are open. Two thirds have a project, most a tag or two, two of five a due date, some notes.
    """
    random_ = random.Random(seed)
    today = datetime.datetime.now(datetime.timezone.utc).replace(
        hour=0, minute=0, second=0, microsecond=0)
    lines = [json.dumps(_task(random_, today), ensure_ascii=False) for _ in range(count)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _task(random_, today):
    created = today - datetime.timedelta(seconds=random_.randrange(1, 700 * 86400))
    modified = created + random_.random() * (today - created)
    task = {
        "uuid": str(uuid.UUID(int=random_.getrandbits(128), version=4)),
        "description": f"{random_.choice(VERBS)} {random_.choice(THINGS)}",
        "status": "pending",
        "entry": _instant(created),
        "modified": _instant(modified),
    }
    if random_.random() < 0.67:
        task["project"] = random_.choice(PROJECTS)
    tags = random_.sample(TAGS, random_.choice([0, 0, 1, 1, 1, 2, 2, 3]))
    if tags:
        task["tags"] = tags
    if random_.random() < 0.3:
        task["priority"] = random_.choice("HMML")
    if random_.random() < 0.4:
        day = today + datetime.timedelta(days=random_.randrange(-30, 180))
        # Mostly a day; now and then an hour.
        task["due"] = _instant(day + datetime.timedelta(hours=random_.choice([0, 0, 0, 0, 9, 14])))
    if random_.random() < 0.15:
        task["annotations"] = [
            {"entry": _instant(created + (modified - created) * (index + 1) / 4),
             "description": random_.choice(NOTES)}
            for index in range(random_.choice([1, 1, 2, 3]))
        ]
    fate = random_.random()
    if fate < 0.2:
        task["status"] = "completed"
        task["end"] = task["modified"]
    elif fate < 0.22:
        task["wait"] = _instant(today + datetime.timedelta(days=random_.randrange(2, 60)))
    return task


def _instant(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ")
