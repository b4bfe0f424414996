"""New stories: empty, small, or a copy of Desperado; nothing that is there already is touched."""

from __future__ import annotations

import re
import shutil
import tempfile
from importlib import resources
from pathlib import Path

from fabula.serve.files import Folder, RefusedError
from fabula.text.files import ACCOUNTS, FIRST
from fabula.text.new_story import small_story, title_of, write_new

TEMPLATES = ("empty", "small", "desperado")
DESPERADO = "desperado"
_NAME = re.compile(r"\w[\w .'-]{0,78}\w|\w")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # Windows


def make(folder: Folder, name: str, template: str) -> str:
    """Make a new story and return its name in the folder; raises RefusedError."""
    if folder.only is not None:
        raise RefusedError(
            f"only {folder.only} is open here: for several stories, serve the folder"
        )
    plain = name.strip().removesuffix(".md").strip()
    if not _NAME.fullmatch(plain) or _DEVICES.fullmatch(plain) or plain.casefold() == ACCOUNTS:
        raise RefusedError(
            "a story's name has letters, digits, blanks, and - _ . ' within, and at most 80 of them"
        )
    there = {entry.name.casefold() for entry in folder.root.iterdir()}
    if {plain.casefold(), f"{plain}.md".casefold()} & there:
        raise RefusedError(f"{plain} is there already")
    try:
        if template == DESPERADO:
            copy_desperado(folder.root / plain)
            return plain
        text = small_story(plain) if template == "small" else f"# {title_of(plain)}\n\n"
        write_new(folder.root / f"{plain}.md", text)
    except FileExistsError as error:
        raise RefusedError(f"{plain} is there already") from error
    except OSError as error:
        raise RefusedError(f"{plain} cannot be written: {error.strerror or error}") from error
    return f"{plain}.md"


def copy_desperado(path: Path) -> None:
    """Put a copy of Desperado at a path where nothing is yet, whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(path)
    work = Path(tempfile.mkdtemp(dir=path.parent, prefix=".fabula-"))
    try:
        fresh = work / path.name
        fresh.mkdir()
        for entry in resources.files("fabula.serve").joinpath(DESPERADO).iterdir():
            if entry.name.endswith(".md"):
                (fresh / entry.name).write_bytes(entry.read_bytes())
        fresh.rename(path)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def visitors_copy(folder: Path) -> tuple[Path, bool]:
    """The copy of Desperado in a folder, made the first time; and whether this is the first time."""
    path = folder / DESPERADO
    if (path / FIRST).is_file():
        return path, False
    copy_desperado(path)
    return path, True
