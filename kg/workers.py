"""Work for many files, done by this process, by several, or by a Dask cluster: the same results, in the same order.

Nothing is held but what is under way, so that a folder may have any size. A process that dies takes nothing with it:
what was under way is done again, each piece by itself, so that the one file that kills is told from those beside it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

from kg.errors import KGError

K = TypeVar("K")
R = TypeVar("R")
Job = tuple[K, Sequence[Any]]
"""What is to be done, under a name of the caller's, and the arguments."""

_FEW = 12
"""So many files this process has read before others have started."""
_AHEAD = 4
"""Pieces under way for each worker."""


class WorkerDiedError(KGError):
    """The process that did this piece of work ended before it was done, and again when it was tried alone."""


def map_jobs(
    function: Callable[..., R], jobs: Iterable[Job[K]], *, workers: int = 1, dask: str | None = None
) -> Iterator[tuple[K, R | WorkerDiedError]]:
    """Each job's name with what the function gives, in the order of the jobs.

    With a Dask scheduler's address the function runs in its workers, which need this program as well. KGError where
    the scheduler is not there or goes away.
    """
    if dask is not None:
        yield from _map_dask(function, jobs, dask)
    elif workers > 1:
        yield from _map_processes(function, jobs, workers)
    else:
        yield from ((key, function(*arguments)) for key, arguments in jobs)


def choose_workers(workers: int | None, files: int) -> int:
    """As many as there are cores, and one for a few files, where nobody says how many."""
    return workers if workers is not None else 1 if files <= _FEW else os.cpu_count() or 1


def _map_processes(
    function: Callable[..., R], jobs: Iterable[Job[K]], workers: int
) -> Iterator[tuple[K, R | WorkerDiedError]]:
    rest = iter(jobs)
    under_way: deque[tuple[K, Sequence[Any], Future[R] | None]] = deque()
    pool, alone = _make_pool(workers), partial(_run_alone, function)
    try:
        while True:
            for key, arguments in islice(rest, workers * _AHEAD - len(under_way)):
                under_way.append((key, arguments, _submit(pool, function, arguments)))
            if not under_way:
                return
            key, arguments, future = under_way.popleft()
            try:
                yield key, alone(arguments) if future is None else future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _make_pool(workers)
                under_way.appendleft((key, arguments, None))
                under_way = deque((name, given, _keep_done(one)) for name, given, one in under_way)
    finally:
        pool.shutdown(cancel_futures=True)


def _make_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that start from nothing: a copy of this one might hold locks of threads that it does not have."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _submit(pool: Executor, function: Callable[..., R], arguments: Sequence[Any]) -> Future[R]:
    try:
        return pool.submit(function, *arguments)
    except BrokenProcessPool as error:
        future: Future[R] = Future()
        future.set_exception(error)
        return future


def _keep_done(future: Future[R] | None) -> Future[R] | None:
    done = future is not None and future.done() and not future.cancelled() and future.exception() is None
    return future if done else None


def _run_alone(function: Callable[..., R], arguments: Sequence[Any]) -> R | WorkerDiedError:
    with _make_pool(1) as pool:
        try:
            return pool.submit(function, *arguments).result()
        except BrokenProcessPool:
            return WorkerDiedError("the process that read it ended without a word, twice; is there too little memory?")


def _map_dask(
    function: Callable[..., R], jobs: Iterable[Job[K]], address: str
) -> Iterator[tuple[K, R | WorkerDiedError]]:
    rest = iter(jobs)
    under_way: deque[tuple[K, Future[R]]] = deque()
    with _connect(address) as (client, killed):
        executor = client.get_executor(pure=False)
        try:
            while True:
                ahead = max(2, sum(client.nthreads().values())) * _AHEAD
                for key, arguments in islice(rest, max(0, ahead - len(under_way))):
                    under_way.append((key, executor.submit(function, *arguments)))
                if not under_way:
                    return
                key, future = under_way.popleft()
                try:
                    yield key, future.result()
                except killed:
                    yield key, WorkerDiedError("the Dask workers that read it ended, again and again")
        except (CancelledError, OSError) as error:
            message = "the Dask scheduler has gone; articles that were added are safe, run the same command again"
            raise KGError(message, path=address) from error
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _connect(address: str) -> Iterator[tuple[Any, type[Exception]]]:
    """A client of the scheduler, and the error by which it says that workers died."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise KGError("--dask needs a library: pip install 'regional-kg[dask]'") from error
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise KGError("no Dask scheduler answers there; start one with `dask scheduler`", path=address) from error
    with client:
        yield client, distributed.KilledWorker
