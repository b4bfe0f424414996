"""What may ride in front of a clause, between commas, or behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
from fabula.language import predicates


def asides(p: Parser, at: int) -> predicates.Clauses:
    """What may ride in front or between commas: unseen by, because, while, in order to, with, in P."""
    low = p.low(at)
    if low in ("unseen", "unnoticed", "unheard"):
        if p.low(at + 1) == "by":
            for np, end in p.noun_phrase(at + 2):
                yield x.Clause(None, unseen=np), end
        else:
            yield x.Clause(None, unseen_all=True), at + 1
        return
    if low in ("because", "since", "as"):
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, because=clause), end
    if low in ("while", "when", "after"):
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, front=clause), end
        for clause, end in predicates.gerund(p, at + 1):
            yield x.Clause(None, front=clause), end
    if low == "until":
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, until=clause), end
    if low == "to":
        for clause, end in predicates.infinitive(p, at + 1):
            yield x.Clause(None, purpose=clause), end
    if low == "by":
        for clause, end in predicates.gerund(p, at + 1):
            yield x.Clause(None, means=clause), end
    if low == "if":
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, condition=clause), end
    token = p.token(at)
    if token is not None and token.entry is not None and token.entry.adjectives:
        # "Furious with Carolina, El goes …": a statement about the subject
        for complement, end in predicates.adjectives(p, at, ()):
            yield x.Clause(None, front=x.Clause(x.Same(), complement=complement, verb_at=at)), end
    for preposition, after in p.prepositions(at):
        if preposition in closed.LOCATIVE or preposition in closed.SPOTS:
            for np, end in p.noun_phrase(after):
                yield x.Clause(None, places=(x.Phrase(preposition, np, at),)), end
        elif preposition in ("with", "together with"):
            for np, end in p.noun_phrase(after):
                yield x.Clause(None, instrument=np), end


def participles(p: Parser, at: int) -> predicates.Clauses:
    """``encouraged by Lena``, ``fearing for his life``: what was done to the subject, or what it does."""
    forms = {form for _, form in p.verbs(at)}
    if "pp" in forms:
        for clause, end in predicates.passive(p, at):
            yield x.Clause(None, front=clause), end
    if "ing" in forms:
        for clause, end in predicates.gerund(p, at):
            yield x.Clause(None, front=replace(clause, subject=x.Same(), tense="now")), end


def fronted_places(p: Parser, at: int) -> predicates.Clauses:
    """``In the attic``, ``There`` in front of a clause, without a comma."""
    if p.low(at) in ("there", "here"):
        if not p.is_verb(at + 1):
            yield x.Clause(None, places=(x.Phrase("in", x.There(at), at),)), at + 1
        return
    for preposition, after in p.prepositions(at):
        if preposition in closed.LOCATIVE or preposition in closed.SPOTS:
            for np, end in p.noun_phrase(after):
                yield x.Clause(None, places=(x.Phrase(preposition, np, at),)), end


def merge(clause: x.Clause, aside: x.Clause) -> x.Clause:
    """Adds an aside's modifiers to a clause."""
    changes: dict[str, object] = {}
    for name in (
        "instrument",
        "together",
        "unseen",
        "because",
        "purpose",
        "means",
        "until",
        "condition",
        "front",
        "strength",
        "time",
    ):
        value = getattr(aside, name)
        if value and not getattr(clause, name):
            changes[name] = value
    if aside.unseen_all:
        changes["unseen_all"] = True
    if aside.places:
        changes["places"] = clause.places + aside.places
    if aside.sources:
        changes["sources"] = clause.sources + aside.sources
    return replace(clause, **changes) if changes else clause  # type: ignore[arg-type]


def modifiers(p: Parser, clause: x.Clause, at: int, gap: bool) -> predicates.Clauses:
    """Everything that may follow: with what, where, why, unseen by whom, when."""
    p.spend()
    if at >= p.size:
        yield clause, at
        return
    start = at
    comma = p.low(at) == ","
    if comma:
        at += 1
    words, end = p.adverbs(at)
    if words and not comma:
        strength = predicates.strength(words)
        yield from modifiers(
            p, replace(clause, strength=strength) if strength else clause, end, gap
        )
    from fabula.language.clauses import time_phrases

    for phrase, end in time_phrases(p, at):
        yield from modifiers(p, replace(clause, time=phrase), end, gap)
    low = p.low(at)
    if low == "together" and p.low(at + 1) == "with":
        at, low = at + 1, "with"
    if low == "with" and not comma:
        for np, end in p.noun_phrase(at + 1):
            yield from modifiers(p, replace(clause, instrument=np), end, gap)
    elif (
        low in ("unseen", "unnoticed", "unheard", "because", "while", "until", "to", "by")
        or (low in ("as", "after", "when") and not comma)
        or (low == "if" and clause.condition is None)
    ):
        for aside, end in asides(p, at):
            yield from modifiers(p, merge(clause, aside), end, gap)
    # where something is so must be said of a thing: only what happens happens somewhere
    happens = clause.frame is None or (
        clause.frame.action != "" and not clause.frame.action.startswith("@")
    )
    if not comma and happens:
        if low in ("there", "here"):
            yield from modifiers(
                p,
                replace(clause, places=(*clause.places, x.Phrase("in", x.There(at), at))),
                at + 1,
                gap,
            )
        for preposition, after in p.prepositions(at):
            if preposition in closed.LOCATIVE or preposition in closed.SPOTS:
                for np, end in p.noun_phrase(after):
                    yield from modifiers(
                        p,
                        replace(clause, places=(*clause.places, x.Phrase(preposition, np, at))),
                        end,
                        gap,
                    )
            elif preposition in (
                "from",
                "out of",
                "through",
                "off",
                "across",
                "along",
                "from behind",
            ):
                for np, end in p.noun_phrase(after):
                    yield from modifiers(
                        p,
                        replace(clause, sources=(*clause.sources, x.Phrase(preposition, np, at))),
                        end,
                        gap,
                    )
    yield clause, start
