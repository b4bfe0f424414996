"""A real server in a thread, and a page that speaks to it: what the tests of this folder share."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from websockets.sync.client import ClientConnection, connect

from fabula.serve.app import application
from fabula.serve.changes import applied, between
from fabula.serve.files import Folder
from fabula.serve.run import listening
from fabula.serve.session import Opening, Session
from fabula.serve.state import Kept

DESK = "tests.unit.serve.double:Desk"
CHECKOUT = Path(__file__).parents[3]
TOKEN = "a-token-that-is-known-to-the-tests"


class Served:
    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}"

    def page(self, **headers: str) -> Page:
        return Page(self.port, TOKEN, headers)


@contextmanager
def served(
    root: Path, state: Path, only: str | None = None, page: Path | None = None
) -> Iterator[Served]:
    """Serve a folder; the workers find the double by PYTHONPATH."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), *([before] if before else [])])
    kept = Kept(root.resolve(), only, state)
    with listening(None, None) as bound:
        port = bound.getsockname()[1]
        session = Session(Folder(root, only), kept, Opening(only), DESK)
        app = application(session, TOKEN, port, page or root / "no-page")
        config = uvicorn.Config(
            app,
            http="h11",
            ws="websockets-sansio",
            ws_max_size=8_000_000,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        try:
            yield Served(port)
        finally:
            server.should_exit = True
            thread.join(10)
            if before is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = before
            assert not thread.is_alive()


class Page:
    """A page without a browser: it knows its files as @codemirror/collab would."""

    def __init__(self, port: int, token: str, headers: dict[str, str] | None = None) -> None:
        self._held = connect(
            f"ws://127.0.0.1:{port}/live?token={token}",
            additional_headers=headers or {},
            max_size=None,
            proxy=None,
        )
        self.socket: ClientConnection = self._held.__enter__()
        self.client = os.urandom(4).hex()
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.hashes: dict[str, str] = {}
        self.hello = self.until("hello")

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.__exit__(None, None, None)

    def say(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def next(self, seconds: float = 5) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.socket.recv(timeout=seconds))
        if message["type"] == "doc":
            self.texts[message["file"]] = message["text"]
            self.versions[message["file"]] = message["version"]
            self.hashes[message["file"]] = message["hash"]
        elif message["type"] == "updates":
            self._update(message)
        return message

    def _update(self, message: dict[str, Any]) -> None:
        file = message["file"]
        if file not in self.versions:
            return
        fresh = message["updates"][self.versions[file] - message["version"] :]
        for update in fresh:
            self.texts[file] = applied(self.texts[file], update["changes"])
        self.versions[file] += len(fresh)

    def until(self, kind: str, seconds: float = 8, **fields: Any) -> dict[str, Any]:
        """The next message of a kind, with these fields."""
        while True:
            message = self.next(seconds)
            if message["type"] == kind and all(message.get(k) == v for k, v in fields.items()):
                return message

    def open(self, story: str) -> None:
        self.say("open", story=story)
        for _ in self.until("story", story=story)["files"]:
            self.until("doc")

    def send(self, file: str, text: str) -> None:
        """Push a change to this text, without waiting."""
        changes = between(self.texts[file], text)
        update = {"clientID": self.client, "changes": changes}
        self.say("push", file=file, version=self.versions[file], updates=[update])

    def write(self, file: str, text: str) -> None:
        """Push a change to this text, and wait until it is confirmed."""
        version = self.versions[file]
        self.send(file, text)
        while self.versions[file] == version:
            message = self.next()
            assert message["type"] != "refused", message
            assert message["type"] != "trouble" or message["file"] is None, message
