"""The opened folder: its stories, and their files, read and saved whole; nothing outside of it is ever touched."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.text.files import ACCOUNTS, FIRST, files_of_story
from fabula.text.writing import write_whole

MOST_BYTES = 2_000_000
MOST_STORIES = 500
_BREAK = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


class RefusedError(ValueError):
    """A file that is not opened; the message is for the writer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A story of the folder, and its files as the page names them."""

    story: str
    title: str
    files: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """What the page is told."""
        return {"story": self.story, "title": self.title, "files": list(self.files)}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held: its text with plain line breaks, and what is needed to write it as it was."""

    text: str
    raw: str
    mark: bool  # a byte order mark stood before it

    def written(self, text: str) -> bytes:
        """Another text in the manner of this file: lines that stay keep their line breaks, others get the usual one."""
        breaks = _BREAK.findall(self.raw)
        usual = max(dict.fromkeys(breaks, 0), key=breaks.count, default="\n")
        if usual != "\n" or len(set(breaks)) > 1:
            text = _with_breaks(self.text.split("\n"), breaks, text.split("\n"), usual)
        return (b"\xef\xbb\xbf" if self.mark else b"") + text.encode("utf-8")


NEW = Content("", "", False)


def _with_breaks(old: list[str], breaks: list[str], new: list[str], usual: str) -> str:
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    found: list[str] = []
    for at, line in enumerate(new[:-1]):
        from_end = len(new) - 1 - at  # so many lines follow
        if at < start and at < len(breaks):
            ending = breaks[at]
        elif from_end < end and from_end <= len(breaks):
            ending = breaks[-from_end]
        else:
            ending = usual
        found += (line, ending)
    return "".join((*found, new[-1]))


def digest(text: str) -> str:
    """The hash of a text by which page and server know that they mean the same one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Folder:
    """A folder that is served; ``only`` is the one story that can be reached, where it was named."""

    def __init__(self, root: Path, only: str | None = None) -> None:
        self.root = root.resolve(strict=True)
        self.only = only

    def stories(self) -> list[Entry]:
        """The stories there are, by name: Markdown files, and folders with a story.md."""
        names = [self.only] if self.only is not None else sorted(self._candidates())
        found = (self.entry(name) for name in names)
        return [entry for entry in found if entry is not None][:MOST_STORIES]

    def _candidates(self) -> Iterator[str]:
        """What may be a story by its name and kind: a folder may hold very much besides."""
        try:
            with os.scandir(self.root) as found:
                for one in found:
                    if one.name.lower().endswith(".md") or (
                        not one.name.startswith(".") and (self.root / one.name / FIRST).is_file()
                    ):
                        yield one.name
        except OSError:
            return

    def entry(self, story: str) -> Entry | None:
        """One story, or None where there is none of that name."""
        try:
            path = self._inside(story)
        except RefusedError:
            return None
        if "/" in story or story == ACCOUNTS or (self.only is not None and story != self.only):
            return None
        if path.is_dir():
            if not (path / FIRST).is_file():
                return None
            try:
                files = [f"{story}/{file.name}" for file in files_of_story(self.root / story)]
            except OSError:
                return None
            files = [file for file in files if self._opens(file)]
        elif path.is_file() and path.suffix.lower() == ".md":
            files = [story]
        else:
            return None
        return Entry(story, self._title(story, files), tuple(files)) if files else None

    def _opens(self, file: str) -> bool:
        try:
            self._inside(file)
        except RefusedError:
            return False
        return True

    def _title(self, story: str, files: Sequence[str]) -> str:
        with contextlib.suppress(OSError):
            with self._inside(files[0]).open("rb") as opened:
                start = opened.read(4096).decode("utf-8-sig", "ignore")
            heading = _HEADING.search(start)
            if heading:
                return heading[1]
        return Path(story).stem

    def path_of(self, file: str) -> Path:
        """The path of a file of a story; raises RefusedError for whatever is none, or leads out of the folder."""
        story = file.split("/", 1)[0]
        path = self._inside(file)
        if self.only is not None and story != self.only:
            raise RefusedError(f"only {self.only} is open here, not {_shown(file)}")
        parts = file.split("/")
        if len(parts) > 2 or path.suffix.lower() != ".md" or not parts[-1].lower().endswith(".md"):
            raise RefusedError(f"{_shown(file)} is no Markdown file of a story")
        if len(parts) == 2 and parts[0] == ACCOUNTS:
            raise RefusedError(f"{_shown(file)} is another telling, and no part of a story here")
        return path

    def _inside(self, name: str) -> Path:
        """A path within the folder, links followed; raises RefusedError."""
        bad = not name or len(name) > 400 or any(c in name for c in '\0\\:\n\r"<>|?*')
        parts = name.split("/")
        if bad or any(not p or p.startswith(".") or p != p.strip() for p in parts):
            raise RefusedError(f"{_shown(name)} is no name of a file in this folder")
        try:
            path = (self.root / name).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise RefusedError(f"{_shown(name)} cannot be opened") from error
        if not path.is_relative_to(self.root):
            raise RefusedError(f"{_shown(name)} leads out of the opened folder")
        return path


def _shown(name: str) -> str:
    return ascii(name if len(name) <= 80 else f"{name[:80]}…")


def read(path: Path) -> Content:
    """What a file holds; raises RefusedError where it is too large or no text, FileNotFoundError where it is gone."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise RefusedError(f"{path.name} cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise RefusedError(
            f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: divide it into several files"
        )
    mark = data.startswith(b"\xef\xbb\xbf")
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            f"{path.name} is not UTF-8 (byte {error.start}): save it as UTF-8"
        ) from error
    return Content(_BREAK.sub("\n", raw), raw, mark)


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever a file does, or None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def save(path: Path, data: bytes) -> None:
    """Replace a file by one that is complete already, with its mode; raises OSError."""
    write_whole(path, data)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Have the disk itself take the names in a folder, where a system can."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            folder = os.open(path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
