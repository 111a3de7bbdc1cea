"""A line of the report: what was measured, the peer, and the bar."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Figure:
    what: str
    ours: float
    #: The unit of `ours` and `peer`: "s", or anything that is printed as it is: "round trips", "MB", "/s".
    unit: str = "s"
    peer_name: str = ""
    peer: float | None = None
    #: `ours / peer`, robustly; None if there is no peer.
    ratio: float | None = None
    #: The quartiles of the ratio, or of `ours` if there is none: how noisy the figure is.
    spread: tuple[float, float] | None = None
    #: What the ratio (or `ours`, if `is_absolute`) may be at most, or must be at least if `more_is_better`; None if it is
    #: only told.
    bar: float | None = None
    is_absolute: bool = False
    more_is_better: bool = False
    #: All that was measured, for whoever wants to look closer.
    samples: dict = dataclasses.field(default_factory=dict)
    row: str = ""

    def of_row(self, row, is_judged):
        """The figure with the name of its row, and without its bar if it was measured at another size than that is for."""
        return dataclasses.replace(self, row=row, bar=self.bar if is_judged else None)

    @property
    def judged(self):
        """The number that the bar is about."""
        return self.ours if self.is_absolute else self.ratio

    @property
    def is_met(self):
        """Whether the bar is met; None if there is none."""
        if self.bar is None:
            return None
        return self.judged >= self.bar if self.more_is_better else self.judged <= self.bar

    @property
    def excess(self):
        """How far on the wrong side of the bar it is: 0.25 is a quarter too much, or too little; None if it is met, or there
        is none.
        """
        return abs(self.judged / self.bar - 1) if self.is_met is False else None


def ratio(what, ours, peer_name, peer, bar=None):
    """Compares the times of two commands that ran in the same race."""
    ratios = [a / b for a, b in zip(ours.wall, peer.wall, strict=True)]
    return Figure(
        what, ours.median, peer_name=peer_name, peer=peer.median, ratio=statistics.median(ratios),
        spread=_quartiles(ratios), bar=bar, samples={"ours": _rounded(ours), "peer": _rounded(peer)})


def rate(what, ours, peer_name, peer, bar=None):
    """Compares how many a second there were of something, turn by turn: more is better, so the bar is the least ratio."""
    ratios = [a / b for a, b in zip(ours, peer, strict=True)]
    return Figure(
        what, statistics.median(ours), unit="/s", peer_name=peer_name, peer=statistics.median(peer),
        ratio=statistics.median(ratios), spread=_quartiles(ratios), bar=bar, more_is_better=True,
        samples={"ours": ours, "peer": peer})


def delay(what, ours, bar=None, peer_name="", peer=None):
    """Tells how long something made people wait, in seconds, turn by turn. The bar is about ours alone."""
    return Figure(
        what, statistics.median(ours), peer_name=peer_name,
        peer=statistics.median(peer) if peer else None, spread=None if peer else _quartiles(ours),
        bar=bar, is_absolute=True, samples={"ours": ours} | ({"peer": peer} if peer else {}))


def duration(what, ours, bar=None):
    """Tells how long a command takes, with a bar in seconds.

    The judged number is the median, so a bar in seconds holds for a machine that is not busy with other things.
    """
    return Figure(
        what, ours.median, spread=_quartiles(ours.wall), bar=bar, is_absolute=True,
        samples={"ours": _rounded(ours)})


def amount(what, ours, unit, bar=None, peer_name="", peer=None):
    """Tells how many there are of something: round trips, megabytes, files. The bar is about ours alone."""
    return Figure(
        what, ours, unit=unit, peer_name=peer_name, peer=peer, bar=bar, is_absolute=True,
        ratio=ours / peer if peer else None)


def counts(what, ours, unit, bar=None, peer_name="", peer=None):
    """The same, counted several times: the median counts."""
    figure = amount(
        what, statistics.median(ours), unit, bar, peer_name, statistics.median(peer) if peer else None)
    return dataclasses.replace(figure, samples={"ours": ours} | ({"peer": peer} if peer else {}))


def _quartiles(values):
    if len(values) < 2:
        return (values[0], values[0])
    lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
    return (lower, upper)


def _rounded(times):
    return {
        "wall": [round(value, 6) for value in times.wall],
        "processor": [round(value, 6) for value in times.processor],
    }
