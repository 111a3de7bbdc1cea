"""The report: a table for people and JSON for programs."""

import dataclasses
import json
import os
import platform
import subprocess
import time

COLUMNS = ["what", "ours", "peer", "", "ratio", "quartiles", "bar", "ok?"]
WIDTHS = [46, 10, 10, 22, 7, 14, 9]


def surroundings(lab):
    """What the figures depend on."""
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _first_line("git", "-C", os.path.dirname(__file__), "describe", "--always", "--dirty"),
        "sizes": lab.scale.sizes,
        "machine": {
            "processor": _processor(), "processors": os.cpu_count(), "kernel": platform.release(),
            "load": round(os.getloadavg()[0], 2),
            "file_system": _first_line("stat", "-f", "-c", "%T", str(lab.directory)),
        },
        "versions": {
            "tasks": _first_line(lab.tasks, "--version"),
            "task": _first_line("task", "--version"),
            "sqlite3": " ".join(_first_line("sqlite3", "--version").split()[:1]),
            "hyperfine": _first_line("hyperfine", "--version"),
        },
    }


def heading(surroundings):
    machine, versions = surroundings["machine"], surroundings["versions"]
    lines = [
        f"{versions['tasks']} at {surroundings['commit']}, Taskwarrior {versions['task']},"
        f" sqlite3 {versions['sqlite3']}",
        f"{machine['processors']} × {machine['processor']}, {machine['file_system']},"
        f" load {machine['load']}",
    ]
    if machine["load"] > machine["processors"] / 2:
        lines.append("The machine is busy: trust the ratios, not the times.")
    if machine["file_system"] == "tmpfs":
        lines.append("The stores are in memory, where nothing waits for a disk: see --dir.")
    return "\n".join(lines) + "\n"


def table(figures, with_heading):
    lines = [_line(COLUMNS)] if with_heading else []
    lines += [_line(_cells(figure)) for figure in figures]
    return "\n".join(line.rstrip() for line in lines)


def summary(figures, failures, is_quick):
    judged = [figure for figure in figures if figure.is_met is not None]
    missed = [figure for figure in judged if not figure.is_met]
    lines = ["", f"{len(judged) - len(missed)} of {len(judged)} bars met."] if judged else [""]
    for figure in sorted(missed, key=lambda figure: -figure.excess):
        lines.append(
            f"missed by {figure.excess:.0%}: {figure.what}: {_judged(figure)}, the bar is {_bar(figure)}")
    for name, reason in failures:
        lines.append(f"not run: {name}: {reason}")
    if is_quick:
        lines.append("This was a quick run: small stores, few runs. It says that everything runs, not how fast.")
    return "\n".join(lines)


def write(path, surroundings, figures, failures):
    """Writes all of it; a reader never sees half a file."""
    document = surroundings | {
        "figures": [dataclasses.asdict(figure) | {"is_met": figure.is_met} for figure in figures],
        "not_run": [{"row": name, "reason": reason} for name, reason in failures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


# Cells


def _cells(figure):
    spread = ""
    if figure.spread and figure.ratio is not None:
        spread = f"{figure.spread[0]:.2f}–{figure.spread[1]:.2f}"
    elif figure.spread:
        spread = f"{figure.spread[0] * 1000:.1f}–{figure.spread[1] * 1000:.1f}"
    ok = {None: "", True: "yes", False: ""}[figure.is_met]
    if figure.excess is not None:
        ok = f"NO, by {figure.excess:.0%}"
    return [
        figure.what, _quantity(figure.ours, figure.unit),
        "" if figure.peer is None else _quantity(figure.peer, figure.unit), figure.peer_name,
        "" if figure.ratio is None else f"{figure.ratio:.2f}", spread, _bar(figure), ok,
    ]


def _line(cells):
    aligned = [
        cell.rjust(width) if index in (1, 2, 4) else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, WIDTHS))
    ]
    return "  ".join(aligned + [cells[-1]])


def _bar(figure):
    if figure.bar is None:
        return ""
    sign = "≥ " if figure.more_is_better else "≤ "
    return sign + (_quantity(figure.bar, figure.unit) if figure.is_absolute else f"{figure.bar:.2f}")


def _judged(figure):
    return _quantity(figure.ours, figure.unit) if figure.is_absolute else f"{figure.ratio:.2f}"


def _quantity(value, unit):
    if unit == "/s":
        return f"{value:,.0f}/s"
    if unit != "s":
        return f"{value:g} {unit}"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


# The machine


def _processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def _first_line(*words):
    """What a command prints first; "-" if it cannot be run."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError:
        return "-"
    return (done.stdout.strip().splitlines() or ["-"])[0]
