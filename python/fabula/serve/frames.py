"""How server and worker talk: JSON, each message with its length in four bytes before it."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

HEAD = 4


def framed(message: Any) -> bytes:
    """A message as it goes through the pipe."""
    data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return len(data).to_bytes(HEAD, "big") + data


def next_of(stream: BinaryIO) -> Any:
    """The next message; raises EOFError at the end."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return json.loads(data)
