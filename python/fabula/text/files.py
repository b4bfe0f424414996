"""Finds and opens the files of a story; Markdown is only loaded where one is read."""

from __future__ import annotations

from pathlib import Path

from fabula.problems import TextError
from fabula.problems.empty_file import empty_file
from fabula.problems.missing_path import missing_path
from fabula.problems.no_story import no_story
from fabula.problems.not_text import not_text
from fabula.problems.unopened_file import unopened_file
from fabula.problems.wording import near
from fabula.text.source import Source

FIRST = "story.md"
ACCOUNTS = "accounts"
LOST = "it is a link that leads nowhere"


def read_source(path: str | Path) -> list[Source]:
    """Return the story at `path`: a file, or a folder's story.md and then its other .md files.

    Other tellings, in the folder accounts/, are not among them. Raises a TextError if there is
    nothing to read; what is wrong with single sentences, or with one file of several, is in the
    sources' own `problems`.
    """
    path = Path(path)
    try:
        files = files_of_story(path)
    except OSError as error:
        raise TextError(unopened_file(str(path), error.strerror or str(error))) from error
    sources = [_readable(file) for file in files]
    if all(source.lines == () for source in sources):
        raise TextError(*(problem for source in sources for problem in source.problems))
    if not any(source.sentences or source.problems or source.fences for source in sources):
        raise TextError(*(empty_file(source.file) for source in sources))
    return sources


def _readable(file: Path) -> Source:
    """Return what a file holds; of one that cannot be read, nothing but the problem."""
    from fabula.text.reading import parse_markdown

    try:
        return parse_markdown(read_text(file), str(file))
    except TextError as error:
        return Source(str(file), (), (), (), error.problems, ())


def read_accounts(path: str | Path) -> list[Source]:
    """Return the other tellings of a story that is a folder, in the order of their names."""
    from fabula.text.reading import parse_markdown

    folder = Path(path) / ACCOUNTS
    if not folder.is_dir():
        return []
    return [parse_markdown(read_text(file), str(file)) for file in sorted(folder.glob("*.md"))]


def read_text(path: Path) -> str:
    """Return the text of a file; raise a TextError if it cannot be opened or is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = LOST if path.is_symlink() and not path.exists() else error.strerror
        raise TextError(unopened_file(str(path), reason or str(error))) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        before = before.replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        reason = f"the byte {data[error.start]:#04x} is no part of UTF-8 here"
        raise TextError(not_text(str(path), line, column, reason)) from error


def files_of_story(path: Path) -> list[Path]:
    """Return the files to read, in order."""
    if "\0" not in str(path) and path.is_symlink() and not path.exists():
        raise TextError(unopened_file(str(path), LOST))
    if "\0" in str(path) or not path.exists():
        raise TextError(missing_path(str(path), _neighbours(path)))
    if not path.is_dir():
        return [path]
    first = path / FIRST
    if not first.is_file():
        raise TextError(no_story(str(path)))
    # a link that leads nowhere is no file, and yet somebody misses what it led to
    found = (file for file in path.glob("*.md") if file.is_file() or not file.exists())
    others = (file for file in found if file.name != FIRST)
    return [first, *sorted(others, key=lambda file: file.name)]


def _neighbours(path: Path) -> tuple[str, ...]:
    """Return the paths beside a missing one whose names are near its own."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        return ()
    return tuple(str(path.parent / name) for name in near(path.name, names))
