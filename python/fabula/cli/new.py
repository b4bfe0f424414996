"""`fabula new`: writes a small story to start from."""

from __future__ import annotations

from pathlib import Path

import click

from fabula.text.new_story import small_story, write_new


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
    try:
        write_new(path, small_story(path.stem))
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(f"{path} cannot be written: {reason}") from error
    click.echo(f"{path} is written; now: fabula check {path}")
    return 0
