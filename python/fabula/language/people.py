"""People named by what they are or do alone: ``the dead``, ``those who heard it``, ``the one who stole the ring``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.model import formula as f
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
    from fabula.language.predicates import Clauses

_ONLY = frozenset({"only", "first", "last", "very"})


def of_quality(p: Parser, pos: int) -> list[tuple[x.NP, int]]:
    """``the dead``, ``the poor``: a group of people."""
    token = p.token(pos + 1)
    if p.low(pos) != "the" or p.rule_text or token is None:
        return []
    if token.entry is None and is_superlative(p, token.lower):
        nxt = p.token(pos + 2)
        ends = nxt is None or nxt.kind == "punct" or p.is_verb(pos + 2)
        # "the youngest is called Linnet": of several, one
        return [(x.Portion(token.lower, x.Pronoun(pos + 1, "these"), pos), pos + 2)] if ends else []
    if token.entry is None:
        return []
    entry = token.entry
    if not entry.adjectives or entry.noun or entry.relation or entry.name:
        return []
    after = p.token(pos + 2)
    alone = after is None or after.kind == "punct" or p.is_verb(pos + 2) or p.prepositions(pos + 2)
    if not alone and p.low(pos + 2) not in ("and", "but"):
        return []
    return [(x.Described("the", (), pos + 1, at=pos), pos + 2)]


def is_superlative(p: Parser, word: str) -> bool:
    """Whether a word says that something is the most so: "best", "oldest"."""
    if word in ("best", "worst", "least", "eldest"):
        return True
    known = p.lexicon.adjective_words
    return word.endswith("est") and (
        word[:-3] in known
        or word[:-2] in known
        or f"{word[:-4]}y" in known
        or (len(word) > 5 and word[-4] == word[-5] and word[:-4] in known)
    )


def _who(p: Parser, pos: int) -> int:
    """Where ``who …`` goes on behind ``the (only) one``; 0 where that does not stand here."""
    at = pos + 1
    if p.low(at) in _ONLY:
        at += 1
    if (
        p.low(pos) != "the"
        or p.low(at) not in ("one", "ones")
        or p.low(at + 1) not in ("who", "that")
    ):
        return 0
    return at + 2


def who_do(p: Parser, pos: int) -> list[tuple[x.NP, int]]:
    """``those who heard it``, ``the one who stole the ring``."""
    from fabula.language import noun_phrases

    if p.low(pos) == "those" and p.low(pos + 1) in ("who", "that"):
        word, at = "everyone", pos + 1
    elif start := _who(p, pos):
        many = p.low(start - 2) == "ones"
        word, at = ("everyone" if many else "someone"), start - 1
    else:
        return []
    return [
        (x.Universal(word, None, (), clause, at=pos), end)
        for clause, end in noun_phrases.relatives(p, at)
    ]


def cleft(p: Parser, at: int, base: x.Clause) -> Clauses:
    """``Carl was the only one who stole it``: it was Carl that did."""
    from fabula.language import predicates
    from fabula.language.changing import replace

    start = _who(p, at)
    if not start or base.subject is None:
        return
    for clause, end in predicates.finite(p, start, base.subject):
        # of him who "was the one who stole it" an act is told that was done before
        tense = "perfect" if clause.tense == "past" else clause.tense
        yield replace(clause, tense=tense, negated=clause.negated != base.negated), end


def put_there(p: Parser, complement: x.Complement, subject: x.NP | None) -> bool:
    """Whether "was locked in the tower" is told of a person: that is what was done to him, and no property of his."""
    from fabula.language.embedding import is_person

    if p.fitting is None or subject is None or not complement.adjectives:
        return False
    at, phrase = complement.adjectives[-1]
    preposition = phrase.preposition if phrase is not None else p.low(at + 1)
    if not preposition or not is_person(p, subject):
        return False
    token = p.token(at)
    entry = token.entry if token is not None else None
    world = p.fitting.state.world
    told = entry.adjectives if entry is not None else ()
    if any(a.preposition == preposition for a in told):
        return False  # "is accused of the theft": a property that is declared in these words
    fluents = {a.fluent for a in told}
    for verb, form in p.verbs(at):
        for frame in p.lexicon.frames.get(verb, ()) if form == "pp" else ():
            action = world.actions.get(frame.action)
            if action is None or [s.kind for s in frame.slots] != ["np", "prep"]:
                continue
            who = frame.slots[0].role
            person = any(one.name == who and one.kind == PERSON for one in action.params)
            so = any(
                isinstance(e, f.Assign) and e.fluent in fluents and e.args[:1] == (f.Var(who),)
                for e in action.effects
            )
            if person and not so and preposition in frame.slots[1].words:
                return True
    return False
