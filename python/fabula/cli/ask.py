"""`fabula ask`: answers questions about a story in plain English."""

from __future__ import annotations

from typing import Any

import click

from fabula.cli.output import format_option, print_json, print_problems, signs_of_life
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.surface import Answer, Run


@click.command(short_help="answer a question about a story")
@story_argument
@click.argument("question", metavar="[QUESTION]", required=False)
@click.option("--after", metavar="N|ID", help="as things stand after this event, or source id")
@click.option("--why", is_flag=True, help="show what the answer rests on")
@format_option
def command(story: str, question: str | None, after: str | None, why: bool, form: str) -> int:
    """Answer QUESTION about STORY: who is where, who has what, who knows and believes what, and why.

    Without a QUESTION, questions are asked for one after the other; an empty line, "quit" or Ctrl-D ends it.

    \b
    Examples:
      fabula ask stories/desperado "Who knows that Navajas is dead?" --after 6.64
      fabula ask stories/desperado "Where does Bucho think that El is?" --why
      fabula ask mystory.md "What was in the box before Ann opened it?" --format json
      fabula ask mystory.md

    Exit code: 0 answered, 2 the question or a part of the text could not be read.
    """
    read_story, run = read_and_run(story, keep=True)
    print_problems(read_story.problems)
    try:
        if after is not None:
            run.state(after=after)
    except LookupError as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    if question is None:
        from fabula.cli.prompt import converse

        converse(run, after, why, form)
        return 2 if read_story.problems else 0
    answered = ask_one(run, question, after)
    if answered is None:
        return 2
    show(answered, why, form)
    return 2 if read_story.problems else 0


def ask_one(run: Run, question: str, after: str | None) -> Answer | None:
    """The answer, or None after saying why the question cannot be read."""
    from fabula.problems import TextError

    try:
        with signs_of_life("looking for the answer"):
            return run.ask(question, after=after)
    except TextError as error:
        print_problems(error.problems)
        return None


def show(answered: Answer, why: bool, form: str) -> None:
    """Print an answer."""
    if form == "json":
        print_json(_as_json(answered))
        return
    parts = [answered.text]
    if not isinstance(answered.answer, str) and any(len(a.split()) > 4 for a in answered.answer):
        parts = list(answered.answer)  # sentences have a line each
    for text in parts:
        click.secho(f"{text[:1].upper()}{text[1:]}.", bold=True)
    if why:
        for ground in answered.because:
            place = f"{ground.span.file}:{ground.span.line}"
            click.echo(f"  {ground.text} {click.style(f'({place})', dim=True)}")


def _as_json(answered: Answer) -> dict[str, Any]:
    answer = answered.answer
    return {
        "question": answered.question,
        "answer": answer if isinstance(answer, str) else list(answer),
        "because": [
            {"n": g.n, "text": g.text, "file": g.span.file, "line": g.span.line}
            for g in answered.because
        ],
        "certain": answered.certain,
    }
