"""Runs the server: a port of this computer alone, the address told at once, and everything saved at the end."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from fabula.serve.app import application
from fabula.serve.files import Folder
from fabula.serve.messages import MOST_CHARACTERS
from fabula.serve.session import Opening, Session
from fabula.serve.state import Kept
from fabula.serve.worker import DESK

HOST = "127.0.0.1"
PORT = 8642


class ServeError(Exception):
    """Why nothing is served, and what to do."""


class _Announcing(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(
    root: Path,
    only: str | None,
    opening: Opening,
    port: int | None,
    ready: Callable[[str], object],
    desk: str = DESK,
) -> None:
    """Serve until stopped; ``ready`` gets the address, with its token, once it answers. Raises ServeError."""
    try:
        kept = Kept(root, only)
        token = kept.token()
    except OSError as error:
        raise ServeError(f"the state folder cannot be written: {error}") from error
    with _alone(kept.journals), listening(port, kept.port()) as bound:
        number = bound.getsockname()[1]
        kept.keep_port(number)
        app = application(Session(Folder(root, only), kept, opening, desk), token, number)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="websockets-sansio",
            ws_max_size=2
            * MOST_CHARACTERS,  # what is a little too large is answered, what is far too large cut off
            ws_per_message_deflate=False,
            lifespan="on",
            access_log=False,  # an address has the token in it
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        address = f"http://{HOST}:{number}/?token={token}"
        _Announcing(config, lambda: ready(address)).run(sockets=[bound])


@contextmanager
def listening(asked: int | None, last: int | None) -> Iterator[socket.socket]:
    """A socket at the port that is asked for; else at the usual one, that of the last time, or a free one."""
    tried = (asked,) if asked is not None else tuple(dict.fromkeys((last or PORT, PORT, 0)))
    for port in tried:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody listens in at our port
                found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((HOST, port))
            found.listen(128)
        except OSError as error:
            found.close()
            if asked is None and port != tried[-1]:
                continue
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise ServeError(
                    f"port {port} is in use: give another one with --port, or leave it out for one that is free"
                ) from error
            raise ServeError(
                f"port {port} cannot be listened at: {error.strerror or error}"
            ) from error
        with found:
            yield found
        return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's journals: two servers would write into the same ones. Where there is no flock, it is not held."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ServeError(
                "this folder is served already: open the address that the other `fabula serve` shows, or end it first"
            ) from error
        yield
