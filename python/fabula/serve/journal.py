"""The journal of one open file: every confirmed change, written down before it is confirmed, so that a kill loses none."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from fabula.serve import files
from fabula.serve.changes import ChangeError, Changes, applied

MOST_LINES = 600
LEFT = 100  # so many of the last changes stay when a journal is begun anew: a page may know an earlier state


class Update(TypedDict):
    """One change and the page that made it ("" is the server)."""

    clientID: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Told:
    """What a journal tells: the text it begins with, what happened to it, and how many changes the file had last."""

    base: str
    updates: tuple[Update, ...]
    states: tuple[str, ...]  # the base and the text after each change
    saved: int


class Journal:
    """A file that is only appended to; it is begun when there is something to write down."""

    def __init__(self, folder: Path, file: str) -> None:
        self.folder = folder
        self.path = folder / f"{hashlib.sha256(file.encode()).hexdigest()[:32]}.jsonl"
        self.lines = 0
        self._handle: int | None = None
        self._unsynced = False

    def begin(self, base: str, updates: Sequence[Update] = (), saved: int = 0) -> None:
        """Begin anew, whole or not at all."""
        self.close()
        handle, name = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(_line({"base": base}))
            for update in updates:
                file.write(_line({"update": update}))
            file.write(_line({"saved": saved}))
        Path(name).replace(self.path)
        self.lines = len(updates) + 2
        self._unsynced = True

    def add(self, updates: Sequence[Update]) -> None:
        """Write changes down; the system has them when this returns, whatever then happens to the server."""
        self._write(b"".join(_line({"update": update}) for update in updates))
        self.lines += len(updates)

    def note_saved(self, count: int) -> None:
        """Write down that the file now has the first ``count`` changes."""
        self._write(_line({"saved": count}))
        self.lines += 1

    def to_sync(self) -> int | None:
        """A handle of its own to what the disk itself may not have yet, for `sync`; None: it has all."""
        if not self._unsynced:
            return None
        self._unsynced = False
        return os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))

    def sync(self, handle: int) -> None:
        """Have the disk itself take what was written, which outlives a power cut; slow, and may be done in a thread."""
        try:
            os.fsync(handle)
            files.sync_folder(self.folder)
        except OSError:
            self._unsynced = True  # once more, with the next batch
        finally:
            os.close(handle)

    @property
    def begun(self) -> bool:
        """Whether there is one."""
        return self.lines > 0

    def told(self) -> Told | None:
        """What a journal of an earlier server tells, or None; a line that was cut off by a kill was never confirmed."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return None
        try:
            base = json.loads(lines[0])["base"]
            states, updates, saved = [str(base)], [], 0
        except (ValueError, KeyError, TypeError):
            return None
        for line in lines[1:-1]:
            try:
                found = json.loads(line)
                if "saved" in found:
                    saved = int(found["saved"])
                    continue
                update = Update(
                    clientID=str(found["update"]["clientID"]), changes=found["update"]["changes"]
                )
                states.append(applied(states[-1], update["changes"]))
            except (ValueError, KeyError, TypeError, ChangeError):
                break
            updates.append(update)
        return Told(states[0], tuple(updates), tuple(states), min(saved, len(updates)))

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def remove(self) -> None:
        """Take the journal away: there is nothing in it that the file has not."""
        self.close()
        self.lines = 0
        self._unsynced = False
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _write(self, data: bytes) -> None:
        if self._handle is None:
            self._handle = os.open(
                self.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
            )
        self._unsynced = True
        while data:
            data = data[os.write(self._handle, data) :]


def _line(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
