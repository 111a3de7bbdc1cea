"""The rows, by theme, in the order of the report. A new theme is a module here and a word in this line."""

from . import editing, listing, importing, completing, changes, syncing, serving  # noqa: F401
