"""Reads the story that a verb is given."""

from __future__ import annotations

import click

from fabula.cli.output import signs_of_life
from fabula.cli.surface import Run, Story

story_argument = click.argument("story", metavar="STORY", type=click.Path(readable=False))


def read(path: str) -> Story:
    """Return the story at `path`; a TextError ends the command."""
    from fabula import pipeline

    with signs_of_life("reading"):
        return pipeline.read(path)


def read_and_run(path: str, keep: bool = False) -> tuple[Story, Run]:
    """Return the story at `path`, and what running it gave, from the cache where nothing has changed since.

    `keep`: it is put there, for whoever looks at a story is likely to do so again.
    """
    from fabula import pipeline

    return pipeline.played(path, keep, signs_of_life)
