"""Worker processes, kept warm: each answers one task at a time and is killed when it takes too long.

Queries that turn out to be slow must not starve the others. One that has not answered after a moment moves out of the
way: its worker goes on with less of the processor, as one of a few that may do so, and another takes its place; where
no more may, the query waits and is asked again. Such queries are remembered, and the next time wait at once. A bounded
number of requests may wait; whoever comes after those is sent away at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.errors import GraphError
from kg.serve import wire
from kg.serve.protocol import RefusedError

_T = TypeVar("_T")
_NICE = 10
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, rows, megabytes beyond the graph; and what the server holds at a time.

    Beside the workers there are at most `slow_workers`, for queries that take longer than `quick_seconds`.
    """

    seconds: float = 30
    rows: int = 100_000
    megabytes: int = 2048
    workers: int = 2
    quick_seconds: float = 0.5
    slow_workers: int = 1
    waiting: int = 64
    request_bytes: int = 1_000_000
    request_seconds: float = 10


@dataclass(slots=True, eq=False)
class _Worker:
    """`answer` is what it is at, as long as that is not over."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answer: asyncio.Future[tuple[wire.Head, bytes]] | None = None


class Pool:
    """Workers over one graph; lives as long as the server. `triples`, `digest` and `origins` describe the graph."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Reads the graph, in another process. Raises GraphError where that cannot be done."""
        self.limits = limits
        self.killed = 0
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._waiting = 0
        self._slow = asyncio.Semaphore(limits.slow_workers)
        self._known_slow: dict[str, None] = {}
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
        name = hashlib.sha256(wire.pack(task)).hexdigest()
        if name not in self._known_slow:
            worker = await self._take()
            answer = await self._try(worker, task, min(self.limits.quick_seconds, self.limits.seconds))
            if answer is not None:
                return answer
            self._remember(name)
            if not self._slow.locked():
                async with self._slow:
                    self._start(self._add_worker())
                    return await self._finish(worker, name, self.limits.seconds - self.limits.quick_seconds)
            self._start(self._kill_and_add(worker))
        async with self._wait_for_turn():
            making = asyncio.ensure_future(self._make_worker())
            try:
                worker = await asyncio.shield(making)
            except asyncio.CancelledError:
                self._start(self._kill_when_made(making))
                raise
            worker.writer.write(wire.pack(task))
            return await self._finish(worker, name, self.limits.seconds)

    async def _try(self, worker: _Worker, task: wire.Head, seconds: float) -> tuple[wire.Head, bytes] | None:
        """None where there is no answer yet but may be one: the worker is still at it."""
        try:
            worker.writer.write(wire.pack(task))
            worker.answer = asyncio.ensure_future(wire.receive_async(worker.reader))
            await asyncio.wait((worker.answer,), timeout=seconds)
            if not worker.answer.done():
                if seconds < self.limits.seconds:
                    return None
                raise TimeoutError
            answer = worker.answer.result()
        except BaseException as error:
            self._replace(worker)
            raise self._explain(error) from error
        worker.answer = None
        self._idle.put_nowait(worker)
        return answer

    async def _finish(self, worker: _Worker, name: str, seconds: float) -> tuple[wire.Head, bytes]:
        """The answer of a worker that is no longer one of the quick ones, and ends with it."""
        start = asyncio.get_running_loop().time()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)
        if worker.answer is None:
            worker.answer = asyncio.ensure_future(wire.receive_async(worker.reader))
        try:
            answer = await asyncio.wait_for(worker.answer, seconds)
        except BaseException as error:
            self.killed += 1
            raise self._explain(error) from error
        finally:
            self._start(self._kill(worker))
        if asyncio.get_running_loop().time() - start < self.limits.quick_seconds / 2:
            self._known_slow.pop(name, None)
        return answer

    def _remember(self, name: str) -> None:
        self._known_slow[name] = None
        while len(self._known_slow) > _REMEMBERED:
            del self._known_slow[next(iter(self._known_slow))]

    @contextlib.asynccontextmanager
    async def _wait_for_turn(self) -> AsyncIterator[None]:
        """One of the few turns of slow queries."""
        await self._wait(self._slow.acquire(), "the server is busy with other long queries; try again later")
        try:
            yield
        finally:
            self._slow.release()

    async def _take(self) -> _Worker:
        return await self._wait(self._idle.get(), "the server is busy with other queries; try again later")

    async def _wait(self, wanted: Coroutine[object, object, _T], reason: str) -> _T:
        if self._waiting >= self.limits.waiting:
            wanted.close()
            raise RefusedError(503, "too many queries are waiting; try again later", {"Retry-After": "5"})
        self._waiting += 1
        try:
            return await asyncio.wait_for(wanted, self.limits.seconds)
        except TimeoutError:
            raise RefusedError(503, reason, {"Retry-After": "5"}) from None
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
        self.killed += 1
        self._start(self._kill_and_add(worker))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        """In the background: the request that is over need not wait for it."""
        pending = asyncio.get_running_loop().create_task(work)
        self._pending.add(pending)
        pending.add_done_callback(self._pending.discard)

    async def _kill_and_add(self, worker: _Worker) -> None:
        await self._kill(worker)
        await self._add_worker()

    async def _kill_when_made(self, making: asyncio.Future[_Worker]) -> None:
        await self._kill(await making)

    async def _kill(self, worker: _Worker) -> None:
        if worker.answer is not None:
            worker.answer.cancel()
        worker.writer.close()
        async with self._lock:
            await asyncio.to_thread(self._command, {"kill": worker.pid}, None)

    async def _add_worker(self) -> None:
        self._idle.put_nowait(await self._make_worker())

    async def _make_worker(self) -> _Worker:
        ours, theirs = socket.socketpair()
        async with self._lock:
            said = await asyncio.to_thread(self._command, {"megabytes": self.limits.megabytes}, theirs)
        theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        return _Worker(int(str(said["pid"])), reader, writer)

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
