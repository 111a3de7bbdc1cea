"""A link with a long way to go: a TCP proxy on this machine that delays what passes, and counts round trips.

It answers a connection at once, since nobody can delay the kernel's handshake. So what the client sends is taken as sent one
round trip after that, when a real connection would have been there, and the times are those of a real link.

A *round trip* is counted where one was waited for: something arrives at the client that the server sent after
it had got something that the client sent after the round trip before. Requests that are sent together are one. The first is
the handshake. So a command cannot take less time than its round trips, however it does its work; several connections of one
command are counted as one conversation. Where the server works for longer than a round trip while requests go on and on,
answers come late and some are counted that nobody waited for; a longer round trip tells.
"""

import asyncio
import contextlib
import threading
import time

#: The most that is read at once.
PIECE = 1 << 18


class Link:
    """A proxy to a port on this machine, in a thread of its own, until it is closed."""

    def __init__(self, port, round_trip):
        self._server_port = port
        #: What it takes, in seconds, on connections that are made from now on.
        self.round_trip = round_trip
        #: When the client got an answer, and to which round trip.
        self._answers = [(0.0, 0)]
        self._tasks = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._call(self._listen())

    def close(self):
        self._call(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def begin(self):
        """From here on round trips are counted anew."""
        self._answers = [(0.0, 0)]

    def round_trips(self, until):
        """How many there have been until some time (of `time.monotonic`): later ones nobody waited for."""
        return max(number for moment, number in self._answers if moment <= until)

    def _call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _listen(self):
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=PIECE)
        return self._server.sockets[0].getsockname()[1]

    async def _hang_up(self):
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            await _Connection(self._answers, self.round_trip).serve(
                reader, writer, self._server_port)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()


class _Connection:
    def __init__(self, answers, round_trip):
        self._answers = answers
        self._half = round_trip / 2
        #: The round trip that what has arrived at the server belongs to.
        self._asked = answers[-1][1] + 2
        self._has_client = True

    async def serve(self, reader, writer, port):
        # The handshake.
        established = time.monotonic() + 2 * self._half
        await _sleep_until(established)
        self._answer(self._asked - 1)
        questions, replies = asyncio.Queue(), asyncio.Queue()
        listening = asyncio.create_task(self._listen_to_client(reader, questions))
        # The server knows of the connection when the next packet gets there.
        await _sleep_until(established + self._half)
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port, limit=PIECE)
        try:
            await asyncio.gather(
                listening, self._read(server_reader, replies, self._reply),
                self._deliver(questions, server_writer), self._deliver(replies, writer))
        finally:
            listening.cancel()
            server_writer.close()

    async def _listen_to_client(self, reader, questions):
        await self._read(reader, questions, self._question)
        # Who has hung up waits for nothing.
        self._has_client = False

    async def _read(self, reader, under_way, note):
        """Reads at once; what is read will arrive later, and then what `note` returned is to be called."""
        with contextlib.suppress(OSError):
            while piece := await reader.read(PIECE):
                under_way.put_nowait((time.monotonic() + self._half, piece, note()))
        under_way.put_nowait((time.monotonic() + self._half, b"", None))

    @staticmethod
    async def _deliver(under_way, writer):
        with contextlib.suppress(OSError):
            while True:
                due, piece, arrive = await under_way.get()
                await _sleep_until(due)
                if not piece:
                    break
                arrive()
                writer.write(piece)
                await writer.drain()
        writer.close()

    def _question(self):
        number = self._answers[-1][1] + 1

        def arrive():
            self._asked = max(self._asked, number)

        return arrive

    def _reply(self):
        number = self._asked
        return lambda: self._answer(number)

    def _answer(self, number):
        if self._has_client and number > self._answers[-1][1]:
            self._answers.append((time.monotonic(), number))


async def _sleep_until(moment):
    wait = moment - time.monotonic()
    if wait > 0:
        await asyncio.sleep(wait)
