"""Some of several: ``three of them``, ``the rest of the men``, ``neither of them``, ``many`` who do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def neither(p: Parser, pos: int) -> list[tuple[x.NP, int]]:
    """``neither Ben nor Carl``, ``neither of them``: whoever it is said of, it is denied."""
    from fabula.language import noun_phrases

    if p.low(pos + 1) == "of":
        return [
            (x.Universal("no", None, (), None, None, (), np, pos), end)
            for np, end in noun_phrases.single(p, pos + 2)
        ]
    return [
        (x.Several((first, second), "nor"), stop)
        for first, end in noun_phrases.single(p, pos + 1)
        if p.low(end) == "nor"
        for second, stop in noun_phrases.single(p, end + 1)
    ]


def portion(p: Parser, pos: int) -> list[tuple[x.NP, int]]:
    """``three of them``, ``several of Bucho's men``, ``the rest of the men``, ``the others``."""
    from fabula.language import noun_phrases

    at = pos + 1 if p.low(pos) == "the" else pos
    token = p.token(at)
    if token is None:
        return []
    low = token.lower
    sized = (
        low in closed.PORTIONS
        or low in closed.NUMBERS
        or token.kind == "number"
        or low == "another"
    )
    if not sized:
        return []
    size = low
    after = at + 1
    if low == "all" and _is_number(p, after):
        after += 1  # "all three"
    elif at > pos and _is_number(p, at) and p.low(after) == "of":
        size = "all"  # "the two of them" are both
    if low in ("last", "first") and p.low(after) in closed.NUMBERS:
        after += 1
    if p.low(after) == "of":
        return [(x.Portion(size, np, pos), end) for np, end in noun_phrases.single(p, after + 1)]
    if low == "others" and at > pos:
        return [(x.Portion("rest", x.Pronoun(at, "object"), pos), after)]
    if (
        low in ("many", "few", "none", "some", "most")
        and at == pos
        and p.is_verb(after)
        and not _is_noun(p, after)
    ):
        return [(x.Universal("nobody" if low in ("none", "few") else "someone", at=pos), after)]
    if low in ("others", "both", "all") and (
        p.token(after) is None or p.low(after) in (",", "and", "but") or p.is_verb(after)
    ):
        return [
            (x.Portion("rest" if low == "others" else "all", x.Pronoun(at, "object"), pos), after)
        ]
    return []


def _is_noun(p: Parser, at: int) -> bool:
    token = p.token(at)
    return token is not None and token.entry is not None and bool(token.entry.noun)


def _is_number(p: Parser, at: int) -> bool:
    return p.kind(at) == "number" or p.low(at) in closed.NUMBERS
