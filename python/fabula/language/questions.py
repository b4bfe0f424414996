"""Sentences asked about a story that has been read: their formula, with nothing new made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fabula.language import logic
from fabula.language.clauses import Parser
from fabula.language.discourse import Discourse
from fabula.language.fitting import Fitting
from fabula.language.lexer import tokenize
from fabula.language.rules import Part
from fabula.language.state import Context, State, Unreadable
from fabula.model import formula as f
from fabula.text.span import Span


class Quoted:
    """The text of a question; its place is in itself."""

    def __init__(self, text: str) -> None:
        self.text = text

    def place(self, offset: int, length: int = 1) -> Span:
        return Span("the sentence", 1, offset + 1, length)


def statement(state: State, text: str, mind: str | None = None) -> f.Formula:
    """The formula of a plain sentence; raises ValueError with what could not be read.

    ``mind``: whose mind is asked. Names stand for whomever it takes them to be, and "his" for its own.
    A pronoun goes to who is named in the sentence itself: whom the story spoke of last has nothing to do with it.
    """
    with apart(state):
        if mind is not None:
            state.discourse.mention((mind,), subject=True)
        state.discourse.begin()
        return _formula(state, text, mind is not None)


@contextmanager
def apart(state: State) -> Iterator[None]:
    """Reads what is asked by itself: whom the story spoke of last has nothing to do with it, nor it with the story."""
    told = state.discourse
    state.discourse = Discourse()
    try:
        yield
    finally:
        state.discourse = told


def _formula(state: State, text: str, mind: bool) -> f.Formula:
    asked = Quoted(text.strip())
    tokens = tokenize(asked.text, state.lexicon)
    context = Context(state, tokens, Part(asked.text, asked, 0), "query", mind=mind)
    parser = Parser(tokens, state.lexicon, fitting=Fitting(state, tokens))
    tree = parser.sentence()
    if tree is None:
        parser = Parser(tokens, state.lexicon, any_kind=True, fitting=Fitting(state, tokens))
        tree = parser.sentence()
    try:
        if tree is None:
            from fabula.language.slips import failure_of

            raise failure_of(state, parser, asked)
        return f.conjunction([logic.clause_formula(context, clause) for clause in tree.clauses])
    except Unreadable as error:
        raise ValueError(str(error.problem)) from error
