"""The table, and the way to it."""

import datetime
import uuid

from sqlalchemy import JSON, Index, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


def now():
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Task(Base):
    """A task with its tags and notes in it: nothing asks for those alone, and a page is one query."""

    __tablename__ = "tasks"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid.uuid4()))
    title: Mapped[str]
    description: Mapped[str | None]
    completed: Mapped[bool] = mapped_column(default=False)
    completed_at: Mapped[str | None]
    project: Mapped[str | None]
    priority: Mapped[str | None]
    due: Mapped[str | None]
    wait: Mapped[str | None]
    tags: Mapped[list] = mapped_column(JSON, default=list)
    notes: Mapped[list] = mapped_column(JSON, default=list)
    created_at: Mapped[str] = mapped_column(default=now)
    updated_at: Mapped[str] = mapped_column(default=now, onupdate=now)
    is_deleted: Mapped[bool] = mapped_column(default=False)
    sync_status: Mapped[str] = mapped_column(default="pending")
    server_id: Mapped[str | None]
    last_synced_at: Mapped[str | None]
    fields: Mapped[dict] = mapped_column(JSON, default=dict)

    # What a list asks for, and the count of it.
    __table_args__ = (Index("tasks_there", "is_deleted", "number"),)

    def as_dict(self):
        return {
            "id": self.id, "number": self.number, "title": self.title,
            "description": self.description, "completed": self.completed,
            "completed_at": self.completed_at, "project": self.project, "priority": self.priority,
            "due": self.due, "wait": self.wait, "tags": self.tags, "notes": self.notes,
            "created_at": self.created_at, "updated_at": self.updated_at,
            "is_deleted": self.is_deleted, "sync_status": self.sync_status,
            "server_id": self.server_id, "last_synced_at": self.last_synced_at,
            "fields": self.fields,
        }


def connect(path):
    """The engine for a database file, which is made if it is not there."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def configure(connection, _):
        # Readers wait for nobody, and what was answered is on the disk.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    Base.metadata.create_all(engine)
    return engine
