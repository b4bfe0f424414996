"""`fabula why`: says why somebody does what a story tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from fabula.cli.output import format_option, print_json, print_problems, signs_of_life
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.surface import Rest, Why, WhyReason


@click.command(short_help="say why somebody does what they do")
@story_argument
@click.argument("event", metavar="N|ID")
@click.option(
    "--most",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    metavar="K",
    help="at most so many reasons for everybody",
)
@format_option
def command(story: str, event: str, most: int, form: str) -> int:
    """Say why everybody who takes part in an event of STORY does: N is its number, ID an id that it cites.

    A reason is a plan that begins with the act, can be carried out in what that person believes at that moment,
    and serves something he wants; or it keeps off what would take that away. It is shown with the beliefs
    it rests on, and the sentences they come from.

    \b
    Examples:
      fabula why stories/desperado 6.101
      fabula why stories/desperado 6.26 --format json
      fabula why mystory.md 12

    Exit code: 0 a reason for everybody, 1 somebody has none, 2 the text or the event could not be read.
    """
    read_story, run = read_and_run(story, keep=True)
    print_problems(read_story.problems)
    try:
        with signs_of_life("looking for reasons"):
            answers = run.why(event, most=most)
    except LookupError as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    if form == "json":
        print_json({"story": read_story.title, "why": [_as_json(one) for one in answers]})
    else:
        _print_text(answers)
    if read_story.problems:
        return 2
    return 1 if any(one.weighs and not one.reasons for one in answers) else 0


def _as_json(one: Why) -> dict[str, Any]:
    event = one.event
    return {
        "event": {
            "n": event.n,
            "text": event.text,
            "file": event.span.file,
            "line": event.span.line,
            "sources": list(event.sources),
        },
        "character": one.person,
        "expected_by": one.expected,
        "weighs": list(one.weighs),
        "reasons": [
            {
                "want": reason.want,
                "plan": list(reason.plan),
                "raises": list(reason.raises),
                "otherwise": list(reason.otherwise),
                "misleads": list(reason.misleads),
                "finds": list(reason.finds),
                "for": list(reason.sake),
                "against": list(reason.harms),
                "rests_on": [
                    {"text": rest.text, "n": rest.n, "line": rest.span.line if rest.span else None}
                    for rest in reason.rests_on
                ],
            }
            for reason in one.reasons
        ],
        "against": list(one.against),
        "stopped": "time" if one.over else None,
    }


def _print_text(answers: Sequence[Why]) -> None:
    shown = None
    for one in answers:
        if one.event != shown:
            shown = one.event
            cited = f" [{', '.join(shown.sources)}]" if shown.sources else ""
            click.secho(f"{shown.text}{cited}", bold=True)
            click.secho(f"  event {shown.n}, {shown.span}", dim=True)
        _print_one(one)
        click.echo()
    if not answers:
        click.echo("nobody has to want this: it happens by itself")


def _print_one(one: Why) -> None:
    name = one.person[:1].upper() + one.person[1:]
    if one.expected is not None:
        name = f"{name}, as {one.expected} expects ({one.act})"
    weighs = f" ({'; '.join(one.weighs)})" if one.weighs else ""
    click.echo(f"  {click.style(name, bold=True)}{weighs}")
    for reason in one.reasons:
        _print_reason(reason)
    if one.reasons:
        return
    if one.against:
        click.secho(f"    it goes against what is wanted: {'; '.join(one.against)}", fg="yellow")
    over = " in the time given" if one.over else ""
    needs = "" if one.weighs else ": it weighs nothing, and needs no reason"
    click.echo(f"    no want was found that it serves{over}{needs}")


def _print_reason(reason: WhyReason) -> None:
    want = reason.want[:1].upper() + reason.want[1:]
    click.echo(f"    {click.style(want, fg='green')}.")
    if reason.otherwise:
        click.echo(f"      otherwise: {', then '.join(reason.otherwise)}")
    elif reason.misleads:
        click.echo(f"      so that {' and '.join(reason.misleads)} will not find out")
    elif reason.finds:
        found = "are found" if len(reason.finds) > 1 else "is found"
        click.echo(f"      so that {' and '.join(reason.finds)} {found}")
    elif reason.sake:
        click.echo(f"      for the good of {' and '.join(reason.sake)}")
    elif len(reason.plan) > 1:
        click.echo(f"      then: {', then '.join(reason.plan[1:])}")
    else:
        click.echo("      this alone does it")
    for rest in reason.rests_on:
        line = _rest(rest, reason.want)
        if line:
            click.echo(f"      {line}")
    if reason.harms:
        click.echo(f"      though {'; '.join(reason.harms)}")


def _rest(rest: Rest, want: str) -> str:
    if rest.span is None:
        return ""
    where = f"line {rest.span.line} of {rest.span.file.rsplit('/', 1)[-1]}"
    when = f"event {rest.n}, {where}" if rest.n else where
    if rest.source.rstrip(".").casefold() == rest.text.casefold():
        return f"{rest.text} {click.style(f'({when})', dim=True)}"
    if rest.text.casefold() == want.casefold():  # it stands above already
        return f"{rest.source} {click.style(f'({when})', dim=True)}"
    return f"{rest.text}: {click.style(f'{rest.source} ({when})', dim=True)}"
