"""What is open: pages, documents and stories, and what each has to know of the others."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from fabula.serve.client import Client
from fabula.serve.document import Document
from fabula.serve.files import Entry, Folder, RefusedError
from fabula.serve.journal import Journal, Update
from fabula.serve.keeping import WATCH, Keeper
from fabula.serve.room import Room, Snapshot
from fabula.serve.state import Kept
from fabula.serve.worker import DESK

RARELY = 20.0  # looking for stories takes at most one part in so many of the time
LINGER = 30.0  # seconds that a story's workers wait for a page to come back


@dataclass(frozen=True, slots=True)
class Opening:
    """What is served: the story to open at once, and whether a first-time visitor sees it."""

    story: str | None = None
    tour: bool = False


class Session:
    """Everything of one server; it lives on one event loop."""

    def __init__(self, folder: Folder, kept: Kept, opening: Opening, desk: str = DESK) -> None:
        self.id = secrets.token_hex(8)
        self.folder = folder
        self.opening = opening
        self.clients: set[Client] = set()
        self._kept = kept
        self._desk = desk
        self._documents: dict[str, Document] = {}
        self._keepers: dict[str, Keeper] = {}
        self._entries: dict[str, Entry] = {}
        self._rooms: dict[str, Room] = {}
        self._empty_since: dict[str, float] = {}
        self._stories: list[Entry] = []
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to watch the disk, and save what an earlier server had no time to."""
        self._stories = self.folder.stories()
        for entry in self._stories:
            for file in entry.files:
                if self._journal_of(file):
                    with contextlib.suppress(RefusedError, FileNotFoundError):
                        self.document(file)
        self._watching = asyncio.create_task(self._watch())

    def _journal_of(self, file: str) -> bool:
        return Journal(self._kept.journals, file).path.exists()

    async def close(self) -> None:
        """Save everything and end the workers."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        for keeper in self._keepers.values():
            await keeper.save()
        for document in self._documents.values():
            document.close()
        await asyncio.gather(*(room.close() for room in self._rooms.values()))
        for client in self.clients:
            client.waiting.put_nowait(None)

    # what there is
    def stories(self) -> list[dict[str, object]]:
        """What the page is told of the stories."""
        return [entry.as_dict() for entry in self._stories]

    def document(self, file: str) -> Document:
        """A file, opened when it is first needed; raises RefusedError and FileNotFoundError."""
        known = self._documents.get(file)
        if known is not None:
            return known
        document = Document(file, self.folder.path_of(file), self._kept.journals)
        self._documents[file] = document
        keeper = Keeper(document, lambda kind, what: self._came(document, kind, what))
        self._keepers[file] = keeper
        keeper.changed()
        return document

    def viewers(self, file: str) -> Iterable[Client]:
        """The pages that have a file open."""
        story = file.split("/", 1)[0]
        return [client for client in self.clients if client.story == story]

    def readers(self, story: str) -> Iterable[Client]:
        """The pages that have a story open."""
        return [client for client in self.clients if client.story == story]

    def room(self, story: str) -> Room:
        """A story that is run; raises RefusedError where there is none."""
        if story not in self._rooms:
            entry = self.folder.entry(story)
            if entry is None:
                raise RefusedError(f"there is no story {story!a} here")
            self._entries[story] = entry
            self._rooms[story] = Room(
                story, self.folder.root, self._desk, self._snapshot, self.readers
            )
        return self._rooms[story]

    def entry(self, story: str) -> Entry:
        """A story that is open."""
        return self._entries[story]

    def _snapshot(self, story: str) -> Snapshot:
        texts: dict[str, str] = {}
        versions: dict[str, int] = {}
        for file in self._entries[story].files:
            with contextlib.suppress(RefusedError, FileNotFoundError):
                document = self.document(file)
                texts[file], versions[file] = document.text, document.version
        return texts, versions

    # what is said
    def tell_document(self, client: Client, file: str) -> None:
        """Send a file as it is, and what has to be chosen about it."""
        try:
            document = self.document(file)
        except (RefusedError, FileNotFoundError) as error:
            reason = str(error) if isinstance(error, RefusedError) else f"{file} is not there"
            client.tell("doc", file=file, version=0, text="", hash="", saved=True, readonly=reason)
            return
        client.tell(
            "doc",
            file=file,
            version=document.version,
            text=document.text,
            hash=document.hash,
            saved=not document.unsaved,
            readonly=self.readonly(document),
        )
        if document.conflict is not None:
            client.tell(
                "conflict", file=file, mine=document.conflict.mine, theirs=document.conflict.theirs
            )

    def readonly(self, document: Document) -> str | None:
        """Why a file cannot be written, if it cannot."""
        if document.path.exists() and not os.access(document.path, os.W_OK):
            return f"{document.file} may only be read: its permissions do not let it be written"
        return None

    def tell_updates(self, document: Document, version: int, updates: list[Update]) -> None:
        """Send changes to everybody, have them saved, and the story run."""
        for client in self.viewers(document.file):
            client.tell("updates", file=document.file, version=version, updates=updates)
        self._keepers[document.file].changed()
        room = self._rooms.get(document.file.split("/", 1)[0])
        if room is not None:
            room.changed()

    def keep(self, document: Document) -> None:
        """Have a document saved soon, if there is anything to save."""
        self._keepers[document.file].changed()

    def tell_changes(self, document: Document, version: int) -> None:
        """Send what was changed since a version by the server itself."""
        updates = document.since(version)
        if updates:
            self.tell_updates(document, version, updates)

    def _came(self, document: Document, kind: str, what: str) -> None:
        """Saving or watching has come to something."""
        file = document.file
        if kind == "changed":
            self.tell_changes(document, int(what))
            what, kind = document.hash, "saved"
        for client in self.viewers(file):
            if kind == "saved":
                client.tell("saved", file=file, version=document.saved, hash=what)
            elif kind == "conflict" and document.conflict is not None:
                conflict = document.conflict
                client.tell("conflict", file=file, mine=conflict.mine, theirs=conflict.theirs)
            elif kind == "trouble":
                client.trouble(what, file)

    # what goes on
    async def _watch(self) -> None:
        due = 0.0
        while True:
            await asyncio.sleep(WATCH)
            for keeper in list(self._keepers.values()):
                await keeper.look()
            now = asyncio.get_running_loop().time()
            if now >= due:
                found = await asyncio.to_thread(self.folder.stories)
                took = asyncio.get_running_loop().time() - now
                due = now + max(WATCH, took * RARELY)
                self._tell_stories(found)
            await self._close_rooms()

    def look_for_stories(self) -> None:
        """See which stories and files there are, and tell where that is not as it was."""
        self._tell_stories(self.folder.stories())

    def _tell_stories(self, found: list[Entry]) -> None:
        if found == self._stories:
            return
        self._stories = found
        for client in self.clients:
            client.tell("stories", stories=self.stories())
        for entry in found:
            old = self._entries.get(entry.story)
            if old is None or old == entry:
                continue
            self._entries[entry.story] = entry
            for client in self.readers(entry.story):
                client.tell("story", story=entry.story, files=list(entry.files))
                for file in entry.files:
                    if file not in old.files:
                        self.tell_document(client, file)
            if old.files != entry.files and entry.story in self._rooms:
                self._rooms[entry.story].changed()

    async def _close_rooms(self) -> None:
        now = asyncio.get_running_loop().time()
        for story in list(self._rooms):
            if self.readers(story):
                self._empty_since.pop(story, None)
            elif now - self._empty_since.setdefault(story, now) > LINGER:
                del self._empty_since[story]
                await self._rooms.pop(story).close()
