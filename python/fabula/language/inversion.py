"""Direct questions in the word order of embedded ones: "Where is Ann?" asks for "where Ann is"."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.language.clauses import Parser
from fabula.language.fitting import Fitting
from fabula.language.lexer import Token
from fabula.language.state import State
from fabula.language.words import closed

Tokens = list[Token]

_OF_SUBJECTS = frozenset({"who", "whom", "whose", "what", "which"})
"""Words that may ask for the subject, so that nothing is turned round, as in "Who has the key?"."""
_WHETHER = Token("word", "whether", "whether", 0, 0)


def embedded(state: State, tokens: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
    """Every way in which a question may be meant: its question words, and what follows them in plain order."""
    for size, stranded in _question_words(state, tokens):
        words, rest = tokens[:size], tokens[size:]
        if stranded:
            # "To whom did he give it?": whom he gave it to
            words, rest = words[1:], [*rest, words[0]]
        subject = len(words) > 1 or not words or words[0].lower in _OF_SUBJECTS
        for plain in _plain(state, rest, bool(words), subject):
            yield words or [_WHETHER], plain


def _question_words(state: State, tokens: Tokens) -> Iterator[tuple[int, bool]]:
    """Where the question words end, and whether a preposition stands before them."""
    if not tokens:
        return
    start = 0
    if tokens[0].lower in closed.PREPOSITIONS and len(tokens) > 1 and tokens[1].lower in closed.WH:
        start = 1
    low = tokens[start].lower
    if low not in closed.WH or low in ("whether", "if"):
        if start == 0:
            yield 0, False
        return
    if low == "how" and len(tokens) > start + 1 and tokens[start + 1].lower in ("many", "much"):
        for end in _noun_ends(state, tokens, start + 2):
            yield end, start == 1
        yield start + 2, start == 1
        return
    if low in ("which", "what", "whose"):
        for end in _noun_ends(state, tokens, start + 1):
            yield end, start == 1
    yield start + 1, start == 1


def _noun_ends(state: State, tokens: Tokens, start: int) -> list[int]:
    """Where a noun that is asked for may end."""
    token = tokens[start] if start < len(tokens) else None
    if token is None or token.lower in closed.AUXILIARIES or token.lower in closed.MODALS:
        return []
    parser = Parser(tokens, state.lexicon, any_kind=True, fitting=Fitting(state, tokens))
    return list(dict.fromkeys(end for _, end in parser.noun_phrase(start)))


def _plain(state: State, rest: Tokens, asking: bool, may_be_subject: bool) -> Iterator[Tokens]:
    """The order of a plain clause: the auxiliary goes behind the subject."""
    if not rest:
        return
    if asking and may_be_subject:
        yield rest  # "Who has the key?"
    first = rest[0].lower
    auxiliary = first in closed.AUXILIARIES or first in closed.MODALS
    if auxiliary and len(rest) > 1:
        size = 2 if rest[1].lower == "not" else 1
        if not asking and len(rest) > size + 1 and rest[size].lower == "there":
            yield [rest[size], *rest[:size], *rest[size + 1 :]]  # "Is there a way out?"
        parser = Parser(rest, state.lexicon, any_kind=True, fitting=Fitting(state, rest))
        for _, end in parser.noun_phrase(size):
            yield [*rest[size:end], *rest[:size], *rest[end:]]
    if (asking and not may_be_subject) or not (asking or auxiliary):
        yield rest  # "where Ann is", "Ann is in the inn?"
