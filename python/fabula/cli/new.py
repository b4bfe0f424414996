"""`fabula new`: writes a small story to start from."""

from __future__ import annotations

import os
import tempfile
from importlib import resources
from pathlib import Path

import click


@click.command(short_help="write a small story to start from")
@click.argument("name")
def command(name: str) -> int:
    """Write a small story called NAME, as NAME.md in the current folder, to start from.

    A file that is there already is never touched.

    \b
    Examples:
      fabula new mystory
      fabula new drafts/mystory.md

    Exit code: 0, or 2 if the file cannot be written.
    """
    path = Path(name if name.endswith(".md") else f"{name}.md")
    text = resources.files("fabula.cli").joinpath("new_story.md").read_text(encoding="utf-8")
    title = path.stem.replace("-", " ").replace("_", " ").strip().capitalize()
    text = text.replace("The lantern", title or "The lantern", 1)
    try:
        write_new(path, text)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(f"{path} cannot be written: {reason}") from error
    click.echo(f"{path} is written; now: fabula check {path}")
    return 0


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
