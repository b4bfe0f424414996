"""Kinds that nobody introduced, where nothing is introduced: "Daxes are afraid of sea lions", "Gertrude is a polar bear"."""

from __future__ import annotations

import re

from fabula.language import morphology
from fabula.language.lexer import Token, tokenize
from fabula.language.lexicon import Entry
from fabula.language.state import State
from fabula.language.words import asking as words_of
from fabula.language.words import closed
from fabula.model.world import PERSON, PLACE, THING

_SAID = re.compile(r" (?:are|were|(?:is|was) an?) ")
MOST_WORDS = 2
"""So many words a kind has at most that is known by its use alone."""


def declare(state: State, text: str) -> None:
    """Makes kinds of the unknown nouns that a sentence says something is, or of all of which it says something."""
    if not _SAID.search(text):
        return
    tokens = tokenize(text.rstrip(". "), state.lexicon)
    at = next((n for n, t in enumerate(tokens) if t.lower in words_of.BE), 0)
    if not at or at + 1 >= len(tokens):
        return
    behind = tokens[at + 1 :]
    if tokens[at].lower in ("are", "were"):
        last = next((n for n, t in enumerate(behind) if t.lower in closed.PREPOSITIONS), None)
        _plural(state, tokens[:at])
        if last is not None and _is_known(behind[0]):
            _plural(state, behind[last + 1 :])
    elif behind[0].lower in closed.INDEFINITE:
        _singular(state, behind[1:])


def _is_known(token: Token) -> bool:
    return token.entry is not None and bool(token.entry.adjectives)


def _plural(state: State, words: list[Token]) -> None:
    """A bare plural of which nobody said what kind it is of."""
    if not 0 < len(words) <= MOST_WORDS or any(_cannot_be(state, word) for word in words):
        return
    lexicon = state.lexicon
    low = [word.text.lower() for word in words]
    if lexicon.entry(tuple(low)) is not None:
        return
    known = lexicon.entry((low[-1],))
    one = known.noun if known is not None and known.plural and known.noun else None
    if one is None:
        singular = next(iter(morphology.singulars(low[-1])), "")
        if known is not None or not singular:
            return
    _add(state, [*low[:-1], one or singular], one, " ".join(low))


def _singular(state: State, words: list[Token]) -> None:
    """What somebody or something is said to be by two words."""
    if len(words) != MOST_WORDS or any(_cannot_be(state, word) for word in words):
        return
    low = [word.lower for word in words]
    first, last = (word.entry for word in words)
    if (
        last is None
        or not last.noun
        or last.plural
        or state.lexicon.entry(tuple(low)) is not None
        or any(state.kind_is(last.noun, kind) for kind in (PERSON, PLACE))
        or (first is not None and first.adjectives and not first.noun)
    ):
        return
    _add(state, [low[0], last.noun], last.noun, "")


def _cannot_be(state: State, word: Token) -> bool:
    """Whether a word can be no part of the noun for a kind."""
    entry = word.entry or Entry("")
    return (
        word.kind not in ("word", "proper")
        or bool(entry.name)
        or state.lexicon.is_closed(word.lower)
        or (bool(entry.verbs) and not (entry.noun or entry.adjectives))
    )


def _add(state: State, words: list[str], parent: str | None, plural: str) -> None:
    kind = " ".join(words)
    if kind not in state.world.kinds:
        state.add_kind(kind, (parent or THING,), plural or None)
