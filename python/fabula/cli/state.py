"""`fabula state`: shows the world, or the world as somebody takes it to be."""

from __future__ import annotations

import click

from fabula.cli.output import format_option, print_json, print_problems
from fabula.cli.reading import read_and_run, story_argument

WITH_VALUE = ("--after", "--about", "--format")


class SeveralEyes(click.Command):
    """A command whose option --as takes several names: --as Bucho El is --as Bucho --as El."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Spread the names before click sees them."""
        return super().parse_args(ctx, spread(args))


def spread(args: list[str]) -> list[str]:
    """Return the arguments with every name behind --as as an option of its own.

    A story that stands behind the names is the last of them.
    """
    spread_out: list[str] = []
    story_given = False
    at = 0
    while at < len(args):
        word = args[at]
        at += 1
        if word != "--as":
            spread_out.append(word)
            if word in WITH_VALUE:
                spread_out += args[at : at + 1]
                at += 1
            story_given = story_given or not word.startswith("-")
            continue
        names = []
        while at < len(args) and not args[at].startswith("-"):
            names.append(args[at])
            at += 1
        behind = [names.pop()] if len(names) > 1 and not story_given and at == len(args) else []
        for name in names or [""]:
            spread_out += ["--as", name] if name else ["--as"]
        spread_out += behind
    return spread_out


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
