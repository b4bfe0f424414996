"""Slips of the pen that reading would let pass: in an adverb, which means nothing, and in a word that may be part of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fabula.language.words import adverbs, closed
from fabula.problems.wording import near, slips

if TYPE_CHECKING:
    from fabula.language import syntax as x
    from fabula.language.lexer import Token
    from fabula.language.lexicon import Lexicon
    from fabula.language.state import Context, State

_SURE = 6
"""From so many letters on a letter too many or too few is a slip, and no other word; one more for a wrong letter."""


def amiss(state: State, tokens: list[Token]) -> tuple[int, tuple[str, ...]] | None:
    """The first token that is likely a slip, and what may have been meant; None where there is none."""
    if state.presuming:
        return None
    for at, token in enumerate(tokens):
        if token.kind != "word" or token.entry is not None or _is_known(state, token.lower):
            continue
        if token.lower.endswith("ly"):
            meant = _adverbs(state.lexicon, token.lower)
        else:
            meant = _words(state, tokens, at)
        if meant:
            return at, meant
    return None


def _is_known(state: State, low: str) -> bool:
    """Whether a word is one of the small ones, or of those of time."""
    times = closed.UNITS | closed.TIME_NOUNS | closed.HOURS | closed.WEEKDAYS | closed.MONTHS
    return state.lexicon.is_closed(low) or low in times or low.removesuffix("s") in times


def _adverbs(lexicon: Lexicon, low: str) -> tuple[str, ...]:
    """Adverbs for which one that is not known may be a slip."""
    if low in adverbs.COMMON or low in closed.ADVERBS or _is_regular(lexicon, low):
        return ()
    known = {*adverbs.COMMON, *(a for word in lexicon.adjective_words for a in _of(word))}
    alike = [word for word in known if word[:1] == low[:1] and abs(len(word) - len(low)) < 2]
    return slips(low, sorted(alike))[:2]


def _is_regular(lexicon: Lexicon, low: str) -> bool:
    """Whether an adverb comes from a known adjective or participle: "happily", "gently", "jokingly"."""
    stems = (low[:-2], low[:-2] + "e", low[:-1] + "e", low[:-3] + "y", low[:-4], low[:-1])
    words = lexicon.adjective_words
    return any(stem in words for stem in stems) or bool(lexicon.verbs.get(low[:-2]))


def _of(adjective: str) -> Iterator[str]:
    """The adverb of an adjective."""
    if adjective.endswith("y"):
        yield adjective[:-1] + "ily"
    elif adjective.endswith("le"):
        yield adjective[:-1] + "y"
    elif adjective.endswith("ic"):
        yield adjective + "ally"
    elif adjective.endswith("ll"):
        yield adjective + "y"
    else:
        yield adjective + "ly"


def _words(state: State, tokens: list[Token], at: int) -> tuple[str, ...]:
    """Words for which one that stands in front of a noun may be a slip: "teh kitchen", "the beutiful garden"."""
    low = tokens[at].lower
    if low in adverbs.SMALL:
        return (adverbs.SMALL[low],)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        following is None
        or following.kind not in ("word", "proper")
        or tokens[at].text[:1].isupper()
    ):
        return ()
    lexicon = state.lexicon
    known = (
        lexicon.adjective_words,
        (words[0] for words in lexicon.nouns if len(words) == 1),
        closed.OWNERS,
        closed.ARTICLES,
        closed.NUMBERS,
    )
    found = [word for some in known for word in _alike(low, some)]
    return tuple(dict.fromkeys(found))[:2]


def _alike(low: str, known: Iterable[str]) -> list[str]:
    near = [w for w in known if abs(len(w) - len(low)) < 2 and set(w[:2]) & set(low[:2])]
    return [
        word
        for word in slips(low, near)
        if (
            len(low) >= _SURE
            if len(word) != len(low)
            else sorted(word) == sorted(low) or len(low) > _SURE
        )
    ]


def is_slip(state: State, word: str) -> bool:
    """Whether a word is likely a slip of the pen for a name or noun that is known."""
    if state.lexicon.verbs.get(word) or (word,) in state.lexicon.adjectives:
        return False  # "a crack in the wall": a word that is known, if for something else
    known = (*state.lexicon.names, *state.lexicon.nouns, *state.lexicon.relations)
    return bool(slips(word, [" ".join(words) for words in known]))


def half_named(ctx: Context, np: x.Described) -> bool:
    """Whether all but the noun is the name of a thing whose noun is near: "the silver nife" for "the silver knife"."""
    assert np.noun is not None
    first = tuple(ctx.tokens[at].lower for at in sorted((*np.words, *np.adjectives)))
    if not first:
        return False
    last = [
        name[-1]
        for name in ctx.state.lexicon.names
        if tuple(word.lower() for word in name[:-1]) == first
    ]
    return bool(near(ctx.tokens[np.noun].lower, last))
