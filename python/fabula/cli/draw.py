"""`fabula draw`: draws a story as a picture in a file."""

from __future__ import annotations

from pathlib import Path

import click

from fabula.cli.output import print_problems
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.several import SeveralNames
from fabula.cli.surface import Picture

SUFFIXES = (".svg", ".png", ".html")


class Command(SeveralNames):
    """A command whose option --people takes several names."""

    several = "--people"
    with_value = ("--as", "--from", "--to", "--fact", "--eyes", "--scheme", "-o", "--output")


@click.command(cls=Command, short_help="draw it: who goes where, and meets whom")
@story_argument
@click.option(
    "--as", "picture", default="ways", show_default=True, metavar="PICTURE", help="which picture"
)
@click.option("--people", multiple=True, metavar="NAME...", help="these people only")
@click.option("--from", "start", metavar="N|ID", help="from this event on")
@click.option("--to", "end", metavar="N|ID", help="up to this event")
@click.option("--fact", metavar="TEXT", help="of minds: time across, for this one fact")
@click.option("--eyes", metavar="NAME", help="of minds: what this person believes that others know")
@click.option(
    "--scheme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="colours; auto is as the reader's system is (a PNG is always light)",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="an .svg, .png or .html file; - for SVG on stdout  [default: STORY-PICTURE.svg]",
)
def command(
    story: str,
    picture: str,
    people: tuple[str, ...],
    start: str | None,
    end: str | None,
    fact: str | None,
    eyes: str | None,
    scheme: str,
    output: str | None,
) -> int:
    """Draw STORY as a picture.

    \b
    ways    a line for each person through the scenes, together where they meet
    minds   who knows what, is ignorant of it or wrong about it, and since when
    causes  what made each event possible, gave it its reason, and what it left
    times   scenes on the story's own time against the order of telling

    \b
    Examples:
      fabula draw stories/desperado
      fabula draw stories/desperado --people El Carolina Bucho -o three.png
      fabula draw stories/desperado --from 6.30 --to 6.64 -o bar.html

    Exit code: 0, or 2 if a part of the text, a name or an event could not be read.
    """
    name = output if output is not None else f"{_stem(story)}-{picture}.svg"
    suffix = Path(name).suffix.lower()
    if name != "-" and suffix not in SUFFIXES:
        raise click.ClickException(
            f'what kind of file is "{name}"? its name has to end with .svg, .png or .html'
        )
    from fabula.draw.registry import drawing

    try:
        drawing(picture)  # before a long story is read for nothing
        read_story, run = read_and_run(story, keep=True)
        print_problems(read_story.problems)
        drawn = run.draw(picture, people=people, start=start, end=end, fact=fact, eyes=eyes)
    except LookupError as error:
        if type(error) is not LookupError:
            raise  # a fault of our own, and nobody's wrong word
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    if name == "-":
        click.echo(drawn.svg(scheme))
    else:
        _write(drawn, name, suffix, scheme)
    return 2 if read_story.problems else 0


def _write(drawn: Picture, name: str, suffix: str, scheme: str) -> None:
    from fabula.text.writing import write_whole

    if suffix == ".png":
        data = drawn.png()
    elif suffix == ".html":
        data = drawn.html(scheme).encode()
    else:
        data = (drawn.svg(scheme) + "\n").encode()
    try:
        write_whole(Path(name), data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"{name} cannot be written: {reason}") from error
    click.echo(f"written: {name}", err=True)


def _stem(story: str) -> str:
    """What a picture of a story is called: after its file, or its folder."""
    path = Path(story)
    path = path.parent if path.name == "story.md" else path
    return path.resolve().stem if path.is_file() else path.resolve().name or "story"
