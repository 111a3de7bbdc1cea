#!/usr/bin/env python3
"""An SFTP server on standard input and output that is strange or hostile, as its arguments say.

    strange-server.py DIRECTORY [TRAIT[=VALUE]...]

Without traits it serves the directory: version 3, no extensions. Its paths are relative to the directory.
The traits stand where they are looked at.
"""

import os
import random
import select
import struct
import sys
import time

root = sys.argv[1]
traits = dict((word.partition("=")[0], word.partition("=")[2]) for word in sys.argv[2:])
out = os.fdopen(1, "wb", buffering=0)
handles = {}
count = 0
answers = []  # (when it is due, bytes)
ended = False
chance = random.Random(traits.get("garbles"))


def string(value):
    return struct.pack(">I", len(value)) + value


def packet(kind, ident, body):
    return struct.pack(">IBI", len(body) + 5, kind, ident) + body


def status(ident, code, message=b""):
    if "flood" in traits:
        message = b"x" * 100_000
    if "wordless" in traits:
        return packet(101, ident, struct.pack(">I", code))
    return packet(101, ident, struct.pack(">I", code) + string(message) + string(b""))


def failure(ident, error):
    code = {2: 2, 20: 2, 13: 3, 1: 3}.get(error.errno, 4)
    return status(ident, code, os.strerror(error.errno).encode() if "wordy" in traits else b"Failure")


def attributes(info):
    if "bare" in traits:
        return struct.pack(">I", 0)
    return struct.pack(">IQIII", 13, info.st_size, info.st_mode, int(info.st_atime), int(info.st_mtime))


class Reader:
    def __init__(self, data):
        self.data = data

    def number(self, form=">I"):
        size = struct.calcsize(form)
        value = struct.unpack(form, self.data[:size])[0]
        self.data = self.data[size:]
        return value

    def string(self):
        size = self.number()
        value, self.data = self.data[:size], self.data[size:]
        return value


def name_list(ident, names):
    body = b"".join(string(n) + string(b"-rw------- 1 u g 1 Jan 1 00:00 " + n) + a for n, a in names)
    return packet(104, ident, struct.pack(">I", len(names)) + body)


def where(path):
    return os.path.join(root.encode(), path.lstrip(b"/"))


def some_attributes(kind=0o100600):
    return struct.pack(">IQIII", 13, 100, kind, 1, 1)


def listing(ident, handle):
    """Answers READDIR."""
    state = handles[handle]
    if "endless" in traits:
        state["at"] += 100
        return name_list(ident, [(b"n%d" % (state["at"] + i), some_attributes()) for i in range(100)])
    if "junk" in traits:
        start, state["at"] = state["at"], state["at"] + 100
        if start >= int(traits["junk"]):
            return status(ident, 1)
        form = b"conflicted copy of a long name with spaces and Capitals %060d"
        return name_list(ident, [(form % (start + i), some_attributes()) for i in range(100)])
    if "names" in traits and state["at"] == 0:
        state["at"] = 1
        names = [b"../../etc/passwd", b"..", b".", b"", b"a/b", b"a\0b", b"a\nb", b"A", b"a b", b"\xff\xfe",
                 b"x" * 101, b".hidden", b"good-1.tasks", b"good-1.tasks", b".9.part"]
        return name_list(ident, [(n, some_attributes()) for n in names]
                         + [(b"folder", some_attributes(0o040700)), (b"link", some_attributes(0o120777))])
    if "names" in traits:
        return status(ident, 1)
    if "nonames" in traits:
        return name_list(ident, [])
    if "liar" in traits:
        return packet(104, ident, struct.pack(">I", 1_000_000) + string(b"a"))
    names = state["names"][:50]
    state["names"] = state["names"][50:]
    if not names:
        return status(ident, 1)
    result = []
    for name in names:
        try:
            result.append((name, attributes(os.lstat(os.path.join(state["path"], name)))))
        except OSError:
            pass
    return name_list(ident, result) if result else listing(ident, handle)


