"""Verbs that share what stands before the first: ``is bound and locked up``, ``has robbed him and fled``, ``will go and see``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import conditions, predicates
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.words import closed
from fabula.model.world import PLACE

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def shared(p: Parser, last: x.Clause, at: int) -> predicates.Clauses:
    """What may follow ``and`` behind a clause and goes on with its auxiliary: its subject is the same."""
    yield from _questions(p, last, at)
    if last.subject is None:
        return
    negated = p.low(at) == "not"
    words, at = p.adverbs(at + 1 if negated else at)
    how = predicates.strength(words)
    base = x.Clause(x.Same(), verb_at=at, tense=last.tense, negated=negated, strength=how)
    if last.modal:
        for clause, end in predicates.infinitive(p, at):
            said = predicates.of_subject(
                clause, x.Same(), modal=last.modal, tense="now", negated=last.negated
            )
            yield said, end
        return
    if last.passive or (last.complement is not None and last.complement.adjectives):
        yield from predicates.passive(p, at, base)
    if last.tense == "perfect" and not last.passive and last.complement is None:
        yield from predicates.participle(p, at, base)
    placed = last.complement is not None and last.complement.place is not None
    if last.tense == "progressive" or placed:
        for clause, end in predicates.gerund(p, at):
            yield predicates.of_subject(clause, x.Same(), tense="progressive"), end


def _questions(p: Parser, last: x.Clause, at: int) -> predicates.Clauses:
    """``asks her who she is and what she wants``: the same is asked twice."""
    from fabula.language import fillers

    if (
        not last.roles
        or not isinstance(last.roles[-1][1], x.Question)
        or p.low(at) not in closed.WH
    ):
        return
    letter = last.roles[-1][0]
    for question, end in fillers.questions(p, at):
        roles = (*last.roles[:-1], (letter, question))
        yield replace(last, subject=x.Same(), roles=roles, front=None), end


def conditional(p: Parser, end: int) -> predicates.Clauses:
    """``offers him a deal: if he leaves, she will stay``: what comes behind a colon and waits for a condition."""
    if p.low(end) not in (":", ";", "—", "–"):
        return
    for condition, stop in conditions.conditions(p, end + 1):
        for clause, last in p.clause(stop + 1) if p.low(stop) == "," else ():
            yield replace(clause, condition=condition), last


def of_object(p: Parser, clause: x.Clause, at: int) -> bool:
    """Whether a participle behind a clause is told of what stands before it: "finds a letter written in blood"."""
    if any(isinstance(v, x.Clause | x.Clauses | x.Question) for _, v in clause.roles):
        return True
    objects = [v for _, v in clause.roles if isinstance(v, x.NP)]
    if objects and any(verb in closed.PERCEIVING for verb, _ in p.verbs(clause.verb_at)):
        return True  # "finds him weeping": he weeps
    if not objects or all(form != "pp" for _, form in p.verbs(at)) or clause.passive:
        return False
    kinds = p.fitting.kinds(objects[-1]) if p.fitting is not None else []
    # "leaves the house disguised as a nun": no house is
    return not kinds or not all(PLACE in kind for kind in kinds)


def last_named(clause: x.Clause) -> x.NP | None:
    """The noun phrase that a clause ends with."""
    said = [v.np if isinstance(v, x.Phrase) else v for _, v in clause.roles]
    found = [v for v in said if isinstance(v, x.Described | x.Named)]
    return found[-1] if found and not clause.places else None
