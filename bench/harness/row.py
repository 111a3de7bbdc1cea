"""The list of rows. A row is a function from the lab to its figures."""

_rows = {}


def row(name):
    """Registers a function `(Lab) -> iterable of Figure` as a row under that name.

    The function makes what it needs with the lab, outside the measured part, has it measured, and says what the
    figures are. It raises `Unrunnable` if the machine lacks something.
    """

    def register(function):
        assert name not in _rows, name
        _rows[name] = function
        return function

    return register


def all_rows():
    """The rows by name, in the order in which `rows` imports them."""
    return dict(_rows)
