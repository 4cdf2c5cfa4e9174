"""Connections that begin a request and do not end it are closed, before they are all there are.

uvicorn gives up connections that wait for a next request, but none on which half of one has come.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http import auto

LONGEST_S = 20.0  # from the first byte of a request to the end of its headers
_Known: Any = auto.AutoHTTPProtocol


class _Hurried(_Known):  # type: ignore[misc] # which of the two protocols, is told at run time
    """Closes a connection on which no request was whole since it was last looked at."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(LONGEST_S, self._look, transport, None)

    def _look(self, transport: asyncio.Transport, seen: object) -> None:
        if transport.is_closing() or transport.get_protocol() is not self:
            return  # a web socket by now
        cycle = self.cycle
        if (cycle is None or cycle.response_complete) and cycle is seen:
            transport.close()
            return
        asyncio.get_running_loop().call_later(LONGEST_S, self._look, transport, cycle)


def close_them() -> None:
    """Lets servers that are started from now on close them."""
    if auto.AutoHTTPProtocol is not _Hurried:
        auto.AutoHTTPProtocol = cast("type[asyncio.Protocol]", _Hurried)
