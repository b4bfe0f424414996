"""One page that is connected: what it shows, and what still has to be sent to it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

MOST_WAITING = 64_000_000  # characters: who does not read for so long is cut off


class Client:
    """Messages are put here and sent in order by whoever holds the socket; None ends it."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[str | None] = asyncio.Queue()
        self.story: str | None = None
        self.look: dict[str, Any] | None = None
        self._size = 0
        self._cut = False

    def tell(self, kind: str, **fields: Any) -> None:
        """Send a message."""
        self.put(json.dumps({"type": kind, **fields}, separators=(",", ":")))

    def put(self, data: str) -> None:
        """Send a message that is written already."""
        if self._cut:
            return
        self._size += len(data)
        if self._size > MOST_WAITING:
            self._cut = True
            self.waiting.put_nowait(None)
        else:
            self.waiting.put_nowait(data)

    async def next(self) -> str | None:
        """The next message to send; None: no more."""
        data = await self.waiting.get()
        if data is None or self._cut:
            return None
        self._size -= len(data)
        return data

    def trouble(self, message: str, file: str | None = None) -> None:
        """Say what went wrong."""
        self.tell("trouble", file=file, message=message)
