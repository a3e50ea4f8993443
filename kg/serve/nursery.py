"""The process that reads the graph once and forks workers off, each of which shares its memory: new ones are warm.

Run as `python -m kg.serve.nursery FILE FD` by `kg.serve.pool`; FD is a socket over which come, as messages, `fork` with
the socket of the new worker beside it, and `kill` with its number. When that socket closes, all workers are ended.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import secrets
import signal
import socket
import sys
from pathlib import Path

from pyoxigraph import Store

from kg.errors import KGError
from kg.serve import wire
from kg.serve.tasks import find_origins, run_task
from kg.store import open_store

_MEGABYTE = 1024 * 1024


def run(path: Path, control: socket.socket) -> None:
    """Until the server is gone; a forked worker comes back from here too, when its own work is over."""
    try:
        store = open_store(path)
        digest = secrets.token_hex() if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    except (KGError, OSError) as error:
        control.sendall(wire.pack({"error": str(error)}))
        return
    control.sendall(wire.pack({"triples": len(store), "digest": digest, "origins": find_origins(store)}))
    children: set[int] = set()
    while True:
        message, handles = _receive_command(control)
        if message is None:
            break
        if "kill" in message:
            _end(children, int(str(message["kill"])))
            control.sendall(wire.pack({}))
            continue
        pid = os.fork()
        if pid == 0:
            control.close()
            _work(socket.socket(fileno=handles[0]), store, int(str(message["megabytes"])))
            return
        os.close(handles[0])
        children.add(pid)
        control.sendall(wire.pack({"pid": pid}))
    for pid in sorted(children):
        _end(children, pid)


def _receive_command(control: socket.socket) -> tuple[wire.Head | None, list[int]]:
    """A handle travels with one byte before the message that it belongs to."""
    data, handles, _, _ = socket.recv_fds(control, 1, 1)
    return (wire.receive(control) if data else None), handles


def _end(children: set[int], pid: int) -> None:
    """Only processes that are ours and not yet waited for, so that the number cannot mean another."""
    if pid in children:
        children.discard(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _work(connection: socket.socket, store: Store, megabytes: int) -> None:
    limit = _used_memory() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (task := wire.receive(connection)) is not None:
        head, body = run_task(store, task)
        connection.sendall(wire.pack(head, body))


def _used_memory() -> int:
    """Bytes of address space; without /proc, what the process ever held."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    run(Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
