"""Answers in words: things with and without their articles, numbers, yes and no."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.language.words import closed
from fabula.model.world import PERSON

_WORDS = {n: word for word, n in reversed(closed.NUMBERS.items())}


def yes_or_no(held: bool | None) -> str:
    """``maybe`` where the story leaves it open."""
    return "maybe" if held is None else "yes" if held else "no"


def number_words(count: int) -> str:
    """``none``, ``one``, ``two``; from twenty-one on in figures."""
    return "none" if count == 0 else _WORDS.get(count, str(count)) if count <= 20 else str(count)


def bare(run: Run, thing: str) -> str:
    """A thing's name without an article."""
    return thing_words(run.words, thing).removeprefix("the ")


def listed_answer(run: Run, things: Sequence[str], kind: str) -> str | tuple[str, ...]:
    """One thing as a text, several as a list, none as "nobody" or "nothing"."""
    if not things:
        return "nobody" if run.words.kind_is(kind, PERSON) else "nothing"
    words = tuple(thing_words(run.words, t) for t in things)
    return one_or_all(words)


def one_or_all(words: tuple[str, ...], none: str = "nothing") -> str | tuple[str, ...]:
    """The only one as a text, several as a list; ``none`` where there is nothing."""
    return words[0] if len(words) == 1 else words or none
