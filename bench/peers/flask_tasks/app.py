"""The service: an application factory and five routes."""

import os

from flask import Flask, abort, jsonify, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session, sessionmaker
from werkzeug.exceptions import HTTPException

from .fields import Invalid, completed_fields, read_fields
from .models import Task, connect, now

#: As many tasks as a page has at most.
MOST = 1000


def create_app():
    app = Flask(__name__)
    app.json.sort_keys = False
    # One session a request: it is made when first used, and given back when the request ends. What was written is
    # answered without being read anew.
    session = scoped_session(sessionmaker(connect(os.environ["TASKS_DB"]), expire_on_commit=False))
    app.teardown_appcontext(lambda _: session.remove())

    @app.get("/api/tasks")
    def list_tasks():
        limit = request.args.get("limit", MOST, type=int)
        offset = request.args.get("offset", 0, type=int)
        if not 1 <= limit <= MOST or offset < 0:
            abort(400, "limit or offset is out of range")
        there = Task.is_deleted.is_(False)
        total = session.scalar(select(func.count()).select_from(Task).where(there))
        page = session.scalars(
            select(Task).where(there).order_by(Task.number).limit(limit).offset(offset))
        return jsonify([task.as_dict() for task in page]), {"X-Total-Count": str(total)}

    @app.get("/api/tasks/<uuid:key>")
    def get_task(key):
        return jsonify(find(key).as_dict())

    @app.post("/api/tasks")
    def create_task():
        task = Task()
        assign(task, completed_fields(read_fields(request.get_json(), needs_title=True)))
        session.add(task)
        session.commit()
        return jsonify(task.as_dict()), 201, {"Location": url_for("get_task", key=task.id)}

    @app.route("/api/tasks/<uuid:key>", methods=["PUT", "PATCH"])
    def change_task(key):
        replaces = request.method == "PUT"
        fields = read_fields(request.get_json(), needs_title=replaces)
        task = find(key)
        assign(task, completed_fields(fields) if replaces else fields)
        session.commit()
        return jsonify(task.as_dict())

    @app.delete("/api/tasks/<uuid:key>")
    def delete_task(key):
        find(key).is_deleted = True
        session.commit()
        return "", 204

    def find(key):
        task = session.scalar(select(Task).where(Task.id == str(key)))
        if task is None or task.is_deleted:
            abort(404, "there is no such task")
        return task

    def assign(task, fields):
        for name, value in fields.items():
            setattr(task, name, value)
        if fields.get("completed") is False:
            task.completed_at = None
        elif task.completed and task.completed_at is None:
            task.completed_at = now()

    @app.errorhandler(Invalid)
    def invalid(error):
        return jsonify(error=str(error)), 400

    @app.errorhandler(HTTPException)
    def failed(error):
        return jsonify(error=error.description), error.code

    return app
