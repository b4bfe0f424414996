"""`fabula run`: plays a story event by event."""

from __future__ import annotations

from typing import Any

import click

from fabula.cli.output import format_option, print_json, print_problems
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.surface import Event, Run

COLOURS = {"happens": None, "assumes": "yellow", "impossible": "red"}


@click.command(short_help="play a story event by event, and show what each changes")
@story_argument
@format_option
def command(story: str, form: str) -> int:
    """Play STORY event by event: what each changed in the world, and in whose mind.

    \b
    Examples:
      fabula run stories/desperado
      fabula run mystory.md --format json | jq '.events[] | select(.status == "impossible")'

    Exit code: 0, or 2 if a part of the text could not be read.
    """
    read_story, run = read_and_run(story, keep=True)
    print_problems(read_story.problems)
    if form == "json":
        print_json(_as_json(run))
    else:
        _print_text(run)
    return 2 if read_story.problems else 0


def _as_json(run: Run) -> dict[str, Any]:
    """Return the events and facts for programs."""
    return {
        "events": [
            {
                "n": event.n,
                "scene": event.scene,
                "text": event.text,
                "action": event.action,
                "arguments": dict(event.arguments),
                "sources": list(event.sources),
                "file": event.span.file,
                "line": event.span.line,
                "status": event.status,
                "changes": list(event.changes),
            }
            for event in run.events
        ],
        "facts": [
            {"text": fact.text, "sources": list(fact.sources), "line": fact.span.line}
            for fact in run.facts
        ],
    }


def _print_text(run: Run) -> None:
    """Print the events for people, under the headings of their scenes."""
    scene = None
    for event in run.events:
        if event.scene != scene:
            scene = event.scene
            click.secho(f"\n{scene}\n" if scene else "", bold=True)
        _print_event(event)


def _print_event(event: Event) -> None:
    """Print one event and what it changed."""
    cited = f" [{', '.join(event.sources)}]" if event.sources else ""
    status = "" if event.status == "happens" else f" ({event.status})"
    number = click.style(f"{event.n:>4}", dim=True)
    words = click.style(f"{event.text}{status}", fg=COLOURS.get(event.status))
    click.echo(f"{number}  {words}{click.style(cited, dim=True)}")
    for change in event.changes:
        click.echo(f"        {change}")
