"""On what something depends: ``if …``, ``unless …``, ``provided that …``, ``on condition that …``, ``as long as …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import predicates
from fabula.language.changing import replace

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

# What introduces a condition, longest first; behind some of it "that" may be left out.
WORDS: tuple[tuple[str, ...], ...] = (
    ("on", "the", "condition", "that"),
    ("on", "condition", "that"),
    ("provided", "that"),
    ("providing", "that"),
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("only", "if"),
    ("provided",),
    ("providing",),
    ("unless",),
    ("if",),
)
FIRST = frozenset(words[0] for words in WORDS)


def begins(p: Parser, at: int) -> int:
    """How many words introduce a condition that begins here; 0 where none does."""
    if p.low(at) not in FIRST:
        return 0
    for words in WORDS:
        if all(p.low(at + k) == word for k, word in enumerate(words)):
            return len(words)
    return 0


def conditions(p: Parser, at: int) -> predicates.Clauses:
    """The clause on which something depends: of "unless", that it is not so."""
    size = begins(p, at)
    if not size:
        return
    unless = p.low(at) == "unless"
    for clause, end in p.clause(at + size):
        yield (replace(clause, negated=not clause.negated) if unless else clause), end
    if p.low(at + size - 1) == "that":
        # "on condition that he leave": as he is to do it
        for subject, start in p.noun_phrase(at + size):
            words, start = p.adverbs(start)
            for clause, end in predicates.infinitive(p, start):
                never = "never" in words
                said = predicates.of_subject(
                    clause, subject, tense="now", negated=clause.negated != never
                )
                yield said, end
