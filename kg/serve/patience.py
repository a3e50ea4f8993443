"""A limit for the time in which a request's head has to come: uvicorn itself would wait forever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_ANSWER = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def make_protocol(seconds: float) -> type[H11Protocol]:
    """uvicorn's protocol for HTTP/1.1, which hangs up on clients whose request begins and does not get on."""

    class PatientProtocol(H11Protocol):
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._timer = self.loop.call_later(seconds, self._give_up)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            has_head = self.cycle is not None and not self.cycle.response_complete
            if has_head:
                self._stop_timer()
            elif self._timer is None:
                self._timer = self.loop.call_later(seconds, self._give_up)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            super().connection_lost(exc)

        def _stop_timer(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

        def _give_up(self) -> None:
            transport: Any = self.transport
            if not transport.is_closing():
                transport.write(_ANSWER)
                transport.close()

    return PatientProtocol
