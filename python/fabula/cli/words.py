"""`fabula words`: lists what a story can be told with."""

from __future__ import annotations

import click

from fabula.cli.output import format_option, print_json, print_problems
from fabula.cli.reading import read, story_argument


@click.command(short_help="list what a story can be told with")
@story_argument
@format_option
def command(story: str, form: str) -> int:
    """List the words that STORY can be told with: the library's and its own.

    Verbs come with their frames and meaning, then kinds, properties, relations and names.

    \b
    Examples:
      fabula words mystory.md
      fabula words mystory.md --format json | jq '.verbs'

    Exit code: 0, or 2 if a part of the text could not be read.
    """
    read_story = read(story)
    print_problems(read_story.problems)
    groups = read_story.words()
    if form == "json":
        print_json(
            {
                group.name: [{"text": text, "meaning": meaning} for text, meaning in group.entries]
                for group in groups
            }
        )
        return 2 if read_story.problems else 0
    for group in groups:
        click.secho(f"\n{group.name}", bold=True)
        for text, meaning in group.entries:
            click.echo(f"  {text}" + (f"\n      {meaning}" if meaning else ""))
    return 2 if read_story.problems else 0
