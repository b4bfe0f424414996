"""When files are saved and journals brought to the disk itself, and when somebody else has changed them: a short while after typing, and twice a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from fabula.serve import files
from fabula.serve.document import Document
from fabula.serve.files import Content, RefusedError

QUIET = 0.3  # seconds after the last change
LATEST = 0.9  # seconds after the first one: with the saving itself, under one
AGAIN = 2.0  # seconds until saving is tried again
WATCH = 0.5


class Keeper:
    """Saves and watches one document; what comes of it is told to ``tell``: saved, changed, conflict or trouble."""

    def __init__(self, document: Document, tell: Callable[[str, str], None]) -> None:
        self.document = document
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        self._missing = 0
        self._failed = False
        self._turn = (
            asyncio.Lock()
        )  # what is read while something is saved may be what was there before

    def changed(self) -> None:
        """There is something to save."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._save_soon())

    async def _save_soon(self) -> None:
        document = self.document
        while document.to_save() is not None:
            due = min(document.changed_at + QUIET, document.unsaved_since + LATEST)
            wait = due - time.monotonic()
            if self._failed:
                wait = AGAIN
            if wait > 0:
                await asyncio.sleep(wait)
                if not self._failed:
                    continue
            await self.save()

    async def save(self) -> None:
        """Save now."""
        async with self._turn:
            await self._save()

    async def _save(self) -> None:
        document = self.document
        plan = document.to_save()
        if plan is None:
            return
        await (
            document.sync()
        )  # the journal never knows less than the file: it would be taken for a change from outside
        try:
            outside = await asyncio.to_thread(document.write, plan)
        except (OSError, RefusedError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if not self._failed:
                self._tell(
                    "trouble",
                    f"{document.file} cannot be saved: {reason}; what was written is kept, and it is tried again",
                )
            self._failed = True
            return
        self._failed = False
        if outside is not None:
            self._outside(outside)
            return
        document.was_saved(plan)
        self._tell("saved", files.digest(plan.text))

    async def look(self) -> None:
        """Bring the journal to the disk itself, and see whether the file was changed by somebody else."""
        await self.document.sync()
        async with self._turn:
            await self._look()

    async def _look(self) -> None:
        document = self.document
        now = await asyncio.to_thread(files.stamp, document.path)
        if now == document.stamp:
            self._missing = 0
            return
        if now is None:
            self._missing += 1
            if self._missing < 3:  # an editor may put another file in its place
                return
        try:
            found = await asyncio.to_thread(files.read, document.path) if now is not None else None
        except FileNotFoundError:
            return
        except RefusedError as error:
            document.stamp = now
            self._tell("trouble", f"what was changed outside is not taken over: {error}")
            return
        document.stamp = now
        self._missing = 0
        self._outside(found)

    def _outside(self, found: Content | None) -> None:
        version = self.document.version
        if self.document.came_from_outside(found):
            self._tell("conflict", "")
        elif found is None:
            self._tell(
                "trouble",
                f"{self.document.file} was removed: whoever goes on writing in it makes it again",
            )
        elif self.document.version != version:
            self._tell("changed", str(version))
        elif not self.document.unsaved and self.document.conflict is None:
            self._tell("saved", self.document.hash)
