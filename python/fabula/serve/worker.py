"""A worker as the server sees it: a process that is started when needed, asked one thing at a time, and replaced when it fails."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fabula.serve.frames import HEAD, framed

DESK = "fabula.serve.desk:Desk"


class WorkerError(Exception):
    """What was asked for could not be had; the message is for the writer."""


class Stopped(WorkerError):  # noqa: N818 (no fault of anybody's)
    """The worker was stopped on purpose while it was at it."""


class Worker:
    """One process with a Desk for one story."""

    def __init__(self, story: str, root: Path, desk: str = DESK) -> None:
        # -P: a folder called fabula where the command was given is not ours
        self._command: Sequence[str] = (
            sys.executable, "-P", "-m", "fabula.serve.working", desk, story, str(root),
        )  # fmt: skip
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._stopping = False
        self.starts = 0
        """How often a process was started: another one knows nothing of what the last was told."""

    async def ask(self, do: str, *given: Any, seconds: float) -> Any:
        """What the Desk answers; raises WorkerError where it fails, dies or takes longer, after which it is another process."""
        async with self._turn:
            process = await self._running()
            try:
                answer = await asyncio.wait_for(self._answer(process, do, given), seconds)
            except (asyncio.IncompleteReadError, ConnectionError, OSError, ValueError) as error:
                stopped, self._stopping = self._stopping, False
                await self._end()
                if isinstance(error, TimeoutError):
                    raise WorkerError(
                        f"this took longer than {seconds:g} seconds and was stopped"
                    ) from error
                if stopped:
                    raise Stopped("it was stopped: the text has changed") from error
                raise WorkerError("what reads the story has died, and was started anew") from error
            except asyncio.CancelledError:
                await self._end()
                raise
        if "error" in answer:
            raise WorkerError(str(answer["error"]))
        return answer["result"]

    async def _answer(self, process: asyncio.subprocess.Process, do: str, given: Any) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(framed({"do": do, "with": given}))
        await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(HEAD), "big")
        return json.loads(await process.stdout.readexactly(size))

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            told = None if os.environ.get("FABULA_DEBUG") else subprocess.DEVNULL
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                limit=1 << 20,
            )
            self.starts += 1
        return self._process

    def stop(self) -> None:
        """End what is being done, now."""
        if self._process is not None and self._turn.locked():
            self._stopping = True
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid if self._process is not None else None

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
