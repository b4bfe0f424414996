"""``everyone in the bar except …``, ``every man there``, ``nothing to eat``: noun phrases that are about all, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Found = list[tuple[x.NP, int]]


def universal(p: Parser, pos: int, word: str, after: int, noun: bool = False) -> Found:
    """``everyone in the bar except …``, ``every man there``."""
    from fabula.language import noun_phrases

    head: int | None = None
    owner: x.NP | None = None
    adjectives: list[int] = []
    if noun:
        if p.low(after) in closed.PRONOUNS and "owner" in closed.PRONOUNS[p.low(after)][1]:
            owner = x.Pronoun(after, "owner")
            after += 1
        while (
            (t := p.token(after)) is not None
            and t.entry is not None
            and t.entry.adjectives
            and not t.entry.noun
        ):
            adjectives.append(after)
            after += 1
        t = p.token(after)
        if t is None or t.entry is None or not t.entry.noun:
            if t is not None and t.entry is not None and t.entry.name and word in ("all", "both"):
                return [(x.Named(after), after + 1)]
            return []
        head = after
        after += 1
    if p.low(after) == "else":
        after += 1
    if noun and owner is None and p.low(after) == "of":
        return [
            found
            for of, stop in noun_phrases.single(p, after + 1)
            for found in _narrowed(
                p, x.Universal(word, head, (), None, None, tuple(adjectives), of, pos), stop
            )
        ]
    return _narrowed(
        p, x.Universal(word, head, (), None, None, tuple(adjectives), owner, pos), after
    )


def _narrowed(p: Parser, base: x.Universal, after: int) -> Found:
    """``every man`` with what may follow: a place, a relative clause, ``except …``."""
    from fabula.language import noun_phrases

    result: Found = []

    def finish(
        places: tuple[x.Phrase, ...], relative: x.Clause | x.Clauses | None, end: int
    ) -> None:
        stop = end
        if p.low(end) == "," and p.low(end + 1) in ("except", "but"):
            stop = end + 1
        if p.low(stop) in ("except", "but"):
            skip = stop + 1
            if p.low(skip) == "for":
                skip += 1
            for other, last in noun_phrases.noun_phrase(p, skip):
                result.append((replace(base, places=places, relative=relative, but=other), last))
        result.append((replace(base, places=places, relative=relative), end))

    if p.low(after) == "to" and closed.UNIVERSAL.get(base.word) == "thing":
        from fabula.language import predicates

        for _, end in predicates.infinitive(p, after + 1, True):
            finish((), None, end)
    for phrase, end in noun_phrases.places_after(p, after):
        finish((phrase,), None, end)
    for clause, end in noun_phrases.relatives(p, after, bare=base.word in ("whoever", "whatever")):
        finish((), clause, end)
    finish((), None, after)
    return result
