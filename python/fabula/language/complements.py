"""What follows ``be``: adjectives, places, names, and what somebody is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.language import ellipsis, measures
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.words import closed
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def complements(p: Parser, at: int, really: bool = False) -> Iterator[tuple[x.Complement, int]]:
    """Adjectives, places, names and noun phrases after ``be``."""
    token = p.token(at)
    if token is None:
        return
    if token.lower in ("called", "named", "also"):
        nxt = at + 1
        if token.lower == "also" and p.low(nxt) in ("called", "named"):
            nxt += 1
        for np, end in p.noun_phrase(nxt):
            yield x.Complement(called=np), end
    yield from measures.measured(p, at)
    yield from adjectives(p, at, ())
    if token.lower == "to" and not p.rule_text:
        from fabula.language import predicates

        # "her orders are to buy it": what they say is no more than said
        for _, end in predicates.infinitive(p, at + 1):
            yield x.Complement(called=x.Amount(at)), end
    if token.lower in closed.WHEREABOUTS and ellipsis.ends(p, at + 1):
        yield x.Complement(called=x.Amount(at)), at + 1
    if token.lower in ("there", "here"):
        yield x.Complement(place=x.Phrase("in", x.There(at), at)), at + 1
    for preposition, after in p.prepositions(at):
        for np, end in p.noun_phrase(after):
            if (
                preposition in closed.LOCATIVE
                or preposition in closed.SPOTS
                or preposition in closed.BEING
            ):
                yield from _one_or_other(p, preposition, np, at, end)
                yield x.Complement(place=x.Phrase(preposition, np, at)), end
    done = any(form in ("pp", "ing") for _, form in p.verbs(at))
    for np, end in p.noun_phrase(at):
        if p.kind(end) == "own" and ellipsis.ends(p, end + 1):
            yield x.Complement(place=x.Phrase("'s", np, end)), end + 1
    for np, end in p.noun_phrase(at):
        if done and isinstance(np, x.Described) and np.noun == at and np.det == "":
            continue  # "was shot" is what was done, and no kind of thing
        yield from _for_whom(p, np, end)
        yield x.Complement(np=np, really=really), end


def _one_or_other(
    p: Parser, preposition: str, np: x.NP, at: int, end: int
) -> Iterator[tuple[x.Complement, int]]:
    """``in the barn or in the mill``."""
    if p.low(end) != "or":
        return
    for again, after in p.prepositions(end + 1):
        if again == preposition:
            for other, stop in p.noun_phrase(after):
                if not isinstance(other, x.Several):
                    both = x.Several((np, other), "or")
                    yield x.Complement(place=x.Phrase(preposition, both, at)), stop


def stranded(p: Parser, at: int) -> Iterator[tuple[x.Complement, int]]:
    """Where what stands behind a preposition is asked for: "what the box is in", "what she is afraid of"."""
    for preposition, after in p.prepositions(at):
        yield x.Complement(place=x.Phrase(preposition, x.Gap(), at)), after
    token = p.token(at)
    if token is None or token.entry is None:
        return
    for adjective in token.entry.adjectives:
        for preposition, after in p.prepositions(at + 1) if adjective.preposition else ():
            if preposition == adjective.preposition:
                phrase = x.Phrase(preposition, x.Gap(), at + 1)
                yield x.Complement(adjectives=((at, phrase),)), after


def _for_whom(p: Parser, np: x.NP, end: int) -> Iterator[tuple[x.Complement, int]]:
    """``a spy for David``: what somebody is, and for whom."""
    if p.low(end) == "for" and p.lexicon.service and is_calling(p, np):
        assert isinstance(np, x.Described)
        for whom, stop in p.noun_phrase(end + 1):
            phrase = x.Phrase("for", whom, end)
            yield x.Complement(np=replace(np, places=(*np.places, phrase))), stop


def is_calling(p: Parser, np: x.NP) -> bool:
    """Whether a noun phrase says what somebody is: "king", "a captain", "the leader of the guards"."""
    if not isinstance(np, x.Described) or np.noun is None or np.count is not None:
        return False
    entry = p.tokens[np.noun].entry
    if entry is None:
        return False
    if entry.relation and (np.owner is not None or np.of is not None):
        return True
    people = bool(entry.noun) and (
        p.fitting is None or p.fitting.state.kind_is(entry.noun or "", PERSON)
    )
    return people and np.owner is None and np.det in ("a", "an", "")


def adjectives(
    p: Parser, at: int, found: tuple[tuple[int, x.Phrase | None], ...], word: str = "and"
) -> Iterator[tuple[x.Complement, int]]:
    """``wounded``, ``angry with Carolina``, ``tired and in pain``."""
    _, at = p.adverbs(at)
    token = p.token(at)
    if token is None or token.entry is None or not token.entry.adjectives:
        return
    for adjective in token.entry.adjectives:
        if adjective.preposition:
            for preposition, after in p.prepositions(at + 1):
                if preposition == adjective.preposition:
                    for np, end in p.noun_phrase(after):
                        yield from _more_adjectives(
                            p, (*found, (at, x.Phrase(preposition, np, at + 1))), end, word
                        )
    if any(not a.preposition for a in token.entry.adjectives):
        for preposition, after in () if p.phrase(at + 1) else p.prepositions(at + 1):
            if preposition == "with" and p.is_feeling(after):
                yield x.Complement(adjectives=(*found, (at, None)), word=word), after + 1
            if preposition in closed.LOCATIVE or preposition in closed.SPOTS:
                for np, end in p.noun_phrase(after):
                    # "wounded in the arm", "hidden behind a tree"
                    yield (
                        x.Complement(
                            adjectives=(*found, (at, x.Phrase(preposition, np, at + 1))), word=word
                        ),
                        end,
                    )
        yield from _concerning(p, found, at)
        yield from measures.enough(p, _more_adjectives(p, (*found, (at, None)), at + 1, word), at)
    elif not found:
        yield x.Complement(adjectives=((at, None),)), at + 1


def _concerning(
    p: Parser, found: tuple[tuple[int, x.Phrase | None], ...], at: int
) -> Iterator[tuple[x.Complement, int]]:
    """``glad that she came``, ``angry about the ring``, ``tired of waiting``: what a feeling is about."""
    from fabula.language import predicates

    if p.rule_text:
        return
    said = x.Complement(adjectives=(*found, (at, None)))
    if p.low(at + 1) == "that":
        for clause, end in p.clause(at + 2):
            yield replace(said, clause=clause), end
    token = p.token(at)
    done = any(form == "pp" for _, form in p.verbs(at))
    taken = {a.preposition for a in token.entry.adjectives} if token and token.entry else set()
    for preposition, after in p.prepositions(at + 1):
        plain = preposition in closed.CONCERNING or (preposition in ("with", "to") and not done)
        if not plain or preposition in taken:
            continue
        for _, end in (*predicates.gerund(p, after), *p.noun_phrase(after)):
            yield from _more_adjectives(p, said.adjectives, end, "and")


def _more_adjectives(
    p: Parser, found: tuple[tuple[int, x.Phrase | None], ...], end: int, word: str
) -> Iterator[tuple[x.Complement, int]]:
    after = end + 1 if p.low(end) == "," else end
    joiner = p.low(after) if p.low(after) in ("and", "or", "but") else ""
    if joiner or after > end:
        joined = "and" if joiner == "but" else joiner
        yield from adjectives(p, after + 1 if joiner else after, found, joined or word)
    yield x.Complement(adjectives=found, word=word), end
