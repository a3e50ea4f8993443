"""Messages between the server and its worker processes: a JSON head and bytes, each with its length before it."""

from __future__ import annotations

import asyncio
import json
import socket
import struct

_LENGTHS = struct.Struct("!II")

Head = dict[str, object]


def pack(head: Head, body: bytes = b"") -> bytes:
    """The bytes of one message."""
    encoded = json.dumps(head).encode()
    return _LENGTHS.pack(len(encoded), len(body)) + encoded + body


def receive(connection: socket.socket) -> Head | None:
    """The head of the next message; None where the other side is gone."""
    lengths = _read_exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    head = _read_exactly(connection, sum(_LENGTHS.unpack(lengths)))
    return None if head is None else dict(json.loads(head))


def _read_exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = b""
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return parts


async def receive_async(reader: asyncio.StreamReader) -> tuple[Head, bytes]:
    """The next message. Raises IncompleteReadError where the other side is gone."""
    head, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return dict(json.loads(await reader.readexactly(head))), await reader.readexactly(body)
