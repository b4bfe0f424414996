"""One open file: its text, the changes of everybody who writes in it, and what the disk has of it.

This is the authority of @codemirror/collab: changes are numbered, a page's are taken where it knew all before them, and
otherwise it fetches what it missed and tries again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.serve import files
from fabula.serve.changes import applied, between, joined
from fabula.serve.files import Content, RefusedError, digest
from fabula.serve.journal import LEFT, MOST_LINES, Journal, Update

MOST_KEPT = 2000  # changes, for pages that were away
SERVER = ""  # who changes a text in the name of the disk


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be saved: the text of a version, and what the disk should still have (None: no file)."""

    version: int
    text: str
    data: bytes
    disk: Content | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts of one file; ``typed``: the document has the writer's, and the disk the other one."""

    mine: str
    theirs: str
    typed: bool


class Document:
    """One file of a story; everything here is quick, but for `write`, which belongs into a thread."""

    def __init__(self, file: str, path: Path, journals: Path) -> None:
        self.file = file
        self.path = path
        self.stamp = files.stamp(path)
        self.disk: Content | None = files.read(path)
        self.text = self.disk.text
        self.version = 0
        self.saved = 0  # the version that the disk has
        self.conflict: Conflict | None = None
        self.changed_at = 0.0
        self.unsaved_since = 0.0
        self._updates: list[Update] = []
        self._first = 0  # the version before the first of them
        self._base = self.text  # the text of that version
        self._hashes: dict[str, int] = {digest(self.text): 0}
        self._kept = journals
        self._journal = Journal(journals, file)
        self._journal_first = 0
        self._recover()

    # what is said about it
    @property
    def hash(self) -> str:
        """The hash of the text as it is."""
        return digest(self.text)

    @property
    def unsaved(self) -> bool:
        """Whether the disk lacks something."""
        return self.saved != self.version

    # changes
    def push(self, version: int, updates: Sequence[Update]) -> bool:
        """Take changes over; False where others came before. Raises ChangeError and RefusedError, and then takes none."""
        if version != self.version:
            return False
        text, states = self.text, []
        for update in updates:
            text = applied(text, update["changes"])
            states.append(text)
        if len(text.encode("utf-8")) > files.MOST_BYTES:
            raise RefusedError(
                f"{self.file} would be larger than {files.MOST_BYTES // 1_000_000} MB: divide it into several files"
            )
        self._take(updates, states)
        return True

    def since(self, version: int) -> list[Update] | None:
        """The changes after a version, or None where they are no longer kept (or never were)."""
        if not self._first <= version <= self.version:
            return None
        return self._updates[version - self._first :]

    def replace(self, text: str) -> None:
        """Put another text in the place of this one, as one change of the server's."""
        if text != self.text:
            self._take([Update(clientID=SERVER, changes=between(self.text, text))], [text])

    def _take(self, updates: Sequence[Update], states: Sequence[str]) -> None:
        """Write changes down, then have them."""
        if not updates:
            return
        if not self._journal.begun:
            self._journal.begin(self.text)
            self._journal_first = self.version
        self._journal.add(updates)
        for state in states:
            self.version += 1
            self._hashes[digest(state)] = self.version
        self._updates += updates
        self.text = states[-1]
        self.changed_at = time.monotonic()
        self.unsaved_since = self.unsaved_since or self.changed_at
        if len(self._updates) > MOST_KEPT:
            self._forget(MOST_KEPT // 2)

    def _forget(self, most: int) -> None:
        gone = len(self._updates) - most
        for update in self._updates[:gone]:
            self._base = applied(self._base, update["changes"])
        del self._updates[:gone]
        self._first += gone
        self._hashes = {h: v for h, v in self._hashes.items() if v >= self._first}

    def _text_of(self, version: int) -> str:
        text = self._base
        for update in self._updates[: version - self._first]:
            text = applied(text, update["changes"])
        return text

    # the disk
    async def sync(self) -> None:
        """Have the disk itself take what the journal holds; nobody who types waits for it."""
        with contextlib.suppress(OSError):
            handle = self._journal.to_sync()
            if handle is not None:
                await asyncio.to_thread(self._journal.sync, handle)

    def to_save(self) -> Plan | None:
        """What is to be saved now; nothing while the writer has to choose."""
        if not self.unsaved or (self.conflict is not None and self.conflict.typed):
            return None
        data = (self.disk or files.NEW).written(self.text)
        return Plan(self.version, self.text, data, self.disk)

    def write(self, plan: Plan) -> Content | None:
        """Save, or return what the disk has where that was changed outside; raises OSError and RefusedError."""
        found = self._on_disk()
        if found != plan.disk and (found is None or found.text != plan.text):
            return found or files.NEW
        files.save(self.path, plan.data)
        self.stamp = files.stamp(self.path)
        return None

    def _on_disk(self) -> Content | None:
        try:
            return files.read(self.path)
        except FileNotFoundError:
            return None

    def was_saved(self, plan: Plan) -> None:
        """Note that the disk has what was planned."""
        raw = plan.data.decode("utf-8-sig")
        self.disk = Content(plan.text, raw, plan.data.startswith(b"\xef\xbb\xbf"))
        self._at_rest(plan.version)

    def _at_rest(self, version: int) -> None:
        """The disk has a version; of the journal only the last part is of use, once it is long."""
        self.saved = version
        self.unsaved_since = time.monotonic() if self.unsaved else 0.0
        with contextlib.suppress(
            OSError
        ):  # then it is the old journal that is read, and it tells the same
            if self._journal.begun:
                self._journal.note_saved(version - self._journal_first)
            if self._journal.lines > MOST_LINES and not self.unsaved:
                first = max(self._first, self.version - LEFT)
                last = self._updates[first - self._first :]
                self._journal.begin(self._text_of(first), last, len(last))
                self._journal_first = first

    def came_from_outside(self, found: Content | None) -> bool:
        """What the disk has now, having changed; whether the writer has to choose. None: there is no file any more."""
        if found == self.disk:
            return False
        theirs = found.text if found is not None else ""
        if found is not None and theirs == self.text:
            self.disk = found
            self._at_rest(self.version)
            self.conflict = None
            return False
        if found is not None and not self.unsaved and self.conflict is None:
            self.disk = found
            self.replace(theirs)
            self._at_rest(self.version)
            return False
        self.disk = found
        if self.unsaved or self.conflict is not None:
            self.conflict = Conflict(self.text, theirs, True)
            return True
        return False

    def settle(self, mine: bool) -> None:
        """Let the writer's choice be the text; the other one is kept beside the journals."""
        conflict, self.conflict = self.conflict, None
        if conflict is None:
            return
        self._keep_aside(
            conflict.theirs if mine else self.text if conflict.typed else conflict.mine
        )
        if conflict.typed and not mine:
            self.replace(conflict.theirs)
            self._at_rest(self.version)
        elif not conflict.typed and mine:
            self.replace(conflict.mine)

    def _keep_aside(self, text: str) -> None:
        with contextlib.suppress(OSError):
            folder = self._kept / "set-aside"
            folder.mkdir(exist_ok=True)
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09}-{self.path.name}"
            (folder / name).write_bytes(text.encode("utf-8"))

    # coming back
    def resume(self, known: str, text: str, client: str | None) -> bool:
        """Take over what a page has that was away; False where the writer has to choose.

        ``known`` is the hash of the last text that it had from here. What the same page wrote since is in its text already.
        """
        if text == self.text:
            return True
        at = self._hashes.get(known)
        after = self.since(at) if at is not None else None
        if at is not None and after is not None:
            writers = {update["clientID"] for update in after}
            own = {client} if client is not None else writers if len(writers) == 1 else set()
            alone = writers <= own and SERVER not in writers
            both = text if alone else joined(self._text_of(at), self.text, text)
            if both is not None:
                self.replace(both)
                return True
        if self.conflict is not None and not self.conflict.typed:
            self._keep_aside(self.conflict.mine)
        if self.conflict is None or not self.conflict.typed:
            self.conflict = Conflict(text, self.text, False)
        else:
            self._keep_aside(text)
        return False

    def _recover(self) -> None:
        """Read what an earlier server wrote down, and have what it had confirmed."""
        told = self._journal.told()
        if told is None or self.disk is None:
            return
        last = len(told.updates)
        disk = self.disk.text
        pending = last > told.saved and told.states[-1] != disk
        found = [at for at in range(told.saved, last + 1) if told.states[at] == disk]
        self._base, self._updates = told.base, list(told.updates)
        self._hashes = {digest(state): at for at, state in enumerate(told.states)}
        self.text, self.version = told.states[-1], last
        self.saved = found[-1] if found else told.saved
        self._journal.begin(told.base, told.updates, self.saved)
        if pending:
            self.changed_at = self.unsaved_since = time.monotonic()
            if not found:
                self.conflict = Conflict(self.text, disk, True)
        elif self.text == disk:
            self.saved = last
        else:  # all was saved, and the file was changed since
            self.replace(disk)
            self._at_rest(self.version)

    def close(self) -> None:
        """Let go of the journal; where all is saved, it is of no more use."""
        if self.unsaved or self.conflict is not None:
            self._journal.close()
        else:
            self._journal.remove()
