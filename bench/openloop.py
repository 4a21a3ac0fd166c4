"""Requests that are sent when they are due, whatever becomes of those before, by one thread.

A client that waits for a thread or a connection of its own keeps the queue of an overloaded server on its side: the server
looks well, and refuses nobody. So each request that finds no idle connection opens another one.
"""

import asyncio
import collections
import gc
import time

Done = collections.namedtuple("Done", "name status took retry_after")
# connections at once, and seconds that the last answers may take after the last request
MOST, PATIENCE = 2_000, 60


class Connection(asyncio.Protocol):
    """HTTP/1.1, one request after the other; of an answer it keeps the status and the headers."""

    def __init__(self):
        self.transport, self.answer, self.head, self.left, self.is_over = None, None, b"", 0, False

    def connection_made(self, transport):
        self.transport = transport

    def ask(self, message):
        """A future: (status, headers in small letters); status 0 when there was no answer."""
        self.answer, self.head = asyncio.get_running_loop().create_future(), b""
        if self.is_over:
            self.answer.set_result((0, b""))
        else:
            self.transport.write(message)
        return self.answer

    def data_received(self, data):
        if self.left == 0:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            self.head, data = self.head[:end].lower(), self.head[end + 4:]
            self.left = int(self.head.partition(b"content-length:")[2].partition(b"\r\n")[0])
            self.is_over = b"connection: close" in self.head
        self.left -= len(data)
        if self.left == 0 and not self.answer.done():
            self.answer.set_result((int(self.head[9:12]), self.head))

    def connection_lost(self, _):
        self.is_over = True
        if self.answer and not self.answer.done():
            self.answer.set_result((0, b""))

    @property
    def is_idle(self):
        return not self.is_over and self.left == 0


class Load:
    """What is asked of one port, and what became of it."""

    def __init__(self, port):
        self.port, self.idle, self.done = port, [], []
        self.places = asyncio.Semaphore(MOST)

    async def ask(self, name, message, due):
        async with self.places:
            status, headers = await self._answered(message)
        self.done.append(Done(name, status, (time.monotonic() - due) * 1e6, b"\r\nretry-after:" in headers))

    async def _answered(self, message):
        while self.idle:
            connection = self.idle.pop()
            if connection.is_idle:
                break
        else:
            try:
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_connection(Connection, "127.0.0.1", self.port)
            except OSError:
                return 0, b""
        found = await connection.ask(message)
        if connection.is_idle:
            self.idle.append(connection)
        return found

    async def at_rate(self, messages, rate):
        """`messages` are (name, bytes); counted from the moment at which each is due."""
        begun, asked = time.monotonic(), []
        for turn, (name, message) in enumerate(messages):
            due = begun + turn / rate
            await asyncio.sleep(due - time.monotonic())
            asked.append(asyncio.create_task(self.ask(name, message, due)))
        await asyncio.wait(asked, timeout=PATIENCE)
        for late in asked:
            late.cancel()
        return time.monotonic() - begun

    async def in_turn(self, messages, connections, seconds):
        """So many at once, each when the one before was answered, for some seconds."""
        begun = time.monotonic()

        async def work():
            while time.monotonic() < begun + seconds:
                name, message = next(messages)
                await self.ask(name, message, time.monotonic())

        await asyncio.gather(*(work() for _ in range(connections)))
        return time.monotonic() - begun

    def close(self):
        for connection in self.idle:
            connection.transport.close()


def run(port, work):
    """(what was done, seconds) of `work`, which gets a `Load`. Nothing is tidied up meanwhile: it would stop the clock of
    all requests at once."""
    async def main():
        load = Load(port)
        wall = await work(load)
        load.close()
        return load.done, wall

    gc.collect()
    gc.disable()
    try:
        return asyncio.run(main())
    finally:
        gc.enable()
