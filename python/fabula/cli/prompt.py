"""Questions asked one after the other, with the ones before at hand and names completed."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory

from fabula.cli.ask import ask_one, show
from fabula.cli.surface import Run

ENOUGH = ("", "quit", "exit", "bye", "q")


def converse(run: Run, after: str | None, why: bool, form: str) -> None:
    """Answers every line until there are no more; where nobody sits at a terminal, the lines of stdin."""
    for question in _typed(run) if sys.stdin.isatty() else _piped():
        answered = ask_one(run, question, after)
        if answered is not None:
            show(answered, why, form)


def _piped() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]


def _typed(run: Run) -> Iterator[str]:
    words = [*run.names(), *_FIRST]
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(),
        completer=WordCompleter(words, ignore_case=True, sentence=False),
        complete_while_typing=False,
    )
    click.echo('Ask about the story ("Where is …?", "Who knows that …?"); an empty line ends it.')
    while True:
        try:
            question = session.prompt("? ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if question.casefold() in ENOUGH:
            return
        yield question


_FIRST = ("Where", "Who", "What", "When", "Why", "How", "Does", "Did", "Is", "Which")
