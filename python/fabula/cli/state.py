"""`fabula state`: shows the world, or the world as somebody takes it to be."""

from __future__ import annotations

import click

from fabula.cli.output import format_option, print_json, print_problems
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.several import SeveralNames

WITH_VALUE = ("--after", "--about", "--format")


class SeveralEyes(SeveralNames):
    """A command whose option --as takes several names: --as Bucho El is --as Bucho --as El."""

    several = "--as"
    with_value = WITH_VALUE


@click.command(cls=SeveralEyes, short_help="show the world, or as somebody takes it to be")
@story_argument
@click.option("--after", metavar="N|ID", help="after this event, or after this source id")
@click.option(
    "--as",
    "eyes",
    multiple=True,
    metavar="NAME...",
    help="as this person takes it to be; of several names, as the first believes that the next does",
)
@click.option("--about", metavar="NAME", help="only what concerns this person or thing")
@format_option
def command(
    story: str, after: str | None, eyes: tuple[str, ...], about: str | None, form: str
) -> int:
    """Show the world of STORY at its end, or at some point, or in somebody's mind.

    \b
    Examples:
      fabula state stories/desperado --after 6.30
      fabula state stories/desperado --after 6.64 --as Bucho --about Navajas
      fabula state stories/desperado --as Bucho El

    Exit code: 0, or 2 if a part of the text or a name could not be read.
    """
    read_story, run = read_and_run(story, keep=True)
    print_problems(read_story.problems)
    try:
        lines = run.state(after=after, eyes=eyes).lines(about)
    except LookupError as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    if form == "json":
        print_json(
            {
                "story": read_story.title,
                "after": after,
                "as": list(eyes),
                "about": about,
                "facts": lines,
            }
        )
    else:
        for line in lines:
            click.echo(line)
    return 2 if read_story.problems else 0
