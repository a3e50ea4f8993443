"""Worker processes, kept warm: each answers one task at a time and is killed when it takes too long.

A bounded number of requests may wait; whoever comes after those is sent away at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.serve import wire
from kg.serve.protocol import RefusedError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, rows, megabytes beyond the graph; and what the server holds at a time."""

    seconds: float = 30
    rows: int = 100_000
    megabytes: int = 2048
    workers: int = 2
    waiting: int = 64
    request_bytes: int = 1_000_000
    body_seconds: float = 10


@dataclass(frozen=True, slots=True)
class _Worker:
    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Pool:
    """Workers over one graph; lives as long as the server. `triples`, `digest` and `origins` describe the graph."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Reads the graph, in another process. Raises GraphError where that cannot be done."""
        self.limits = limits
        self.killed = 0
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._waiting = 0
        self._lock = asyncio.Lock()
        self._pending: set[asyncio.Task[None]] = set()
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kg.serve.nursery", str(path), str(theirs.fileno())]
        env = os.environ | {"PYTHONPATH": os.pathsep.join(entry or "." for entry in sys.path)}
        self._nursery = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=env, start_new_session=True, stdin=subprocess.DEVNULL
        )
        theirs.close()
        said = wire.receive(self._control)
        if said is None or "error" in said:
            self.close()
            raise GraphError(str(said["error"]) if said else "the process that reads the graph has died", path=None)
        self.triples = int(str(said["triples"]))
        self.digest = str(said["digest"])
        origins = said["origins"]
        self.origins: tuple[str, ...] = tuple(origins) if isinstance(origins, list) else ()

    async def start(self) -> None:
        """Makes the workers."""
        for _ in range(self.limits.workers):
            await self._add_worker()

    async def ask(self, task: wire.Head) -> tuple[wire.Head, bytes]:
        """What a worker answers. Raises RefusedError (503) when all are busy, at the time limit, or when it dies."""
        worker = await self._take()
        try:
            worker.writer.write(wire.pack(task))
            answer = await asyncio.wait_for(wire.receive_async(worker.reader), self.limits.seconds)
        except BaseException as error:
            self._replace(worker)
            raise self._explain(error) from error
        self._idle.put_nowait(worker)
        return answer

    async def _take(self) -> _Worker:
        if self._waiting >= self.limits.waiting:
            raise RefusedError(503, "too many queries are waiting; try again later", {"Retry-After": "5"})
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self.limits.seconds)
        except TimeoutError:
            raise RefusedError(
                503, "the server is busy with other queries; try again later", {"Retry-After": "5"}
            ) from None
        finally:
            self._waiting -= 1

    def _explain(self, error: BaseException) -> BaseException:
        if isinstance(error, TimeoutError):
            return RefusedError(503, f"the query was stopped: it took longer than {self.limits.seconds:g} seconds")
        if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
            return RefusedError(
                503, f"the query was stopped: it needed more than {self.limits.megabytes} MB, or was nested too deeply"
            )
        return error

    def _replace(self, worker: _Worker) -> None:
        """In the background: the request that is over need not wait for it."""
        self.killed += 1
        pending = asyncio.get_running_loop().create_task(self._kill_and_add(worker))
        self._pending.add(pending)
        pending.add_done_callback(self._pending.discard)

    async def _kill_and_add(self, worker: _Worker) -> None:
        worker.writer.close()
        async with self._lock:
            await asyncio.to_thread(self._command, {"kill": worker.pid}, None)
        await self._add_worker()

    async def _add_worker(self) -> None:
        ours, theirs = socket.socketpair()
        async with self._lock:
            said = await asyncio.to_thread(self._command, {"megabytes": self.limits.megabytes}, theirs)
        theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        self._idle.put_nowait(_Worker(int(str(said["pid"])), reader, writer))

    def _command(self, message: wire.Head, handle: socket.socket | None) -> wire.Head:
        socket.send_fds(self._control, [b"\0"], [handle.fileno()] if handle else [])
        self._control.sendall(wire.pack(message))
        return wire.receive(self._control) or {}

    async def stop(self) -> None:
        """Ends all workers and the process that made them."""
        if self._pending:
            await asyncio.gather(*self._pending, return_exceptions=True)
        while not self._idle.empty():
            self._idle.get_nowait().writer.close()
        await asyncio.to_thread(self.close)

    def close(self) -> None:
        """Without the control socket, the other process ends its workers and itself."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._nursery.wait(10)
        if self._nursery.poll() is None:
            self._nursery.kill()
            self._nursery.wait()
