"""One story that somebody has open: its newest text is run, and what is asked about it is answered, in order.

Two workers, so that typing never waits: one runs the text and draws, the other answers and looks for repairs, for which it is
told the text that was run last. Where texts come faster than they can be run, those in between are never run.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any

from fabula.serve.client import Client
from fabula.serve.messages import PICTURES
from fabula.serve.worker import Stopped, Worker, WorkerError

RUN_SECONDS = 60.0
LOOK_SECONDS = 30.0
ASK_SECONDS = 90.0
Texts = dict[str, str]
Versions = dict[str, int]
Snapshot = tuple[Texts, Versions]
Job = Callable[[], Awaitable[None]]


class Room:
    """``snapshot`` gives the newest texts; ``clients`` who has the story open."""

    def __init__(
        self,
        story: str,
        root: Path,
        desk: str,
        snapshot: Callable[[str], Snapshot],
        clients: Callable[[str], Iterable[Client]],
    ) -> None:
        self.story = story
        self.revision = 0
        self.last: str | None = None
        """The last results, as they were sent: who opens the story gets them at once."""
        self._snapshot = snapshot
        self._clients = clients
        self._worker = Worker(story, root, desk)
        self._side = Worker(story, root, desk)
        self._ran: tuple[Texts, Versions, int] | None = None
        self._told: dict[Worker, tuple[int, int]] = {}
        self._tried = asyncio.Event()  # a first text was run, or could not be
        self._changed = True
        self._jobs: dict[object, Job] = {}
        self._asked: dict[object, Job] = {}
        self._work, self._questions = asyncio.Event(), asyncio.Event()
        self._work.set()
        self._repairing = False
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._answer())]

    def changed(self) -> None:
        """The text is another one: it is run as soon as what is being run is done."""
        self._changed = True
        self._work.set()
        if self._repairing:
            self._side.stop()

    async def close(self) -> None:
        """End both workers."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._worker.close()
        await self._side.close()

    def _tell(self, kind: str, **fields: Any) -> str:
        data = json.dumps({"type": kind, "story": self.story, **fields}, separators=(",", ":"))
        for client in self._clients(self.story):
            client.put(data)
        return data

    # the text
    async def _run(self) -> None:
        while True:
            await self._work.wait()
            if self._changed:
                self._changed = False
                await self._run_text()
            if self._jobs and self._ran is not None:
                await self._jobs.pop(next(iter(self._jobs)))()
            if not self._changed and not (self._jobs and self._ran is not None):
                self._work.clear()

    async def _run_text(self) -> None:
        texts, versions = self._snapshot(self.story)
        self.revision += 1
        revision = self.revision
        self._tell("busy", revision=revision, what="running")
        try:
            found = await self._told_text(self._worker, (texts, versions, revision))
        except WorkerError as error:
            for client in self._clients(self.story):
                client.trouble(f"{self.story} could not be run: {error}")
            return
        finally:
            self._tried.set()
        self._ran = texts, versions, revision
        given = {"versions": versions, **found, "revision": revision}
        given.pop("type", None)
        given.pop("story", None)
        self.last = self._tell("results", **given)
        # who comes later has no words yet: they are sent only when they changed
        if given.get("words") is not None:
            self._words = given["words"]
        elif self._words is not None:
            whole = {"type": "results", "story": self.story, **given, "words": self._words}
            self.last = json.dumps(whole, separators=(",", ":"))
        for client in self._clients(self.story):
            self.draw(client)

    _words: Any = None

    async def _told_text(self, worker: Worker, ran: tuple[Texts, Versions, int]) -> dict[str, Any]:
        """Have a worker run a text; a worker that dies of it is given one more chance."""
        for last in (False, True):
            try:
                found = await worker.ask("results", *ran, seconds=RUN_SECONDS)
            except Stopped:
                raise
            except WorkerError:
                if last or worker.pid is not None:
                    raise
                continue
            self._told[worker] = ran[2], worker.starts
            return dict(found)
        raise AssertionError

    async def _said(self, worker: Worker, do: str, *given: Any, seconds: float) -> dict[str, Any]:
        """What a worker answers, or why it does not."""
        try:
            return dict(await self._asked_of(worker, do, *given, seconds=seconds))
        except WorkerError as error:
            return {"error": str(error)}

    async def _asked_of(self, worker: Worker, do: str, *given: Any, seconds: float) -> Any:
        """What a worker says about the text that was run last; it is told that first where it does not know it."""
        if self._ran is None:
            raise WorkerError("the story could not be run")
        if worker.pid is None or self._told.get(worker) != (self._ran[2], worker.starts):
            await self._told_text(worker, self._ran)
        return await worker.ask(do, *given, seconds=seconds)

    # what is looked at
    def draw(self, client: Client) -> None:
        """Draw what a page shows, for all that show the same at once."""
        look = client.look
        if look is None or look["tab"] not in PICTURES:
            return
        key = json.dumps(look, sort_keys=True)

        async def job() -> None:
            self._tell("busy", revision=self.revision, what="drawing")
            lookers = [c for c in self._clients(self.story) if c.look == look]
            try:
                found = await self._asked_of(self._worker, "picture", look, seconds=LOOK_SECONDS)
            except WorkerError as error:
                for one in lookers:
                    one.trouble(f"this picture could not be drawn: {error}")
                return
            fields = {"revision": self.revision, "as": look["tab"], **found, "story": self.story}
            fields.pop("type", None)
            for one in lookers:
                one.tell("picture", **fields)

        self._jobs[key] = job
        self._work.set()

    def world(self, client: Client, after: int | None, eyes: list[str]) -> None:
        """The world at a moment; of several moments that a page asked for, the last."""

        async def job() -> None:
            found = await self._said(self._worker, "world", after, eyes, seconds=LOOK_SECONDS)
            client.tell("world", **{"after": after, "eyes": eyes, **_fields(found)})

        self._jobs[(id(client), "world")] = job
        self._work.set()

    # what is asked
    async def _answer(self) -> None:
        while True:
            await self._questions.wait()
            while self._asked:
                await self._tried.wait()
                await self._asked.pop(next(iter(self._asked)))()
            self._questions.clear()

    def _ask(self, job: Job) -> None:
        self._asked[object()] = job
        self._questions.set()

    def ask(self, client: Client, ident: Any, question: str, after: int | None) -> None:
        """Answer a question."""

        async def job() -> None:
            found = await self._said(self._side, "ask", question, after, seconds=ASK_SECONDS)
            client.tell("answer", **{"question": question, **_fields(found), "id": ident})

        self._ask(job)

    def repairs(self, client: Client, ident: Any, finding: int, revision: int | None) -> None:
        """Look for acts that would mend a finding of the last results, until the text changes."""

        async def job() -> None:
            self._tell("busy", revision=self.revision, what="looking for repairs")
            if revision is not None and self._ran is not None and revision != self._ran[2]:
                found: dict[str, Any] = {"repairs": [], "error": "the text has changed"}
            else:
                self._repairing = True
                found = {"repairs": []}
                try:
                    found |= await self._said(self._side, "repairs", finding, seconds=ASK_SECONDS)
                finally:
                    self._repairing = False
            client.tell("repairs", **{**_fields(found), "id": ident, "finding": finding})

        self._ask(job)

    async def report(self) -> str:
        """The report as it is now; raises WorkerError."""
        return str(
            await self._later(lambda: self._asked_of(self._side, "report", seconds=ASK_SECONDS))
        )

    async def picture(self, look: dict[str, Any]) -> dict[str, Any]:
        """One picture, to keep; raises WorkerError."""
        found = await self._later(
            lambda: self._asked_of(self._side, "picture", look, seconds=LOOK_SECONDS)
        )
        return dict(found)

    async def _later(self, ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """What is answered in its turn, once the text as it is now was run."""
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        async def job() -> None:
            try:
                found = await ask()
            except WorkerError as error:
                if not answered.done():
                    answered.set_exception(error)
            else:
                if not answered.done():
                    answered.set_result(found)

        self._ask(job)
        try:
            return await asyncio.wait_for(answered, ASK_SECONDS + RUN_SECONDS)
        except TimeoutError as error:
            raise WorkerError("the story could not be run") from error


def _fields(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name != "type"}