def answer(kind, ident, reader):
    global count
    if kind in (3, 11):
        path = where(reader.string())
        handle = b"h%d" % count
        if kind == 11:
            handles[handle] = {"path": path, "names": [b".", b".."] + sorted(os.listdir(path)), "at": 0}
        else:
            flags = reader.number()
            if os.path.isdir(path):
                return status(ident, 4)
            mode = {1: os.O_RDONLY, 0x2A: os.O_WRONLY | os.O_CREAT | os.O_EXCL}[flags]
            handles[handle] = {"fd": os.open(path, mode, 0o600)}
        if "longhandle" in traits:
            return packet(102, ident, struct.pack(">I", 0xFFFFFFF0) + b"abc")
        if "okopen" in traits:
            return status(ident, 0)
        if "wrongkind" in traits:
            return packet(105, ident, struct.pack(">I", 0))
        return packet(102, ident, string(handle))
    if kind == 12:
        return listing(ident, reader.string())
    if kind == 4:
        handle = handles.pop(reader.string())
        if "fd" in handle:
            os.close(handle["fd"])
        return status(ident, 0)
    if kind == 5:
        handle, offset, size = handles[reader.string()], reader.number(">Q"), reader.number()
        if "crumbs" in traits:
            return packet(103, ident, string(b"x"))
        if "nodata" in traits:
            return packet(103, ident, string(b""))
        if "toomuch" in traits:
            return packet(103, ident, string(b"x" * (size + 1)))
        if "short" in traits:
            size = min(size, int(traits["short"]))
        data = os.pread(handle["fd"], size, offset)
        return packet(103, ident, string(data)) if data else status(ident, 1)
    if kind == 6:
        handle, offset = handles[reader.string()], reader.number(">Q")
        os.pwrite(handle["fd"], reader.string(), offset)
        return status(ident, 0)
    if kind == 8:
        return packet(105, ident, attributes(os.fstat(handles[reader.string()]["fd"])))
    if kind in (7, 17):
        return packet(105, ident, attributes(os.stat(where(reader.string()))))
    if kind == 13:
        os.unlink(where(reader.string()))
        return status(ident, 0)
    if kind == 14:
        os.mkdir(where(reader.string()), 0o700)
        return status(ident, 0)
    if kind == 18:
        old, new = where(reader.string()), where(reader.string())
        if os.path.lexists(new) and "clobbers" not in traits:
            return status(ident, 4)
        os.rename(old, new)
        return status(ident, 0)
    return status(ident, 8, b"unsupported")


def say(data):
    """Sends, late or in an odd order, as the traits have it."""
    if "garbles" in traits and chance.random() < 0.2:
        data = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        data = bytes(data)
    answers.append((time.monotonic() + float(traits.get("delay", 0)), data))


def flush():
    now = time.monotonic()
    if "backwards" in traits:
        # Once nobody asks any more for a moment.
        if not ended and select.select([0], [], [], 0.002)[0]:
            return
        answers.reverse()
    while answers and ("backwards" in traits or ended or answers[0][0] <= now):
        data = answers.pop(0)[1]
        if "dribble" in traits:
            for index in range(len(data)):
                out.write(data[index:index + 1])
                time.sleep(float(traits["dribble"]))
        else:
            view = memoryview(data)
            while view:
                view = view[out.write(view):]


def greet():
    if "banner" in traits:
        out.write(b"Welcome to nas!\r\n")
    if "refuses" in traits:
        os.write(2, b"user@nas: Permission denied (publickey).\n")
        os.write(3, b"refused key")
        os._exit(255)
    if "chatty" in traits:
        for _ in range(1000):
            os.write(2, b"debug1: something that nobody wants to know\n")
        os.write(2, b"the end\n")
    if "version" in traits:
        return struct.pack(">IBI", 5, 2, int(traits["version"]))
    if "longpacket" in traits:
        out.write(struct.pack(">IBI", 5, 2, 3))
        return struct.pack(">IB", int(traits["longpacket"]), 101)
    return struct.pack(">IBI", 5, 2, 3)


def main():
    global count, ended
    buffer = b""
    if "silent" in traits:
        time.sleep(1000)
    while True:
        due = max(0.0, answers[0][0] - time.monotonic()) if answers else None
        if "backwards" in traits and answers:
            due = 0
        if not select.select([0], [], [], due)[0]:
            flush()
            continue
        data = os.read(0, 1 << 18)
        if not data:
            ended = True
            return flush()
        buffer += data
        while len(buffer) >= 4:
            size = struct.unpack(">I", buffer[:4])[0]
            if len(buffer) < 4 + size:
                break
            body, buffer = buffer[4:4 + size], buffer[4 + size:]
            if body[0] == 1:
                say(greet())
                if "delay" not in traits:
                    out.write(answers.pop()[1])
                continue
            kind, ident = body[0], struct.unpack(">I", body[1:5])[0]
            count += 1
            while "babbles" in traits:
                os.write(2, b"still there, still there, still there\n")
            if "mute" in traits and count >= int(traits["mute"]):
                continue
            if "dies" in traits and count == int(traits["dies"]):
                out.write(b"\0\0\0\x20\x65")
                os.write(2, b"Connection to nas closed by remote host.\n")
                os._exit(3)
            if "wrongid" in traits:
                ident ^= 0x1000
            if "fails" in traits and kind == int(traits["fails"]):
                say(status(ident, 4, b"Failure"))
                continue
            try:
                say(answer(kind, ident, Reader(body[5:])))
            except OSError as error:
                say(failure(ident, error))
            if "drops" in traits and count == int(traits["drops"]):
                os._exit(3)
            if "twice" in traits:
                say(status(ident, 0))
            if "delay" not in traits and "backwards" not in traits:
                flush()


main()
