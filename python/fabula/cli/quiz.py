"""`fabula quiz`: answers the questions of files in the line format, and counts the right ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from fabula.cli.output import format_option, print_json, print_problems, signs_of_life
from fabula.cli.surface import QuizFile

MOST_SHOWN = 20


@click.command(short_help="answer the questions of a file, and count the right ones")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--answers", is_flag=True, help="print only line<TAB>answer, and look at no answer")
@click.option(
    "--assume",
    metavar="FILE",
    type=click.Path(),
    help="rules in the story language that hold in these stories",
)
@click.option("--all", "everything", is_flag=True, help="list all that was wrong or not read")
@format_option
def command(
    files: tuple[str, ...], answers: bool, assume: str | None, everything: bool, form: str
) -> int:
    """Answer the questions in FILEs, and count the right ones for each file and each kind of question.

    A FILE has lines "N sentence" and "N question?<TAB>answer<TAB>lines"; the number 1 begins a new story.

    \b
    Examples:
      fabula quiz qa1.txt qa2.txt
      fabula quiz new.txt --answers > answers.tsv
      fabula quiz hitom.txt --assume stories/assumptions/hitom.md

    Exit code: 0 all right, 1 something wrong, 2 something could not be read.
    """
    from fabula.pipeline import quiz

    found: list[QuizFile] = []
    with signs_of_life("answering"):
        for one in quiz([Path(file) for file in files], None if assume is None else Path(assume)):
            if answers:
                _print_answers(one)
            elif form == "text":
                _print(one, everything)
            found.append(one)
    if form == "json" and not answers:
        print_json([_as_json(one) for one in found])
    elif len(found) > 1 and not answers:
        right, total = sum(f.right for f in found), sum(f.total for f in found)
        click.secho(f"{right}/{total} in all", bold=True)
    if any(one.unread or one.unanswered for one in found):
        return 2
    return 0 if answers or all(one.right == one.total for one in found) else 1


def _print_answers(one: QuizFile) -> None:
    print_problems(one.unread[:MOST_SHOWN])
    for outcome in one.outcomes:
        click.echo(f"{outcome.line.at}\t{outcome.answer}")


def _print(one: QuizFile, everything: bool) -> None:
    color = "green" if one.right == one.total else "yellow"
    click.echo(f"{one.file}: {click.style(f'{one.right}/{one.total}', fg=color, bold=True)}")
    if len(one.kinds) > 1:
        for kind, (right, total) in one.kinds.items():
            click.echo(f"  {right}/{total} {kind}")
    lines = list(_faults(one))
    shown = lines if everything else lines[:MOST_SHOWN]
    for line in shown:
        click.echo(f"  {line}")
    if len(lines) > len(shown):
        click.echo(f"  and {len(lines) - len(shown)} more (--all lists them)")


def _faults(one: QuizFile) -> Iterator[str]:
    for problem in one.unread:
        yield f"line {problem.span.line}: {problem.message}"
    for outcome in one.outcomes:
        if outcome.problem is not None:
            yield f"line {outcome.line.at}: {outcome.problem.message}"
        elif not outcome.right and outcome.line.gold is not None:
            line = outcome.line
            yield f"line {line.at}: {line.text} {outcome.answer}; {line.gold} stands there"


def _as_json(one: QuizFile) -> dict[str, Any]:
    return {
        "file": one.file,
        "right": one.right,
        "total": one.total,
        "kinds": {k: {"right": right, "total": total} for k, (right, total) in one.kinds.items()},
        "wrong": [
            {
                "line": o.line.at,
                "question": o.line.text,
                "answer": o.answer,
                "expected": o.line.gold,
                "problem": o.problem.message if o.problem is not None else None,
            }
            for o in one.outcomes
            if not o.right
        ],
        "unread": [{"line": p.span.line, "message": p.message} for p in one.unread],
    }
