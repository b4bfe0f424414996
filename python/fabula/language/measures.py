"""How many, how old and how far: ``a thousand pounds``, ``thirty years old``, ``ten feet high``, ``strong enough``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Complements = Iterator[tuple[x.Complement, int]]
_UNITS = frozenset("foot inch mile yard metre meter kilometre kilometer pound kilo ton".split())
_DEGREES = frozenset("great good large small huge whole little fair considerable".split())
_IRREGULAR = {"feet": "foot", "inches": "inch"}


def counted(p: Parser, at: int) -> tuple[int | None, int]:
    """A number in front of a noun, with where it ends; None and ``at`` where none stands there."""
    token = p.token(at)
    if token is None:
        return None, at
    if token.kind == "number":
        count = int(token.text.replace(",", "").split(".")[0].split(":")[0])
    elif token.lower in closed.NUMBERS:
        count = closed.NUMBERS[token.lower]
    else:
        return None, at
    end = at + 1
    while p.low(end) in closed.FACTORS:
        count, end = count * closed.NUMBERS[p.low(end)], end + 1
    return count, end


def plenty(p: Parser, at: int) -> int:
    """Where what there is much or little of begins: ``a lot of money``, ``plenty of time``; ``at`` where none is said."""
    start = at + 1 if p.low(at) in ("a", "an") else at
    if p.low(start) in _DEGREES:
        start += 1
    if (
        p.low(start) in (closed.PLENTY if start > at else closed.PLENTIES)
        and p.low(start + 1) == "of"
    ):
        return start + 2 if p.low(start + 2) not in closed.ARTICLES else at
    return at


def _unit(p: Parser, at: int) -> bool:
    low = p.low(at)
    known = closed.UNITS | _UNITS
    return low in known or low in _IRREGULAR or (low.endswith("s") and low[:-1] in known)


def measured(p: Parser, at: int) -> Complements:
    """``thirty years old``, ``two miles away``, ``ten feet high``, ``too many``."""
    if p.low(at) in ("many", "few") and p.low(at + 1) != "of":
        for end in _for_whom(p, at + 1):
            yield x.Complement(np=x.Amount(at)), end
        return
    yield from _compared(p, at)
    count, after = counted(p, at)
    if p.low(at) in ("a", "an") and p.low(at + 1) in closed.NUMBERS:
        count, after = counted(p, at + 1)
    if p.low(at) in ("a", "an", "many", "several", "some") and _unit(p, at + 1):
        count, after = 1, at + 1
    if count is None or not _unit(p, after):
        return
    yield from _compared(p, after + 1)
    low = p.low(after + 1)
    if low in ("old", "away", "off", "long", "late"):
        yield x.Complement(np=x.Amount(at)), after + 2
    elif low == "of" and p.low(after + 2) == "age":
        yield x.Complement(np=x.Amount(at)), after + 3


def _compared(p: Parser, at: int) -> Complements:
    """``younger than her brother``, ``more careful than Ben``: how two compare changes nothing by itself.

    A word that is declared with "than" says what it was declared to say: "bigger than".
    """
    _, at = p.adverbs(at) if p.low(at) not in ("more", "less") else ([], at)
    words = p.lexicon.adjective_words
    low = p.low(at)
    token = p.token(at)
    declared = token.entry.adjectives if token is not None and token.entry is not None else ()
    if any(adjective.preposition == "than" for adjective in declared):
        return
    stems = (low.removesuffix("er"), low.removesuffix("r"), low[:-3], f"{low[:-3]}y")
    if low in ("more", "less") and p.low(at + 1) in words:
        end = at + 2
    elif low in ("better", "worse") or (low.endswith("er") and any(one in words for one in stems)):
        end = at + 1
    else:
        return
    if p.low(end) == "than":
        for _, stop in p.noun_phrase(end + 1):
            yield x.Complement(called=x.Amount(at)), stop
        for _, stop in p.clause(end + 1):
            yield x.Complement(called=x.Amount(at)), stop
    elif p.token(at) is not None and p.tokens[at].entry is None:
        yield x.Complement(called=x.Amount(at)), end


def enough(p: Parser, found: Complements, adjective: int) -> Complements:
    """``strong enough``, ``too heavy for Ben``: what is said is how somebody is."""
    graded = p.low(adjective + 1) == "enough" or p.low(adjective - 1) == "too"
    for complement, end in found:
        if graded:
            start = end + 1 if p.low(end) == "enough" else end
            for stop in _for_whom(p, start):
                yield complement, stop
        else:
            yield complement, end


def _for_whom(p: Parser, at: int) -> Iterator[int]:
    """Where what may follow ``too many`` ends: ``for him``."""
    if p.low(at) == "for":
        yield from (end for _, end in p.noun_phrase(at + 1))
    yield at
