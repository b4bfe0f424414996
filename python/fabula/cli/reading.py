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


def read_and_run(path: str) -> tuple[Story, Run]:
    """Return the story at `path`, and what running it gave."""
    story = read(path)
    with signs_of_life("running"):
        return story, story.run()
