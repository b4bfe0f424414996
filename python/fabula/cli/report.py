"""`fabula report`: what was found in a story, as one HTML file that works offline."""

from __future__ import annotations

from pathlib import Path

import click

from fabula.cli.output import print_problems, signs_of_life
from fabula.cli.reading import story_argument


@click.command(short_help="write down what was found in a story, as a page that works offline")
@story_argument
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="an .html file; - for the standard output"
)
def command(story: str, output: str) -> int:
    """Write the report of STORY: findings, pictures, the text itself, assumptions, who knows what.

    It is one HTML file that needs nothing else, neither a network nor a script, and prints well.

    \b
    Examples:
      fabula report stories/desperado -o desperado.html

    Exit code: 0, or 2 if a part of the text could not be read, or the file not be written.
    """
    from fabula import pipeline
    from fabula.report.page import report_of
    from fabula.text.writing import write_whole

    read_story, run = pipeline.played(story, True, signs_of_life)
    print_problems(read_story.problems)
    with signs_of_life("drawing"):
        page = report_of(read_story, run, run.check())
    if output == "-":
        click.echo(page, nl=False)
        return 2 if read_story.problems else 0
    try:
        write_whole(Path(output), page.encode())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(f"{output} cannot be written: {reason}") from error
    click.echo(f"written: {output}", err=True)
    return 2 if read_story.problems else 0
