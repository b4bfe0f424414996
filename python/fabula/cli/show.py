"""`fabula show`: prints a world in the formal notation."""

from __future__ import annotations

import click

from fabula.cli.output import print_problems
from fabula.cli.problems import is_story, read_problem
from fabula.cli.reading import read


@click.command(short_help="print the world of a story or problem in the formal notation")
@click.argument("story", metavar="STORY|PROBLEM", type=click.Path())
@click.option("--formal", is_flag=True, help="in the notation of planning problems (the only one)")
def command(story: str, formal: bool) -> int:  # noqa: ARG001 (there will be other notations)
    """Print the world of STORY, or PROBLEM, in the formal notation of planning problems.

    Names become identifiers, with the words they stand for in a comment beside them. What of a story has
    no counterpart is a comment too.

    \b
    Examples:
      fabula show mystory.md --formal
      fabula show problem.txt --formal

    Exit code: 0, or 2 if a part of the text could not be read.
    """
    from fabula.formats import sabre

    if not is_story(story):
        click.echo(sabre.write(read_problem(story)), nl=False)
        return 0
    read_story = read(story)
    print_problems(read_story.problems)
    click.echo(read_story.formal(), nl=False)
    return 2 if read_story.problems else 0
