"""A small story to start from, and writing a file that must not be there yet."""

from __future__ import annotations

import os
import tempfile
from importlib import resources
from pathlib import Path


def small_story(name: str) -> str:
    """The text of a small story; its title is made of the name."""
    text = resources.files("fabula.text").joinpath("new_story.md").read_text(encoding="utf-8")
    return text.replace("The lantern", title_of(name) or "The lantern", 1)


def title_of(name: str) -> str:
    """A file's name, without its ending, as a title."""
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def write_new(path: Path, text: str) -> None:
    """Write a file whole or not at all; raise a FileExistsError if it exists already."""
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".fabula-", suffix=".md")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        try:
            os.link(temporary, path)  # unlike a rename, this never replaces
        except FileExistsError:
            raise
        except OSError:  # no hard links here
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    finally:
        Path(temporary).unlink(missing_ok=True)
