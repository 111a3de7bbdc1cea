"""What a client may say of a task, checked."""

import datetime

#: What a field is if a client does not say, and the types that it may have.
FIELDS = {
    "title": (None, (str,)),
    "description": (None, (str, type(None))),
    "completed": (False, (bool,)),
    "project": (None, (str, type(None))),
    "priority": (None, (str, type(None))),
    "due": (None, (str, type(None))),
    "wait": (None, (str, type(None))),
    "tags": ([], (list,)),
    "notes": ([], (list,)),
}


class Invalid(Exception):
    """What a client said cannot be stored, and why."""


def read_fields(body, needs_title):
    """The fields in the body of a request."""
    if not isinstance(body, dict):
        raise Invalid("the body must be an object")
    for name, value in body.items():
        if name not in FIELDS:
            raise Invalid(f"unknown field: {name}")
        if not isinstance(value, FIELDS[name][1]):
            raise Invalid(f"{name} is of the wrong type")
    if needs_title and "title" not in body:
        raise Invalid("title must be there")
    if "title" in body and not 1 <= len(body["title"].strip()) <= 1000:
        raise Invalid("title must have 1 to 1000 characters")
    if body.get("priority") not in (None, "H", "M", "L"):
        raise Invalid("priority must be H, M or L")
    for name in ["due", "wait"]:
        if body.get(name) is not None:
            _check_moment(name, body[name])
    if not all(isinstance(tag, str) for tag in body.get("tags", [])):
        raise Invalid("tags must be texts")
    return dict(body)


def completed_fields(fields):
    """The fields, and those that were not named as they are in a task that nobody has said anything of."""
    return {name: default for name, (default, _) in FIELDS.items()} | fields


def _check_moment(name, text):
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{name} must be a date or a time") from None
