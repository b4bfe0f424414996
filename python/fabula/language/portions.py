"""Parts of several: ``three of them``, ``the rest of the men``, ``the others``, ``the four``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import noun_sense
from fabula.language import syntax as x
from fabula.language.noun_tails import is_number
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def portion(p: Parser, pos: int) -> list[tuple[x.NP, int]]:
    """``three of them``, ``several of Bucho's men``, ``the rest of the men``, ``the others``."""
    from fabula.language import noun_phrases

    at = pos + 1 if p.low(pos) == "the" else pos
    if p.low(pos) == "a" and p.low(pos + 1) in ("couple", "few", "handful"):
        at = pos + 1
        if p.low(at + 1) != "of" or p.low(at + 2) not in closed.ARTICLES | closed.PRONOUNS.keys():
            return noun_phrases.single(p, at) if p.low(at) == "few" else []  # "a few guards"
    token = p.token(at)
    if token is None:
        return []
    low = token.lower
    sized = (
        low in closed.PORTIONS
        or (at > pos and p.low(pos) == "a")
        or low in closed.NUMBERS
        or token.kind == "number"
        or low == "another"
    )
    if not sized:
        return []
    size = low
    after = at + 1
    if low == "all" and is_number(p, after):
        after += 1  # "all three"
    elif at > pos and is_number(p, at) and p.low(after) == "of":
        size = "all"  # "the two of them" are both
    if size in ("couple", "few"):
        size = "several"
    if low in ("last", "first") and p.low(after) in closed.NUMBERS:
        after += 1
    if p.low(after) == "of":
        return [(x.Portion(size, np, pos), end) for np, end in noun_phrases.single(p, after + 1)]
    if low in ("others", "rest", "remainder") and at > pos:
        return [(x.Portion("rest", x.Pronoun(at, "object"), pos), after)]
    counted = low in ("several", "many", "few") or (low == "some" and not p.rule_text)
    if counted and (some := noun_phrases.described(p, after, "", None, pos)):
        return some  # "several guards enter the hall"
    if (
        low in ("many", "few", "none", "some", "most")
        and at == pos
        and p.is_verb(after)
        and not noun_sense.is_noun(p, after)
    ):
        return [(x.Universal("nobody" if low in ("none", "few") else "someone", at=pos), after)]
    if at > pos and p.low(pos) == "the" and low in closed.NUMBERS and low != "one":
        if p.is_verb(after) and not noun_sense.is_noun(p, after):
            return [(x.Pronoun(at, "subject"), after)]  # "The four meet"
    if low in ("others", "both", "all") and (
        p.token(after) is None or p.low(after) in (",", "and", "but") or p.is_verb(after)
    ):
        return [
            (x.Portion("rest" if low == "others" else "all", x.Pronoun(at, "object"), pos), after)
        ]
    return []
