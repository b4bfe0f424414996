"""Questions asked one after the other, with the ones before at hand and names completed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from fabula.cli.ask import ask_one, show
from fabula.cli.surface import Run

ENOUGH = ("", "quit", "exit", "bye", "q")


def converse(run: Run, after: str | None, why: bool, form: str) -> None:
    """Answers every line until there are no more; where nobody sits at a terminal, the lines of stdin."""
    if not sys.stdin.isatty():
        for question in _piped():
            _answer(run, question, after, why, form)
        return
    for question in _typed(run):
        try:
            _answer(run, question, after, why, form)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _answer(run: Run, question: str, after: str | None, why: bool, form: str) -> None:
    answered = ask_one(run, question, after)
    if answered is not None:
        show(answered, why, form)


def _piped() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]


def _typed(run: Run) -> Iterator[str]:
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(), completer=Names(run.names()), complete_while_typing=False
    )
    click.echo(
        'Ask about the story ("Where is …?", "Who knows that …?"); an empty line or Ctrl-D ends it.'
    )
    while True:
        try:
            question = session.prompt("? ").strip()
        except KeyboardInterrupt:
            continue  # the line is given up, and not the conversation
        except EOFError:
            return
        if question.casefold() in ENOUGH:
            return
        yield question


class Names(Completer):
    """Completes what people and things are called, names of several words as one."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.longest = max((len(name.split(" ")) for name in names), default=1)

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - of the completer's interface
    ) -> Iterable[Completion]:
        """The names that go on from the last words, as many of these as begin one; at the start, question words."""
        text = document.text_before_cursor
        words = text.split(" ")
        if len(words) == 1:
            yield from _going_on(text, _FIRST)
        for size in range(min(self.longest, len(words)), 0, -1):
            begun = " ".join(words[-size:])
            found = list(_going_on(begun, self.names)) if begun else []
            if found:
                yield from found
                return


def _going_on(begun: str, words: Sequence[str]) -> Iterator[Completion]:
    low = begun.casefold()
    return (Completion(w, -len(begun)) for w in words if w.casefold().startswith(low))


_FIRST = ("Where", "Who", "What", "When", "Why", "How", "Does", "Did", "Is", "Which")
