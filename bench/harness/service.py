"""HTTP servers that are asked for answers: how they are started, and how fast they answer."""

import contextlib
import dataclasses
import http.client
import json
import re
import socket
import subprocess
import time
from pathlib import Path

#: As many requests are under way at a time.
CONNECTIONS = 32
#: Seconds in which a server notices that the connections of the last load are gone. Ours lets 64 of one address in.
PAUSE = 0.3
SCRIPT = Path(__file__).resolve().parent / "load.lua"


class ServiceFailed(OSError):
    """A server does not do what it should."""


def tasks(program, store):
    """The words that start ours on a port."""
    return lambda port: [
        program, "--store", store, "serve", f"--listen=127.0.0.1:{port}", "--no-auth", "--rate=none",
        "--sync-every=none"]


def flask(python):
    """The words that start the peer on a port: two processes, each with as many threads as served it best."""
    return lambda port: [
        python, "-m", "gunicorn", "--workers=2", "--worker-class=gthread", "--threads=4",
        f"--bind=127.0.0.1:{port}", "--log-level=warning", "flask_tasks:create_app()"]


@contextlib.contextmanager
def running(words, environment, log):
    """A `Service`, until the end of the block. What it says goes into a file, as into a journal."""
    port = _free_port()
    with open(log, "wb") as file:
        process = subprocess.Popen(
            [str(word) for word in words(port)], env=environment, cwd=log.parent,
            stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)
    try:
        _wait(process, port, log)
        yield Service(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclasses.dataclass(frozen=True)
class Service:
    port: int
    pid: int

    def ask(self, path):
        """The status, the headers and the document of what it answers to a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers, json.loads(answer.read())

    def load(self, seconds, paths, body=None):
        """Asks for so long, on all connections at once and from each path in turn, and tells how it went.

        With a body it posts that. Raises `ServiceFailed` if there is any other answer than a good one.
        """
        time.sleep(PAUSE)
        method = "POST" if body else "GET"
        done = subprocess.run(
            ["wrk", "--threads=2", f"--connections={CONNECTIONS}", f"--duration={seconds}s",
             "--timeout=30s", f"--script={SCRIPT}", f"http://127.0.0.1:{self.port}", "--", method,
             body or "", *paths],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        told = done.stdout.strip().splitlines()
        if done.returncode != 0 or not told:
            raise ServiceFailed(f"wrk: {done.stderr.strip()[:500]}")
        load = json.loads(told[-1])
        failed = {name: count for name, count in load["errors"].items() if count}
        if failed or not load["requests"]:
            raise ServiceFailed(f"of {load['requests']} answers these are bad: {failed}")
        return Load(load["requests"], load["microseconds"] / 1e6, load["p99"] / 1e6)

    @property
    def peak_memory(self):
        """Megabytes that it has had at most. Of a server that is one process."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return round(int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024 / 1e6, 1)


@dataclasses.dataclass(frozen=True)
class Load:
    #: Answers that came.
    answers: int
    seconds: float
    #: Seconds after which 99 of 100 were there.
    p99: float

    @property
    def rate(self):
        """Answers a second."""
        return round(self.answers / self.seconds, 1)


def _wait(process, port, log):
    for _ in range(400):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ServiceFailed(f"{process.args[0]}: {log.read_text().strip()[:500]}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
