#!/usr/bin/env python3
"""A way to a port of this machine that takes its time.

    far-away.py PORT MILLISECONDS

Prints the port at which it begins. Each byte arrives half of the time after it was sent; as many may be on their way as
like. Told to end, it prints how often the direction turned from the server to the client and back: with questions
that wait for answers, that is how many of them there were.
"""
import asyncio, os, signal, sys, time

# Whoever started us may hold signals back.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
starter = os.getppid()

port, half = int(sys.argv[1]), float(sys.argv[2]) / 2000
last, turns = "down", 0


async def carry(reader, writer, way):
    """Reads at once, delivers later."""
    pieces = asyncio.Queue()

    async def deliver():
        global last, turns
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(max(0, due - time.monotonic()))
            if not piece:
                return writer.close()
            turns += way == "up" and last == "down"
            last = way
            writer.write(piece)

    delivering = asyncio.create_task(deliver())
    piece = b"-"
    while piece:
        try:
            piece = await reader.read(1 << 16)
        except ConnectionError:
            piece = b""
        pieces.put_nowait((time.monotonic() + half, piece))
    await delivering


async def connect(reader, writer):
    there = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(carry(reader, there[1], "up"), carry(there[0], writer, "down"))


async def main():
    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end.set)
    while not end.is_set() and os.getppid() == starter:
        try:
            await asyncio.wait_for(end.wait(), 1)
        except asyncio.TimeoutError:
            pass
    print(turns, flush=True)


asyncio.run(main())
