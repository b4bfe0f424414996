"""What may ride in front of a clause, between commas, or behind it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.times import time_phrases
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
from fabula.language import complements, conditions, ellipsis, embedding, predicates
from fabula.language.appositions import calling


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
    start = subordinate(p, at)
    if start:
        for clause, end in p.clause(start):
            yield x.Clause(None, front=clause), end
            if p.low(end) == "and":
                # "When Mila woke up and saw it, …"
                for second, stop in chain(p.predicates(end + 1, x.Same()), p.clause(end + 1)):
                    if second.front is None:
                        yield x.Clause(None, front=replace(second, front=clause)), stop
    if low in ("while", "when"):
        for clause, end in predicates.gerund(p, at + 1):
            yield x.Clause(None, front=clause), end
    if low == "until":
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, until=clause), end
    if low == "to":
        for clause, end in predicates.infinitive(p, at + 1):
            yield x.Clause(None, purpose=clause), end
    if low == "before":
        for clause, end in p.clause(at + 1):
            yield x.Clause(None, afterwards=clause), end
    if low in ("in", "so") and p.low(at + 1) in ("order", "as") and p.low(at + 2) == "to":
        for clause, end in predicates.infinitive(p, at + 3):
            yield x.Clause(None, purpose=clause), end
    if low == "so" and p.low(at + 1) == "that":
        # "hides so that Anna cannot find him": what is hoped for, and not what comes of it
        for clause, end in p.clause(at + 2):
            if clause.modal or p.low(at - 1) != ",":
                yield x.Clause(None), end
    yield from gerunds(p, at)
    for clause, end in conditions.conditions(p, at):
        # who gives something "on condition that" another leave does give it
        yield x.Clause(None, condition=None if low == "on" else clause), end
    token = p.token(at)
    if token is not None and token.entry is not None and token.entry.adjectives:
        # "Furious with Carolina, El goes …": a statement about the subject
        for complement, end in complements.adjectives(p, at, ()):
            yield x.Clause(None, front=x.Clause(x.Same(), complement=complement, verb_at=at)), end
    for preposition, after in p.prepositions(at):
        if preposition in closed.LOCATIVE or preposition in closed.SPOTS:
            for np, end in p.noun_phrase(after):
                yield x.Clause(None, places=(x.Phrase(preposition, np, at),)), end
        elif preposition in ("with", "together with"):
            for means, end in _with(p, after):
                yield x.Clause(None, instrument=means), end
        elif preposition in ("instead of", "despite", "during", "because of"):
            for _, end in p.noun_phrase(after):
                yield x.Clause(None), end
        elif preposition in ("off", "from", "across", "along", "through", "out of", "beyond"):
            for _, end in p.noun_phrase(after):
                yield x.Clause(None), end
        elif preposition in ("after", "since", "until", "before"):
            # "After the match, …"
            for np, end in p.noun_phrase(after):
                if not embedding.is_person(p, np):
                    yield x.Clause(None), end


def _with(p: Parser, at: int) -> list[tuple[x.NP | None, int]]:
    """With what or whom something is done; "with the help of Ann" is with Ann, "with her help" says no more."""
    if p.low(at) in ("the", "his", "her", "their") and p.low(at + 1) in _HELP:
        if p.low(at + 2) == "of":
            return [*p.noun_phrase(at + 3)]
        return [(None, at + 2)]
    return [*p.noun_phrase(at)]


_HELP = frozenset({"help", "aid", "assistance", "support"})


def subordinate(p: Parser, at: int) -> int:
    """Where the clause behind "while", "as soon as" or "although" begins; 0 where none of these stands here."""
    low = p.low(at)
    if low in ("while", "when", "after", "although", "though", "whereas", "once", "whenever"):
        return at + 1
    if low == "even" and p.low(at + 1) in ("though", "as", "when"):
        return at + 2
    if low == "as" and p.low(at + 1) == "soon" and p.low(at + 2) == "as":
        return at + 3
    if (
        low in ("the", "just", "every")
        and p.low(at + 1) in ("moment", "as", "time")
        and p.low(at + 2) != "of"
    ):
        return at + 2 if p.low(at + 1) != "as" or low == "just" else 0
    return 0


def gerunds(p: Parser, at: int) -> predicates.Clauses:
    """``on arriving``, ``before leaving``, ``by lying``; what is done without or instead of something is not done."""
    for preposition, after in p.prepositions(at):
        if preposition not in closed.GERUNDIAL:
            continue
        for clause, end in predicates.gerund(p, after):
            if preposition == "by":
                yield x.Clause(None, means=clause), end
            elif preposition == "before":
                same = replace(clause, subject=x.Same(), tense="now")
                yield x.Clause(None, afterwards=same), end
            elif preposition in ("without", "instead of"):
                yield x.Clause(None), end
            else:
                yield x.Clause(None, front=replace(clause, subject=x.Same(), tense="now")), end


def manners(p: Parser, at: int) -> predicates.Clauses:
    """What changes nothing, as adverbs do: ``in anger``, ``without a word``; but ``without being seen`` is unseen."""
    for preposition, after in p.prepositions(at):
        if preposition == "without":
            if p.low(after) == "being":
                if any(verb in ("see", "notice", "hear") for verb, _ in p.verbs(after + 1)):
                    if p.low(after + 2) == "by":
                        for np, end in p.noun_phrase(after + 3):
                            yield x.Clause(None, unseen=np), end
                    yield x.Clause(None, unseen_all=True), after + 2
                continue
            for _, end in p.noun_phrase(after):
                yield x.Clause(None), end
        elif preposition in ("in", "with", "out of", "for"):
            article = p.low(after) in ("a", "an") and preposition != "for"
            if p.is_feeling(after + article):
                yield x.Clause(None), after + 1 + article  # "in anger", "in a rage"
        elif preposition == "under":
            for np, end in p.noun_phrase(after):
                noun = np.noun if isinstance(np, x.Described) else None
                if noun is not None and p.low(noun) in closed.UNDER:
                    yield x.Clause(None), end  # "under a false name"


def participles(p: Parser, at: int) -> predicates.Clauses:
    """``encouraged by Lena``, ``fearing for his life``: what was done to the subject, or what it does."""
    forms = {form for _, form in p.verbs(at)}
    if "pp" in forms and p.low(at - 1) != "then":
        # "went to the garden, then got the milk": nobody got her the milk
        for clause, end in predicates.passive(p, at):
            yield x.Clause(None, front=clause), end
    if "ing" in forms:
        for clause, end in predicates.gerund(p, at):
            yield x.Clause(None, front=replace(clause, subject=x.Same(), tense="now")), end


def qualities(p: Parser, at: int) -> predicates.Clauses:
    """``, tired and hungry``: how the subject is, at the end of what is told or between commas."""
    token = p.token(at)
    if token is None or token.entry is None or not token.entry.adjectives:
        return
    for complement, end in complements.adjectives(p, at, ()):
        if end == p.size or p.kind(end) == "punct":
            yield x.Clause(None, front=x.Clause(x.Same(), complement=complement, verb_at=at)), end


def appositions(p: Parser, at: int) -> predicates.Clauses:
    """``, a spy,`` and ``, no longer a prisoner,`` behind a name."""
    words, start = p.adverbs(at)
    for complement, end in complements.complements(p, start):
        if complement.np is not None and p.low(end) == ",":
            called = calling(p, complement.np)
            if called is not None:
                is_so = complement if called is complement.np else replace(complement, np=called)
                said = x.Clause(x.Same(), complement=is_so, verb_at=at)
                yield x.Clause(None, front=replace(said, strength=predicates.strength(words))), end


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
        elif preposition in ("from", "through", "after", "during", "since"):
            # "After the war Dunn travels", "From the edge of the wood Mullen counts six guards"
            for np, end in p.noun_phrase(after):
                if not embedding.is_person(p, np) and p.low(end) != ",":
                    yield x.Clause(None), end


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
        "afterwards",
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


def _depictive(p: Parser, clause: x.Clause, at: int) -> predicates.Clauses:
    """``arrives late``, ``leaves the city alone``: how somebody is while he does it."""
    token = p.token(at)
    if token is None or token.entry is None or not token.entry.adjectives or token.entry.noun:
        return
    for complement, end in complements.adjectives(p, at, ()):
        if ellipsis.ends(p, end):
            said = x.Clause(x.Same(), complement=complement, verb_at=at)
            yield merge(clause, x.Clause(None, front=said)), end


def _how_firmly(clause: x.Clause, strength: str) -> x.Clause:
    """The clause with what an adverb behind it says; "does not love him any more" is "no longer loves him"."""
    if strength == "any more":
        return replace(clause, negated=False, strength="no longer") if clause.negated else clause
    return replace(clause, strength=strength) if strength else clause


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
        yield from modifiers(p, _how_firmly(clause, predicates.strength(words)), end, gap)

    for phrase, end in time_phrases(p, at):
        yield from modifiers(p, replace(clause, time=phrase), end, gap)
    low = p.low(at)
    if low in ("in", "with", "out", "for", "without", "instead", "rather", "under") and not comma:
        for aside, end in manners(p, at):
            yield from modifiers(p, merge(clause, aside), end, gap)
    if low in ("together", "along") and p.low(at + 1) == "with":
        at, low = at + 1, "with"
    if low == "with" and not comma:
        for means, end in _with(p, at + 1):
            yield from modifiers(p, replace(clause, instrument=means), end, gap)
    elif (
        low in ("unseen", "unnoticed", "unheard", "because", "while", "until", "to", "by")
        or (low in ("as", "on", "upon", "so", "in") and not comma)
        or low in ("after", "before", "when", "although", "though", "whereas", "even", "whenever")
        or (low in ("as", "just", "the", "once") and subordinate(p, at))
        or low in ("without", "instead", "rather", "despite", "during", "since")
        or (low == "so" and p.low(at + 1) == "that")
        or (clause.condition is None and conditions.begins(p, at))
    ):
        plain = low not in ("unseen", "unnoticed", "unheard")
        for aside, end in asides(p, at):
            if not plain or not aside.places:
                yield from modifiers(p, merge(clause, aside), end, gap)
    # where something is so must be said of a thing: only what happens happens somewhere
    happens = clause.frame is None or (
        clause.frame.action != "" and not clause.frame.action.startswith("@")
    )
    said = clause.complement
    both = clause.frame is None and said is not None and said.place is not None
    if happens and (both or not comma):
        # "is on the third floor, behind a steel door"
        if low in ("there", "here"):
            yield from modifiers(
                p,
                replace(clause, places=(*clause.places, x.Phrase("in", x.There(at), at))),
                at + 1,
                gap,
            )
        for preposition, after in p.prepositions(at):
            if preposition in ("into", "onto"):
                # what somebody goes or turns into must be the verb's own: nobody trembles into a cat
                continue
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
    universal = clause.subject
    if low in ("except", "but") and isinstance(universal, x.Universal) and universal.but is None:
        # "Nobody knows it except the witch"
        after = at + 2 if p.low(at + 1) in ("for", "from") else at + 1
        for np, end in p.noun_phrase(after):
            if end == p.size:
                yield from modifiers(
                    p, replace(clause, subject=replace(universal, but=np)), end, gap
                )
    if low in ("himself", "herself", "itself", "themselves") and ellipsis.ends(p, at + 1):
        yield from modifiers(p, clause, at + 1, gap)  # "took the key himself"
    if low in ("more", "less") and p.low(at + 1).endswith("ly") and p.low(at + 2) == "than":
        for _, end in p.noun_phrase(at + 3):
            yield from modifiers(p, clause, end, gap)  # "more beautifully than any bird"
    if low in ("more", "less", "better", "rather") and p.low(at + 1) == "than":
        for _, end in p.noun_phrase(at + 2):
            yield from modifiers(p, clause, end, gap)
    if low == "for" and comma:
        for reason, end in p.clause(at + 1):
            # "…, for he once saved her"
            yield from modifiers(p, merge(clause, x.Clause(None, because=reason)), end, gap)
    if low in closed.BESIDE_THE_POINT and not comma and happens:
        for _, end in p.noun_phrase(at + 1):
            # "opens the door for Carl", "bakes for the feast": for whose sake, or what for, changes nothing
            yield from modifiers(p, clause, end, gap)
    if not comma and happens and p.kind(at) == "word":
        yield from _depictive(p, clause, at)
    yield clause, start
