"""Sentences that say how words are used: what goes without saying, what several do to each other, what is "to" another."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language.lexicon import Adjective
from fabula.language.state import SentenceLike, State, Unreadable
from fabula.problems.unknown_adjective import unknown_adjective
from fabula.problems.wording import near

_QUIET = re.compile(r"^Being (?P<rest>.+) goes without saying$")
_MUTUAL = re.compile(r"^Several who (?P<verbs>.+) do so to each other$")
_TO = re.compile(r"^(?P<nouns>An? .+) (?:is|are) to something$")
_ITEMS = re.compile(r",\s+and\s+|,\s+|\s+and\s+")


def taken_in(state: State, sentence: SentenceLike, text: str) -> bool:
    """Takes in a sentence about the use of words; False if it is of no such kind."""
    if (m := _QUIET.match(text)) is not None:
        _quiet(state, sentence, m["rest"])
        return True
    if (m := _MUTUAL.match(text)) is not None:
        # "Lise and Jan marry."
        state.lexicon.mutual.update(_ITEMS.split(m["verbs"]))
        return True
    if (m := _TO.match(text)) is not None:
        # "the key to the chest"
        nouns = (re.sub(r"^an? ", "", noun.lower()) for noun in _ITEMS.split(m["nouns"]))
        state.lexicon.nouns_with_to.update(nouns)
        return True
    return False


def _quiet(state: State, sentence: SentenceLike, words: str) -> None:
    """ "Being lifeless goes without saying.": it is not shown, as it follows from what is."""
    for adjective in adjectives_named(state, sentence, words):
        info = state.world.fluents.get(adjective.fluent)
        if info is not None:
            state.world.fluents[info.id] = replace(info, quiet=True)


def adjectives_named(state: State, sentence: SentenceLike, words: str) -> tuple[Adjective, ...]:
    """The properties and values that words name; raises where there are none."""
    found = state.lexicon.adjectives.get(tuple(words.split(" ")))
    if not found:
        raise Unreadable(
            unknown_adjective(
                sentence.place(0, len(sentence.text)),
                words,
                near(words, (" ".join(k) for k in state.lexicon.adjectives)),
            )
        )
    return found
